#if CommandLine
package import OktaRuntime

/// Executes the rows of a journal: waiting rows are sent, several concurrently, and each is recorded before and after
/// its call.
package struct RunExecutor: Sendable {
    private let journal: RunJournal
    private let client: OktaClient
    private let settings: RunSettings
    private let performer: RowPerformer
    private let progress: ProgressLine

    /// - Parameter client: A client of ``RunSettings/client(_:)``.
    package init(
        _ journal: RunJournal, _ header: RunHeader, client: OktaClient, settings: RunSettings, results: RunResults,
        check: RestoreCheck? = nil, progress: ProgressLine, context: ProgramContext
    ) {
        self.journal = journal
        self.client = client
        self.settings = settings
        self.progress = progress
        performer = RowPerformer(
            journal: journal, client: client, keepsBefore: header.keepsBefore, results: results,
            check: check, context: context)
    }

    /// Sends the waiting rows, after checking those that an earlier process left in flight.
    ///
    /// - Returns: The number of rows in each state, and why the run stopped early.
    package func run() async throws(CommandFailure) -> RunSummary {
        let counts = try journal.counts()
        progress.begin(total: (counts[.waiting] ?? 0) + (counts[.begun] ?? 0))
        defer { progress.finish() }
        try await check()
        var stop = try await sendAll()
        // Rows without a response are checked once, and sent again if the org did not perform them.
        if stop == nil, try journal.counts()[.begun] ?? 0 > 0 {
            try await check()
            stop = try await sendAll()
            if stop == nil { try await check(isLast: true) }
        }
        try journal.setLimits(performer.limits.all)
        return RunSummary(counts: try journal.counts(), stop: stop)
    }

    /// Sends all waiting rows and returns why the run ended early; nil if it did not.
    private func sendAll() async throws(CommandFailure) -> RunSummary.Stop? {
        var rows = WaitingRows(
            journal, MembershipSnapshot(journal, client, keepsBefore: performer.keepsBefore))
        var errors = 0
        var stop: RunSummary.Stop?
        var problem: CommandFailure?
        await withTaskGroup(of: (JournalRow, RowPerformer.Outcome).self) { group in
            var running = 0
            while true {
                while running < settings.callsInFlight, stop == nil, problem == nil, !Task.isCancelled {
                    do throws(CommandFailure) {
                        guard let row = try await rows.next() else { break }
                        running += 1
                        group.addTask { (row, await shielded(row)) }
                    } catch {
                        problem = error
                    }
                }
                guard let (row, outcome) = await group.next() else { return }
                running -= 1
                switch outcome {
                case .done: progress.add(items: 1)
                case .inDoubt: break
                case .failed(let text):
                    errors += 1
                    progress.add(items: 1, failures: 1)
                    if errors <= Self.shownErrors { progress.write("okta: row \(row.number) (\(row.place)): \(text)") }
                    if let most = settings.maximumErrors, errors >= most { stop = .errors(errors) }
                case .blocked(let failure): stop = stop ?? .failure(failure)
                }
            }
        }
        if errors > Self.shownErrors { progress.write("okta: and \(errors - Self.shownErrors) further errors") }
        if Task.isCancelled { return .interrupted }
        if let problem { throw problem }
        return stop
    }

    /// Performs a row. If the run is interrupted, a call in flight may complete within the grace period.
    private func shielded(_ row: JournalRow) async -> RowPerformer.Outcome {
        let work = Task { await performer.perform(row) }
        return await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            let grace = settings.grace
            Task {
                try? await Task.sleep(for: grace)
                work.cancel()
            }
        }
    }

    /// Checks rows that were sent without a response.
    ///
    /// - Parameter isLast: Whether rows that were not performed count as failed instead of being sent again.
    private func check(isLast: Bool = false) async throws(CommandFailure) {
        var after = 0
        var isAnnounced = false
        while let row = try journal.rows([.begun], after: after, limit: 1).first {
            after = row.number
            if Task.isCancelled { return }
            do {
                let rest = performer.times.rest(of: settings.settling, forRow: row.number)
                if rest > .zero {
                    if !isAnnounced {
                        progress.note(
                            "okta: calls without a response are checked in \(Figures.span(rest / .seconds(1)))")
                    }
                    isAnnounced = true
                    try await performer.times.wait(for: rest)
                }
            } catch {
                return
            }
            let verdict = try await verdict(row)
            let result: RowResult
            switch verdict {
            case .done(let id): result = RowResult(.done, objectID: id, error: nil)
            case .notDone where isLast:
                result = RowResult(.failed, error: "the org did not respond, and did not execute the call")
            case .notDone: result = RowResult(.waiting)
            case .unknown(let reason): result = RowResult(.unknown, error: reason)
            }
            try journal.end(row.number, result, at: Moment.now)
            performer.times.end(row.number)
            if result.state == .done { progress.add(items: 1) }
            if result.state == .unknown {
                progress.add(items: 1, failures: 1)
                progress.write("okta: row \(row.number) (\(row.place)): \(result.error ?? ""); it may be done")
            }
        }
    }

    private func verdict(_ row: JournalRow) async throws(CommandFailure) -> ObjectCheck.Verdict {
        let call: RowCall
        do throws(CommandFailure) { call = try RowCall(row.call) } catch { return .unknown(error.message) }
        let age = performer.times.age(of: row.number, journaled: row.begun ?? 0)
        return try await ObjectCheck(client).verdict(of: call, before: row.before, age: age)
    }

    private static let shownErrors = 20
}

/// The result of a run.
package struct RunSummary: Sendable {
    /// The reason why a run ended early.
    package enum Stop: Sendable {
        /// The user or the system interrupted the run.
        case interrupted
        /// This number of rows failed.
        case errors(Int)
        /// No further row could be sent.
        case failure(CommandFailure)
    }

    /// The number of rows in each state.
    package let counts: [RowState: Int]
    /// Why the run ended early; nil if no row is waiting.
    package let stop: Stop?

    package func count(_ state: RowState) -> Int { counts[state] ?? 0 }
}

/// The waiting rows of a journal, fetched in batches.
private struct WaitingRows {
    private let journal: RunJournal
    private var portion: [JournalRow] = []
    private var position = 0
    private var last = 0
    private var lists: Set<String> = []
    private let snapshot: MembershipSnapshot

    init(_ journal: RunJournal, _ snapshot: MembershipSnapshot) {
        self.journal = journal
        self.snapshot = snapshot
    }

    /// Returns the next row. The list of a membership is read before its first change.
    mutating func next() async throws(CommandFailure) -> JournalRow? {
        if position == portion.count {
            portion = try journal.rows([.waiting], after: last, limit: 200)
            position = 0
        }
        guard position < portion.count else { return nil }
        defer { position += 1 }
        last = portion[position].number
        return try await snapshot.completed(portion[position], known: &lists)
    }
}
#endif
