/// The load of every client, which gets the same 1 KB body repeatedly with the same header fields.
struct Load: Sendable {
    /// Scheme, host and port of the server.
    var origin: String
    var count: Int
    var caBundle: String

    static let path = "/api/v1/one"
    static let inFlight = 64
    static let bodySize = 1024
    static let headers = [
        ("Accept", "application/json"), ("User-Agent", "okta-swift/bench"), ("Authorization", "SSWS bench-token"),
    ]

    var url: String { origin + Self.path }
    var isSecure: Bool { origin.hasPrefix("https:") }
    var authority: String { String(origin.drop { $0 != "/" }.dropFirst(2)) }

    func with(count: Int) -> Load {
        var copy = self
        copy.count = count
        return copy
    }

    /// Calls a closure the given number of times, 64 at a time, and returns the number of `true` results.
    func inParallel(_ body: @escaping @Sendable () async throws -> Bool) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<Self.inFlight {
                let share = count / Self.inFlight + (worker < count % Self.inFlight ? 1 : 0)
                group.addTask {
                    var good = 0
                    for _ in 0..<share where try await body() { good += 1 }
                    return good
                }
            }
            return try await group.reduce(0, +)
        }
    }
}
