#if CommandLine
internal import HTTPTypes
internal import Synchronization
internal import OktaRuntime

/// Performs the calls of rows, and writes what becomes of them to the journal.
struct RowPerformer: Sendable {
    /// How one row ended, for the run.
    enum Outcome: Sendable {
        case done
        case failed(String)
        /// It was sent without an answer: it is checked later.
        case inDoubt
        /// It was not sent, and neither would the next be: the run stops.
        case blocked(CommandFailure)
    }

    let journal: RunJournal
    let client: OktaClient
    let keepsBefore: Bool
    let results: RunResults
    /// Compares what an undo restores; nil for all other runs.
    let check: RestoreCheck?
    let context: ProgramContext
    /// The limits that responses have stated, by method and path.
    let limits = SharedLimits()
    /// When the rows were sent.
    let times = RowTimes()

    /// Performs one row.
    ///
    /// A journal that cannot be written stops the run. The row keeps the state that the journal has: one that was sent is
    /// in flight, and a resumption checks it.
    func perform(_ row: JournalRow) async -> Outcome {
        if let failure = results.failure { return .blocked(failure) }
        let call: ActionCall
        let present: JSON?
        do throws(CommandFailure) {
            let rowCall = try RowCall(row.call)
            present = try await before(row, rowCall)
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

    /// The object as it is: what a change would lose, and what fields are set in.
    private func before(_ row: JournalRow, _ call: RowCall) async throws(CommandFailure) -> JSON? {
        if let known = row.before, known.bool != nil { return known }
        guard let reading = call.action.change.reading, keepsBefore || !call.assignments.isEmpty else { return nil }
        // Without an object, the call itself says what is wrong.
        return try await PresentObject(client).read(reading, call.values)
    }

    private func send(_ call: ActionCall, _ row: JournalRow) async -> Outcome {
        let number = row.number
        do throws(OktaError) {
            if call.action.descriptor.isPaged { return end(number, try await list(call), as: .done) }
            let response = try await client.send(call.request(sendingThrough: client))
            limits.note(response)
            var json: JSON?
            if !response.isBodyEmpty, call.action.returnsJSON {
                do { json = try response.json() } catch {
                    // A page of something on the way to the org does not show that the org has done anything.
                    if !call.action.change.isReading { return .inDoubt }
                    throw error
                }
            }
            if let json, call.action.change.isReading { results.write(json.elements ?? [json]) }
            if let json, case .update = call.action.change { check?.compare(row, with: json) }
            let own = call.action.path.names.last.flatMap { call.values[$0] }
            let result = RowResult(
                .done, status: response.status.code, objectID: json?["id"]?.string ?? own,
                requestID: response.requestID)
            return end(number, result, as: .done)
        } catch {
            return refused(error, call, number)
        }
    }

    private func list(_ call: ActionCall) async throws(OktaError) -> RowResult {
        let pages = try client.pages(for: call.action.descriptor, arguments: call.values).pages
        for try await page in pages { results.write(page.items) }
        return RowResult(.done, status: 200)
    }

    private func refused(_ error: OktaError, _ call: ActionCall, _ number: Int) -> Outcome {
        let failure = CommandFailure(error)
        switch error {
        case .api(let refusal):
            if refusal.concernsToken { return block(number, failure) }
            // The org may have done the work in spite of its fault.
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

    /// Takes a row back that was not sent.
    private func block(_ number: Int, _ failure: CommandFailure) -> Outcome {
        end(number, RowResult(.waiting), as: .blocked(failure))
    }

    private func fail(_ number: Int, _ result: RowResult) -> Outcome {
        end(number, result, as: .failed(result.error ?? ""))
    }

    /// Writes the end of a row.
    private func end(_ number: Int, _ result: RowResult, as outcome: Outcome) -> Outcome {
        do throws(CommandFailure) {
            try journal.end(number, result, at: Moment.now)
            times.end(number)
            return outcome
        } catch {
            return .blocked(error)
        }
    }

    /// Whether the next row would fail in the same way.
    private static func isBlocking(_ code: ExitCode) -> Bool {
        switch code {
        case .network, .authorization, .interrupted: true
        case .done, .refused, .usage, .partlyDone: false
        }
    }
}

extension ChangeKind {
    /// Whether it changes nothing.
    var isReading: Bool { if case .none = self { true } else { false } }
}

/// The limits that the responses of a run have stated.
final class SharedLimits: Sendable {
    private let known = Mutex<[String: Int]>([:])

    func note(_ response: OktaResponse) {
        guard let limit = response.rateLimit, limit.limit > 0 else { return }
        known.withLock { $0["\(response.method.rawValue) \(response.template)"] = limit.limit }
    }

    var all: [String: Int] { known.withLock { $0 } }
}

/// What the calls of a run return, written as it comes.
package final class RunResults: Sendable {
    private let writer: Mutex<(writer: ResultWriter?, failure: CommandFailure?)>
    private let progress: ProgressLine

    /// - Parameters:
    ///   - writer: Nil for runs whose results are not shown.
    ///   - progress: The line that makes room for results.
    package init(_ writer: ResultWriter?, _ progress: ProgressLine) {
        self.writer = Mutex((writer, nil))
        self.progress = progress
    }

    func write(_ items: [JSON]) {
        progress.hide()
        writer.withLock { state in
            do throws(CommandFailure) {
                for item in items { try state.writer?.write(item) }
            } catch {
                state.failure = state.failure ?? error
            }
        }
    }

    /// Why results could not be written; nil when all could.
    var failure: CommandFailure? { writer.withLock { $0.failure } }

    /// Ends the results.
    package func finish() throws(CommandFailure) {
        let failure = writer.withLock { state -> CommandFailure? in
            if let failure = state.failure { return failure }
            do throws(CommandFailure) { try state.writer?.finish() } catch { return error }
            return nil
        }
        if let failure { throw failure }
    }
}
#endif
