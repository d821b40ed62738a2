#if CommandLine
internal import OktaRuntime

/// The members of lists before a run changes them, since no action reads a single membership.
struct MembershipSnapshot: Sendable {
    private let journal: RunJournal
    private let client: OktaClient
    private let keepsBefore: Bool

    init(_ journal: RunJournal, _ client: OktaClient, keepsBefore: Bool) {
        self.journal = journal
        self.client = client
        self.keepsBefore = keepsBefore
    }

    /// The maximum number of lists to read. A run over many groups would otherwise read all their members.
    private static let maximumLists = 4
    /// Marks a list that was read completely.
    private static let complete = ""

    /// Returns the row with whether its object was a member before.
    ///
    /// - Parameter known: The lists that this run has already read.
    func completed(
        _ row: JournalRow, known: inout Set<String>
    ) async throws(CommandFailure) -> JournalRow {
        guard keepsBefore, row.before == nil else { return row }
        // An invalid row fails when it is performed.
        guard let call = try? RowCall(row.call) else { return row }
        guard case .membership(_, let listing) = call.action.change,
            let id = call.action.path.names.last.flatMap({ call.values[$0] })
        else { return row }
        let values = listing.values(from: call.values)
        let list = RowCall(listing.action, values: values).target
        if !known.contains(list) {
            guard known.count < Self.maximumLists else { return row }
            if try !journal.hasMember(Self.complete, of: list) {
                try await read(ActionCall(listing.action, values: values), list)
            }
            known.insert(list)
        }
        let before = JSON(try journal.hasMember(id, of: list))
        return JournalRow(
            number: row.number, place: row.place, call: row.call, lacksSecrets: row.lacksSecrets, state: row.state,
            status: row.status, objectID: row.objectID, requestID: row.requestID, error: row.error, before: before,
            begun: row.begun)
    }

    private func read(_ call: ActionCall, _ list: String) async throws(CommandFailure) {
        do {
            for try await page in try call.pages(through: client).pages {
                try journal.addMembers(page.items.compactMap { $0["id"]?.string }, of: list)
            }
            try journal.addMembers([Self.complete], of: list)
        } catch {
            throw CommandFailure(of: error)
        }
    }
}
#endif
