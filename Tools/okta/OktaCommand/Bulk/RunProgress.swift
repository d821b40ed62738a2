internal import Synchronization

/// Shows on a terminal how far a run is, in one line that is written again and again. Elsewhere only messages appear.
package final class RunProgress: Sendable {
    private struct Content {
        var done = 0
        var failed = 0
        var shown: ContinuousClock.Instant?
        var width = 0
    }

    private let output: TextOutput
    private let total: Int
    private let start = ContinuousClock.now
    private let content = Mutex(Content())

    package init(_ output: TextOutput, total: Int) {
        self.output = output
        self.total = total
    }

    /// Counts a row.
    package func step(failed: Bool) {
        content.withLock { content in
            content.done += 1
            if failed { content.failed += 1 }
            guard output.isTerminal else { return }
            let now = ContinuousClock.now
            if let shown = content.shown, now - shown < .milliseconds(200) { return }
            content.shown = now
            show(&content, now)
        }
    }

    /// Writes a message above the line.
    package func line(_ text: String) {
        content.withLock { content in
            clear(&content)
            output.print(text)
            output.flush()
        }
    }

    /// Removes the line.
    package func end() { content.withLock { clear(&$0) } }

    private func show(_ content: inout Content, _ now: ContinuousClock.Instant) {
        let seconds = (now - start) / .seconds(1)
        let rate = seconds > 0 ? Int(Double(content.done) / seconds * 60) : 0
        let failed = content.failed > 0 ? ", \(content.failed) failed" : ""
        let text = "\(content.done) of \(total) rows\(failed), \(rate) a minute"
        output.write("\r" + text + String(repeating: " ", count: max(0, content.width - text.count)))
        output.flush()
        content.width = text.count
    }

    private func clear(_ content: inout Content) {
        guard content.width > 0 else { return }
        output.write("\r" + String(repeating: " ", count: content.width) + "\r")
        content.width = 0
    }
}
