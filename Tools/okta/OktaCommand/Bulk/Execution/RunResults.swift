#if CommandLine
internal import OktaRuntime
internal import Synchronization

/// The results of a run's calls, written as they arrive.
package final class RunResults: Sendable {
    private let writer: Mutex<(writer: ResultWriter?, failure: CommandFailure?)>
    private let progress: ProgressLine
    private let rowParameter: String?
    private let hasGrowingList = Mutex(false)

    /// The member with the row of an item of a list.
    static let rowMember = "for"

    /// Creates the results.
    ///
    /// - Parameters:
    ///   - writer: The writer; nil for runs that show no results.
    ///   - progress: The progress line, which results interrupt.
    ///   - rowParameter: The parameter whose value is the first member of each item, if rows return lists.
    package init(_ writer: ResultWriter?, _ progress: ProgressLine, rowParameter: String? = nil) {
        self.writer = Mutex((writer, nil))
        self.progress = progress
        self.rowParameter = rowParameter
    }

    func write(_ items: [JSON], of call: ActionCall) {
        progress.hide()
        let row = rowParameter.flatMap { call.values[$0] }
        writer.withLock { state in
            do throws(CommandFailure) {
                for item in items { try state.writer?.write(row.map { item.led(by: Self.rowMember, $0) } ?? item) }
            } catch {
                state.failure = state.failure ?? error
            }
        }
    }

    /// Prints once that lists may get more items later.
    func noteGrowingList() {
        let isFirst = hasGrowingList.withLock { known in
            defer { known = true }
            return !known
        }
        if isFirst { progress.write("okta: \(ListEnd.notice)") }
    }

    /// The error of writing results; nil if there was none.
    var failure: CommandFailure? { writer.withLock { $0.failure } }

    /// Completes the output.
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
