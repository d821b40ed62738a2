/// Lets other tasks run until a condition holds. It has no limit of its own, as a busy machine would meet any: it gives
/// up, with `false`, when the test is cancelled, as it is by its `hangLimit`.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    while try await !condition() {
        if Task.isCancelled { return false }
        await Task.yield()
    }
    return true
}
