#if CommandLine
internal import OktaRuntime

/// Replaces the names and logins in rows by ids where the action's path takes only ids.
struct RowNames: Sendable {
    private let resolver: NameResolver
    private let callsInFlight: Int

    init(_ resolver: NameResolver, callsInFlight: Int) {
        self.resolver = resolver
        self.callsInFlight = callsInFlight
    }

    /// Returns the call with ids.
    func resolved(_ call: RowCall) async throws(CommandFailure) -> RowCall {
        var call = call
        call.values = try await resolver.resolve(call.values, of: call.action, leavesLogins: true)
        return call
    }

    /// Returns the rows with ids, in their order. Names are looked up concurrently, each once.
    ///
    /// - Parameter problems: Receives the rows with unknown or ambiguous names, which are left out.
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
