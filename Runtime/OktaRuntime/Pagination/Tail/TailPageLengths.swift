/// Decides from the length of a page whether it is the last one for now.
struct TailPageLengths: Sendable {
    private var previous: Int?

    /// The default limit of a System Log.
    private static let usualLimit = 100
    /// The largest limit of a System Log, regardless of the request.
    private static let largestLimit = 1000
    /// Two consecutive pages of the same length, at least this one, are taken as evidence of a server with its own
    /// limit.
    private static let leastHiddenLimit = 10

    /// Records a page.
    ///
    /// - Parameters:
    ///   - count: Its length.
    ///   - next: The server's link to the next page, which states the limit as the server understood it.
    ///   - request: The request for the page.
    /// - Returns: Whether the page is shorter than its limit. A full page may still be the last.
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
