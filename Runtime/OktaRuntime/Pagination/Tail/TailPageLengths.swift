/// Tells from the length of a page whether it is the last one for now.
struct TailPageLengths: Sendable {
    private var previous: Int?

    /// What a System Log takes for the limit when none is given.
    private static let usualLimit = 100
    /// The most that one gives, whatever is asked for.
    private static let largestLimit = 1000
    /// Two pages in a row of the same length, at least this one, are taken for those of a server with a limit of its own.
    private static let leastHiddenLimit = 10

    /// Takes note of a page.
    ///
    /// - Parameters:
    ///   - count: Its length.
    ///   - next: The server's link to the next one, which states the limit as the server has understood it.
    ///   - request: What was asked for.
    /// - Returns: Whether it is shorter than its limit. One that is full may still be the last.
    mutating func isLast(_ count: Int, next: PageCursor, request: OktaRequest) -> Bool {
        defer { previous = count }
        let query = request.target.drop { $0 != "?" }.dropFirst()
        let limit = Self.limit(in: LinkTarget(next.target)?.query ?? "") ?? Self.limit(in: query) ?? Self.usualLimit
        guard count < min(limit, Self.largestLimit) else { return false }
        return count != previous || count < Self.leastHiddenLimit
    }

    private static func limit(in query: Substring) -> Int? {
        let field = query.split(separator: "&").last { $0.hasPrefix("limit=") }
        return field.flatMap { Int($0.dropFirst("limit=".count)) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
