internal import OktaRuntime

/// What a server keeps between calls: its orgs, where lists go on, and what waits for a confirmation.
actor AgentSession {
    static let defaultLimit = 25
    static let largestLimit = 200
    /// The most bytes of data in one answer.
    static let mostBytes = 40_000

    nonisolated let orgs: AgentOrgs
    /// The names of the orgs that a call may choose from; empty where there is only one.
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

    /// The place that a cursor stands for.
    func place(_ cursor: String, tool: String) throws(ToolFailure) -> ListCursors.Place {
        guard let place = cursors.place(cursor), place.tool == tool else {
            throw ToolFailure(
                "the cursor is unknown to \(tool), or too old",
                advice: "Call the tool again without it to begin at the start.")
        }
        return place
    }

    /// The answer to a list, with a cursor where it goes on.
    ///
    /// - Parameters:
    ///   - parts: How many lists share the answer.
    func answer(
        _ list: AgentList, tool: String, part: String = "", parts: Int = 1, from place: ListCursors.Place? = nil
    ) async throws(ToolFailure) -> JSON {
        let client = try await orgs.client(list.org)
        let found = try await ListAnswer.read(
            list, from: place?.page, skipping: place?.skipped ?? 0, upTo: Self.mostBytes / parts, through: client)
        var answer: JSON = [
            "count": JSON(found.items.count), "bytes": JSON(found.size), "more": JSON(found.next != nil),
        ]
        if let next = found.next {
            answer["cursor"] = JSON(
                cursors.keep(
                    ListCursors.Place(tool: tool, part: part, list: list, page: next.page, skipped: next.skipped)))
        }
        let absent = list.askedFields.filter { field in !found.items.contains { $0[field] != nil } }
        if !found.items.isEmpty, !absent.isEmpty { answer["fieldsOfNoItem"] = JSON(absent.map { JSON($0) }) }
        answer["data"] = JSON(found.items)
        return answer
    }

    /// A token for a call that must be confirmed.
    func issueConfirmation(of call: String) -> String { confirmations.issue(for: call, now: now()) }

    /// Takes the token of a confirmed call.
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
