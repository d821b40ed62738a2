internal import OktaRuntime

/// The state of a server between calls: its orgs, the cursors of lists, and pending confirmations.
actor AgentSession {
    static let defaultLimit = 25
    static let largestLimit = 200
    /// The maximum size of the data in a result, in bytes.
    static let mostBytes = 40_000

    nonisolated let orgs: AgentOrgs
    /// The org names that a call may specify; empty if there is only one org.
    nonisolated let orgNames: [String]
    nonisolated let allowsWrites: Bool
    private let now: @Sendable () -> ContinuousClock.Instant
    private var cursors = ListCursors()
    private var confirmations = Confirmations()

    init(
        orgs: AgentOrgs, orgNames: [String], allowsWrites: Bool,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.orgs = orgs
        self.orgNames = orgNames
        self.allowsWrites = allowsWrites
        self.now = now
    }

    /// Returns the place of a cursor.
    func place(_ cursor: String, tool: String) throws(ToolFailure) -> ListCursors.Place {
        guard let place = cursors.place(cursor), place.tool == tool else {
            throw ToolFailure(
                "the cursor is unknown to \(tool), or too old",
                advice: "Call the tool again without it to begin at the start.")
        }
        return place
    }

    /// Returns the result for a list, with a cursor if there are more items.
    ///
    /// - Parameters:
    ///   - parts: The number of lists that share the result.
    func result(
        of list: AgentList, tool: String, part: String = "", parts: Int = 1, from place: ListCursors.Place? = nil
    ) async throws(ToolFailure) -> JSON {
        let client = try await orgs.client(list.org)
        let found = try await ListResult.read(
            list, from: place?.page, skipping: place?.skipped ?? 0, upTo: Self.mostBytes / parts, through: client)
        var result: JSON = [
            "count": JSON(found.items.count), "bytes": JSON(found.size), "more": JSON(found.next != nil),
        ]
        if let next = found.next {
            result["cursor"] = JSON(
                cursors.keep(
                    ListCursors.Place(tool: tool, part: part, list: list, page: next.page, skipped: next.skipped)))
        }
        let absent = list.askedFields.filter { field in !found.items.contains { $0[field] != nil } }
        if !found.items.isEmpty, !absent.isEmpty { result["fieldsOfNoItem"] = JSON(absent.map { JSON($0) }) }
        result["data"] = JSON(found.items)
        return result
    }

    /// Returns a token for a call that requires confirmation.
    func issueConfirmation(of call: String) -> String { confirmations.issue(for: call, now: now()) }

    /// Consumes the token of a confirmed call.
    func redeem(_ token: String, for call: String) throws(ToolFailure) {
        do { try confirmations.redeem(token, for: call, now: now()) } catch {
            let reason =
                switch error {
                case .unknown: "the confirmation is unknown or was used before"
                case .expired: "the confirmation has expired"
                case .otherCall: "the confirmation belongs to another call"
                }
            throw ToolFailure(
                "\(reason); nothing was sent", advice: "Make the call without `confirmation` to get a new one.")
        }
    }
}
