/// Lets other tasks run until a condition holds. It has no separate time limit, because a busy machine could exceed
/// any limit. Returns `false` if the test is cancelled, such as by its `hangLimit`.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    while try await !condition() {
        if Task.isCancelled { return false }
        await Task.yield()
    }
    return true
}
