#if CommandLine
internal import HTTPTypes
internal import Synchronization
internal import OktaRuntime

/// Performs the calls of rows and records the results in the journal.
struct RowPerformer: Sendable {
    /// The result of a row for the run.
    enum Outcome: Sendable {
        case done
        case failed(String)
        /// The row was sent, but there was no response; it is checked later.
        case inDoubt
        /// The row was not sent, and the next one could not be sent either: the run stops.
        case blocked(CommandFailure)
    }

    let journal: RunJournal
    let client: OktaClient
    let keepsBefore: Bool
    let results: RunResults
    /// The check of an undo; nil for any other run.
    let check: RestoreCheck?
    let context: ProgramContext
    /// The limits in responses, by method and path.
    let limits = ObservedLimits()
    /// The times at which rows were sent.
    let times: RowTimes

    init(
        journal: RunJournal, client: OktaClient, keepsBefore: Bool, results: RunResults, check: RestoreCheck?,
        context: ProgramContext
    ) {
        self.journal = journal
        self.client = client
        self.keepsBefore = keepsBefore
        self.results = results
        self.check = check
        self.context = context
        times = RowTimes(client.serverClock.source)
    }

    /// Performs one row.
    ///
    /// If the journal cannot be written, the run stops. The row keeps its state in the journal: a sent row is in
    /// flight, and a resumed run checks it.
    func perform(_ row: JournalRow) async -> Outcome {
        if let failure = results.failure { return .blocked(failure) }
        let call: ActionCall
        let present: JSON?
        do throws(CommandFailure) {
            let rowCall = try RowCall(row.call)
            present = try await before(row, rowCall)
            if let present, isDoneMeanwhile(row, rowCall, present) {
                return end(row.number, RowResult(.done), as: .done)
            }
            call = try rowCall.call(onto: present, context)
        } catch {
            guard !Self.isBlocking(error.exitCode) else { return .blocked(error) }
            return fail(row.number, RowResult(.failed, error: error.message))
        }
        do throws(CommandFailure) {
            try journal.begin(row.number, before: keepsBefore ? present : nil, at: Moment.now)
            times.begin(row.number)
        } catch {
            return .blocked(error)
        }
        return await send(call, row)
    }

    /// Returns the current object: the state that a change would lose, and the base for setting fields.
    private func before(_ row: JournalRow, _ call: RowCall) async throws(CommandFailure) -> JSON? {
        if let known = row.before, known.bool != nil { return known }
        guard let reading = call.action.change.reading, keepsBefore || !call.assignments.isEmpty else { return nil }
        // If the object does not exist, the call itself reports the error.
        return try await PresentObject(client).read(reading, call.values)
    }

    /// Returns whether the org performed an earlier call of the row after the check that found it not done. The object
    /// shows it at no cost, because it is read before each call.
    private func isDoneMeanwhile(_ row: JournalRow, _ call: RowCall, _ present: JSON) -> Bool {
        guard row.wasSent, let before = row.before, before.bool == nil else { return false }
        if case .done = ObjectCheck.verdict(of: call, present: present, before: before) { return true }
        return false
    }

    private func send(_ call: ActionCall, _ row: JournalRow) async -> Outcome {
        let outcome = await outcome(of: call, row)
        if case .inDoubt = outcome { times.lose(row.number) }
        return outcome
    }

    private func outcome(of call: ActionCall, _ row: JournalRow) async -> Outcome {
        let number = row.number
        do throws(OktaError) {
            if call.action.descriptor.isPaged { return end(number, try await list(call), as: .done) }
            let response = try await client.send(call.request(sendingThrough: client))
            limits.note(response)
            var json: JSON?
            if !response.isBodyEmpty, call.action.returnsJSON {
                do { json = try response.json() } catch {
                    // A page of an intermediary does not show whether the org performed the call.
                    if !call.action.change.isReading { return .inDoubt }
                    throw error
                }
            }
            if let json, call.action.change.isReading { results.write(json.elements ?? [json], of: call) }
            await compare(row, call, json)
            let own = call.action.path.names.last.flatMap { call.values[$0] }
            let result = RowResult(
                .done, status: response.status.code, objectID: json?["id"]?.string ?? own,
                requestID: response.requestID)
            return end(number, result, as: .done)
        } catch {
            return refused(error, call, number)
        }
    }

