#if CommandLine
internal import OktaRuntime

/// Puts ids in the place of the names and logins that rows have, where the path of the action takes ids only.
struct RowNames: Sendable {
    private let resolver: NameResolver
    private let callsInFlight: Int

    init(_ resolver: NameResolver, callsInFlight: Int) {
        self.resolver = resolver
        self.callsInFlight = callsInFlight
    }

    /// The call with ids.
    func resolved(_ call: RowCall) async throws(CommandFailure) -> RowCall {
        var call = call
        call.values = try await resolver.resolve(call.values, of: call.action, leavesLogins: true)
        return call
    }

    /// The rows with ids, in their order. Names are looked up a few at once, each one once.
    ///
    /// - Parameter problems: Gets the rows whose names nothing has, or several objects have. They are left out.
    func resolved(
        _ rows: [RunJournal.NewRow], noting problems: inout RowProblems
    ) async throws(CommandFailure) -> [RunJournal.NewRow] {
        let calls = await rows.concurrently(atOnce: callsInFlight) { row -> Result<RowCall, CommandFailure> in
            do throws(CommandFailure) { return .success(try await resolved(row.call)) } catch { return .failure(error) }
        }
        var ready: [RunJournal.NewRow] = []
        for (row, result) in zip(rows, calls) {
            switch result {
            case .success(let call):
                var row = row
                row.call = call
                ready.append(row)
            case .failure(let failure) where failure.exitCode == .usage:
                problems.note(row.number, row.place, failure)
            case .failure(let failure): throw failure
            }
        }
        return ready
    }
}
#endif
