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
    let context: ProgramContext
    /// The limits that responses have stated, by method and path.
    let limits = SharedLimits()

    /// Performs one row.
    func perform(_ row: JournalRow) async -> Outcome {
        do throws(CommandFailure) {
            let call = try RowCall(row.call)
            let present = try await before(row, call)
            let ready = try call.call(onto: present, context)
            try journal.begin(row.number, before: keepsBefore ? present : nil, at: Moment.now)
            return try await send(ready, row.number)
        } catch {
            guard !Self.isBlocking(error.exitCode) else { return .blocked(error) }
            return fail(row.number, RowResult(.failed, error: error.message))
        }
    }

    /// The object as it is: what a change would lose, and what fields are set in.
    private func before(_ row: JournalRow, _ call: RowCall) async throws(CommandFailure) -> JSON? {
        if let known = row.before, known.bool != nil { return known }
        guard let reading = call.action.change.reading, keepsBefore || !call.assignments.isEmpty else { return nil }
        // Without an object, the call itself says what is wrong.
        return try await PresentObject(client).read(reading, call.values)
    }

    private func send(_ call: ActionCall, _ number: Int) async throws(CommandFailure) -> Outcome {
        do throws(OktaError) {
            if call.action.descriptor.isPaged { return try await list(call, number) }
            let response = try await client.send(call.request(sendingThrough: client))
            limits.note(response)
            let json = response.isBodyEmpty ? nil : try? response.json()
            if let json, call.action.change.isReading { results.write(json.elements ?? [json]) }
            let own = call.action.path.names.last.flatMap { call.values[$0] }
            try end(
                number,
                RowResult(
                    .done, status: response.status.code, objectID: json?["id"]?.string ?? own,
                    requestID: response.requestID))
            return .done
        } catch {
            return try refused(error, call, number)
        }
    }

    private func list(_ call: ActionCall, _ number: Int) async throws(OktaError) -> Outcome {
        let pages = try client.pages(for: call.action.descriptor, arguments: call.values).pages
        for try await page in pages { results.write(page.items) }
        try end(number, RowResult(.done, status: 200))
        return .done
    }

    private func refused(
        _ error: OktaError, _ call: ActionCall, _ number: Int
    ) throws(CommandFailure) -> Outcome {
        let failure = CommandFailure(error)
        switch error {
        case .api(let refusal):
            if refusal.status.code == 401 { return try block(number, failure) }
            // The org may have done the work in spite of its fault.
            if refusal.status.code >= 500, !call.action.change.isReading { return .inDoubt }
            return fail(
                number,
                RowResult(
                    .failed, status: refusal.status.code, requestID: refusal.requestID, error: failure.message))
        case .transport(let loss):
            guard loss.error.mayHaveReachedServer else { return try block(number, failure) }
            return .inDoubt
        case .cancelled: return .inDoubt
        case .authorization, .rateLimited, .configuration: return try block(number, failure)
        default: return fail(number, RowResult(.failed, error: failure.message))
        }
    }

    /// Takes a row back that was not sent.
    private func block(_ number: Int, _ failure: CommandFailure) throws(CommandFailure) -> Outcome {
        try journal.end(number, RowResult(.waiting), at: Moment.now)
        return .blocked(failure)
    }

    private func fail(_ number: Int, _ result: RowResult) -> Outcome {
        do throws(CommandFailure) {
            try journal.end(number, result, at: Moment.now)
            return .failed(result.error ?? "")
        } catch {
            return .blocked(error)
        }
    }

    /// Writes the end of a row. A journal that cannot be written stops the run as an error of the call would.
    private func end(_ number: Int, _ result: RowResult) throws(OktaError) {
        do throws(CommandFailure) { try journal.end(number, result, at: Moment.now) } catch {
            throw .configuration(.init(message: error.message))
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

    /// Ends the results.
    package func finish() throws(CommandFailure) {
        let failure = writer.withLock { state -> CommandFailure? in
            do throws(CommandFailure) { try state.writer?.finish() } catch { return error }
            return state.failure
        }
        if let failure { throw failure }
    }
}
#endif
