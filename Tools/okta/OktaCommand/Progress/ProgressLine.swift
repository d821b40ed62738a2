package import OktaRuntime
internal import Synchronization

/// A progress line of long work on a terminal: pages, items, their rate, and waits for limits with their end.
///
/// It overwrites itself, appears only if the work takes longer than a moment, and is silent without a terminal. It
/// observes the waits of the work's client: add it to ``ProgramContext/observers`` before creating the client.
package final class ProgressLine: ClientObserver, Sendable {
    /// The state of the work.
    private struct State {
        var pages = 0
        var items = 0
        var failures = 0
        var total: Int?
        var start: ContinuousClock.Instant
        var waits: [Int: PendingWait] = [:]
        var nextWait = 0
        var drawn: ContinuousClock.Instant?
        var isShown = false
        var isOver = false
    }

    private struct PendingWait {
        var end: ContinuousClock.Instant
        var isLimit: Bool
    }

    private let label: String
    private let notices: TextOutput
    /// Whether the output is a terminal that supports overwriting.
    private let canOverwrite: Bool
    private let clock: ProgressClock
    private let state: Mutex<State>

    /// The delay before the line is shown, and the minimum interval between updates.
    private static let patience = Duration.seconds(1)
    private static let pace = Duration.milliseconds(100)

    /// Creates a line.
    ///
    /// - Parameters:
    ///   - label: The work, such as `user list-users`.
    ///   - total: The number of items; nil if unknown.
    package init(_ label: String, context: ProgramContext, total: Int? = nil, clock: ProgressClock = .system) {
        self.label = label
        self.clock = clock
        notices = context.notices
        canOverwrite = context.notices.isTerminal && context.obeysMarks
        state = Mutex(State(total: total, start: clock.now()))
    }

    /// Starts the main part, whose size is known now. The previous counts belong to its preparation.
    package func begin(total: Int) {
        state.withLock { state in
            erase(&state)
            (state.pages, state.items, state.failures) = (0, 0, 0)
            state.total = total
            state.start = clock.now()
        }
    }

    /// Adds to the counts.
    package func add(items: Int, pages: Int = 0, failures: Int = 0) {
        state.withLock { state in
            state.items += items
            state.pages += pages
            state.failures += failures
            draw(&state)
        }
    }

    /// Erases the line before other output to the terminal. The next change shows it again.
    package func hide() { state.withLock { erase(&$0) } }

    /// Writes a message above the line.
    package func write(_ message: String) {
        state.withLock { state in
            erase(&state)
            notices.print(message)
            notices.flush()
        }
    }

    /// Writes a message above the line, if it is shown to a person.
    package func note(_ message: String) { if canOverwrite { write(message) } }

    /// Erases the line permanently.
    package func finish() {
        state.withLock { state in
            erase(&state)
            state.isOver = true
        }
    }

    /// Observes a call of the client.
    package func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        canOverwrite ? WaitReporter(line: self) : nil
    }

    // MARK: Waits

    /// Records that a call waits, and returns a number for its end.
    fileprivate func begin(_ wait: ObservedCall.Wait) -> Int? {
        let isLimit: Bool
        switch wait.cause {
        case .queue: isLimit = true
        case .retry(let reason): isLimit = reason == .rateLimit
        @unknown default: isLimit = false
        }
        guard let duration = wait.minimumDuration, duration >= Self.patience else { return nil }
        return state.withLock { state in
            state.nextWait += 1
            state.waits[state.nextWait] = PendingWait(end: clock.now() + duration, isLimit: isLimit)
            draw(&state, isUrgent: true)
            return state.nextWait
        }
    }

    fileprivate func end(_ number: Int) {
        state.withLock { state in
            state.waits[number] = nil
            draw(&state)
        }
    }

    // MARK: Line

    private func draw(_ state: inout State, isUrgent: Bool = false) {
        guard canOverwrite, !state.isOver else { return }
        let now = clock.now()
        guard isUrgent || now - state.start >= Self.patience else { return }
        if !isUrgent, state.isShown, let drawn = state.drawn, now - drawn < Self.pace { return }
        state.drawn = now
        state.isShown = true
        let text = DisplayWidth.truncated(text(state, now), to: max(10, (notices.columns ?? 80) - 1))
        notices.write("\r\(text)\u{1B}[K")
        notices.flush()
    }

    private func erase(_ state: inout State) {
        guard state.isShown else { return }
        state.isShown = false
        notices.write("\r\u{1B}[K")
        notices.flush()
    }

    /// Returns the text of the line, such as `user list-users: 12 pages, 2,400 items, 480/s`.
    private func text(_ state: State, _ now: ContinuousClock.Instant) -> String {
        let seconds = (now - state.start) / .seconds(1)
        let rate = seconds > 0 ? Double(state.items) / seconds : 0
        var parts: [String] = []
        if state.pages > 0 { parts.append("\(Figures.grouped(state.pages)) page\(state.pages == 1 ? "" : "s")") }
        if let total = state.total {
            let percent = total > 0 ? state.items * 100 / total : 100
            parts.append("\(Figures.grouped(state.items)) of \(Figures.grouped(total)) (\(percent) %)")
        } else {
            parts.append("\(Figures.grouped(state.items)) item\(state.items == 1 ? "" : "s")")
        }
        if state.items > 0 { parts.append("\(Figures.rate(rate))/s") }
        if state.failures > 0 { parts.append("\(Figures.grouped(state.failures)) failed") }
        if let total = state.total, rate > 0, state.items < total {
            parts.append("\(Figures.span(Double(total - state.items) / rate)) left")
        }
        if let wait = state.waits.values.max(by: { $0.end < $1.end }), wait.end > now {
            let end = clock.wallTime(wait.end - now)
            parts.append("waiting \(wait.isLimit ? "for the rate limit" : "before a retry") until \(end)")
        }
        return "\(label): \(parts.joined(separator: ", "))"
    }
}

extension ProgramContext {
    /// Returns the context with a line that shows the waits of all calls.
    package func observed(by line: ProgressLine) -> ProgramContext {
        var context = self
        context.observers.append(line)
        return context
    }
}

/// Reports the waits of a call to the line.
private final class WaitReporter: ObservedCall.Observer {
    private let line: ProgressLine
    private let wait = Mutex<Int?>(nil)

    init(line: ProgressLine) { self.line = line }

    func willWait(_ next: ObservedCall.Wait) {
        end()
        let number = line.begin(next)
        wait.withLock { $0 = number }
    }

    func didAttempt(_ attempt: ObservedCall.Attempt) { end() }

    func didFinish(_ result: ObservedCall.Result) { end() }

    private func end() {
        let number = wait.withLock { number in
            defer { number = nil }
            return number
        }
        if let number { line.end(number) }
    }
}