    /// Compares the object of an undo with its state before the undone run. The response to an update is the object;
    /// after a change of its state or a deletion, the object is read.
    private func compare(_ row: JournalRow, _ call: ActionCall, _ response: JSON?) async {
        guard let check else { return }
        switch call.action.change {
        case .update:
            if let response { check.compare(row, with: response) }
        case .transition(let reading):
            guard check.before(row) != nil else { return }
            if let present = try? await PresentObject(client).read(reading, call.values) {
                check.compare(row, with: present)
            }
        case .deletion(let reading):
            if let present = try? await PresentObject(client).read(reading, call.values) {
                check.note(remaining: present)
            }
        case .none, .membership, .creation, .invisible: return
        }
    }

    private func list(_ call: ActionCall) async throws(OktaError) -> RowResult {
        let pages = try client.pages(for: call.action.descriptor, arguments: call.values).pages
        var end = ListEnd()
        do throws(OktaError) {
            for try await page in pages {
                end.see(page.items)
                results.write(page.items, of: call)
            }
        } catch {
            guard end.isReached(by: error) else { throw error }
            results.noteGrowingList()
        }
        return RowResult(.done, status: 200)
    }

    private func refused(_ error: OktaError, _ call: ActionCall, _ number: Int) -> Outcome {
        let failure = CommandFailure(error)
        switch error {
        case .api(let refusal):
            if refusal.concernsToken { return block(number, failure) }
            // The org may have performed the call despite the server error.
            if refusal.status.code >= 500, !call.action.change.isReading { return .inDoubt }
            return fail(
                number,
                RowResult(
                    .failed, status: refusal.status.code, requestID: refusal.requestID, error: failure.message))
        case .transport(let loss):
            guard loss.error.mayHaveReachedServer else { return block(number, failure) }
            return .inDoubt
        case .cancelled: return .inDoubt
        case .authorization, .rateLimited, .configuration: return block(number, failure)
        default: return fail(number, RowResult(.failed, error: failure.message))
        }
    }

    /// Returns a row that was not sent to the waiting state.
    private func block(_ number: Int, _ failure: CommandFailure) -> Outcome {
        end(number, RowResult(.waiting), as: .blocked(failure))
    }

    private func fail(_ number: Int, _ result: RowResult) -> Outcome {
        end(number, result, as: .failed(result.error ?? ""))
    }

    /// Records the result of a row.
    private func end(_ number: Int, _ result: RowResult, as outcome: Outcome) -> Outcome {
        do throws(CommandFailure) {
            try journal.end(number, result, at: Moment.now)
            times.end(number)
            return outcome
        } catch {
            return .blocked(error)
        }
    }

    /// Returns whether the next row would fail in the same way.
    private static func isBlocking(_ code: ExitCode) -> Bool {
        switch code {
        case .network, .authorization, .interrupted: true
        case .done, .refused, .usage, .partlyDone: false
        }
    }
}

extension ChangeKind {
    /// Whether the action changes nothing.
    var isReading: Bool { if case .none = self { true } else { false } }
}

/// The limits in a run's responses.
final class ObservedLimits: Sendable {
    private let known = Mutex<[String: Int]>([:])

    func note(_ response: OktaResponse) {
        guard let limit = response.rateLimit, limit.limit > 0 else { return }
        known.withLock { $0["\(response.method.rawValue) \(response.template)"] = limit.limit }
    }

    var all: [String: Int] { known.withLock { $0 } }
}
#endif
