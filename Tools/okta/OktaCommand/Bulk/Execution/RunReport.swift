#if CommandLine
/// Reports the result of a run.
package struct RunReport: Sendable {
    private let id: String?
    private let summary: RunSummary
    private let total: Int

    /// Creates a report.
    ///
    /// - Parameter id: The id for resuming the run; nil for a run without a journal.
    package init(_ summary: RunSummary, id: String?, total: Int) {
        self.summary = summary
        self.id = id
        self.total = total
    }

    /// Writes the counts.
    ///
    /// - Throws: A ``CommandFailure`` unless all rows are done.
    package func close(_ notices: TextOutput) throws(CommandFailure) {
        if summary.stop == nil, summary.count(.done) == total {
            if let id { notices.print("okta: run \(id): \(counts)") }
            notices.flush()
            return
        }
        let rest = summary.count(.waiting) + summary.count(.begun)
        let message = "\(reason)\(id.map { "run \($0): " } ?? "")\(counts)"
        throw CommandFailure(exitCode, message, advice: advice(rest))
    }

    private var counts: String {
        RowState.allCases.reversed().filter { summary.count($0) > 0 }
            .sorted { $0 == .done && $1 != .done }
            .map { "\(summary.count($0)) \($0.word)" }.joined(separator: ", ")
    }

    private var reason: String {
        switch summary.stop {
        case .interrupted?: "interrupted; "
        case .errors(let count)?: "stopped after \(count) error\(count == 1 ? "" : "s"); "
        case .failure(let failure)?: "\(failure.message)\n"
        case nil: ""
        }
    }

    private var exitCode: ExitCode {
        switch summary.stop {
        case .interrupted?: return .interrupted
        case .failure(let failure)? where summary.count(.done) == 0: return failure.exitCode
        case .errors?, .failure?, nil:
            let isNothingDone = summary.count(.done) == 0 && summary.count(.unknown) == 0
            return isNothingDone ? .refused : .partlyDone
        }
    }

    private func advice(_ rest: Int) -> String? {
        var advice: [String] = []
        if case .failure(let failure)? = summary.stop, let text = failure.advice { advice.append(text) }
        guard let id else { return advice.first }
        if rest > 0 {
            let rows = rest == 1 ? "the row that is left" : "the \(rest) rows that are left"
            advice.append("`okta runs resume \(id)` continues with \(rows).")
        }
        if summary.count(.failed) + summary.count(.unknown) > 0 {
            advice.append("`okta runs show \(id) --state failed --state unknown` shows why rows are not done.")
        }
        return advice.isEmpty ? nil : advice.joined(separator: "\n")
    }
}
#endif
