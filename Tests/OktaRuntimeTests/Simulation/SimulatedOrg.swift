import Foundation
import HTTPTypes
import OktaRuntime
import Synchronization

/// An org in simulated time, with rate limits in fixed windows, a concurrency limit and latency.
final class SimulatedOrg: HTTPTransport {
    /// A limit for the calls of one or several actions.
    struct Limit {
        let name: String
        /// The number of calls in a window.
        let calls: Int
        /// The start of its windows, in seconds after each full minute. A whole number, like the stated resets.
        let offset: Int
    }

    struct Count {
        var responses: [Int: Int] = [:]
        var mostAtATime = 0
        var ownCalls: [String: Int] = [:]
        /// The paths in order of arrival.
        var arrivals: [String] = []
    }

    private struct State {
        var count = Count()
        var used: [String: (window: Int, calls: Int)] = [:]
        var inFlight = 0
        var generator: SplitMix64
        var requests = 0
    }

    private let time: SimulatedTime
    private let limits: [Limit]
    private let limitOf: @Sendable (String) -> String
    private let maximumAtATime: Int
    private let latency: ClosedRange<Double>
    private let state: Mutex<State>

    /// - Parameters:
    ///   - limitOf: The name of the limit for a path.
    ///   - latency: The seconds from sending a request to its response.
    init(
        time: SimulatedTime, limits: [Limit], maximumAtATime: Int = .max, latency: ClosedRange<Double> = 0.05...0.15,
        seed: UInt64 = 1, limitOf: @escaping @Sendable (String) -> String
    ) {
        self.time = time
        self.limits = limits
        self.maximumAtATime = maximumAtATime
        self.latency = latency
        self.limitOf = limitOf
        state = Mutex(State(generator: SplitMix64(seed: seed)))
    }

    var count: Count { state.withLock { $0.count } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let path = request.head.path ?? "/"
        let delay = state.withLock { Double.random(in: latency, using: &$0.generator) }
        do {
            try await time.sleep(for: .seconds(delay / 2))
        } catch {
            throw TransportError(.cancelled)
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        do {
            let response = release(path)
            try await time.sleep(for: .seconds(delay / 2))
            return response
        } catch {
            throw TransportError(.cancelled, mayHaveReachedServer: true)
        }
    }

    /// Uses up a limit as another program would.
    func take(_ calls: Int, of name: String) {
        state.withLock { state in
            guard let limit = limits.first(where: { $0.name == name }) else { return }
            for _ in 0..<calls { _ = use(limit, &state) }
        }
    }

    /// Returns the end of the current window of a limit in seconds since 1970.
    func reset(of limit: Limit) -> Int {
        (window(of: limit) + 1) * 60 + limit.offset
    }

    private func window(of limit: Limit) -> Int {
        Int(((time.date.timeIntervalSince1970 - Double(limit.offset)) / 60).rounded(.down))
    }

    private func use(_ limit: Limit, _ state: inout State) -> Int {
        let window = window(of: limit)
        let used = state.used[limit.name].flatMap { $0.window == window ? $0.calls : nil } ?? 0
        state.used[limit.name] = (window, used + 1)
        return limit.calls - used - 1
    }

    private func release(_ path: String) -> TransportResponse {
        state.withLock { state in
            state.requests += 1
            state.inFlight += 1
            state.count.mostAtATime = max(state.count.mostAtATime, state.inFlight)
            state.count.arrivals.append(path)
            let name = limitOf(path)
            guard let limit = limits.first(where: { $0.name == name }) else { return response(200, nil, &state) }
            if state.inFlight > maximumAtATime { return response(429, (0, 0, reset(of: limit)), &state) }
            let remaining = use(limit, &state)
            state.count.ownCalls[name, default: 0] += 1
            return response(remaining < 0 ? 429 : 200, (limit.calls, max(0, remaining), reset(of: limit)), &state)
        }
    }

    private func response(
        _ status: Int, _ limit: (calls: Int, remaining: Int, reset: Int)?, _ state: inout State
    ) -> TransportResponse {
        state.count.responses[status, default: 0] += 1
        var headers = [("Date", httpDate(time.date)), ("X-Okta-Request-Id", "request\(state.requests)")]
        if let limit {
            headers += [
                ("x-rate-limit-limit", "\(limit.calls)"), ("x-rate-limit-remaining", "\(limit.remaining)"),
                ("x-rate-limit-reset", "\(limit.reset)"),
            ]
        }
        return .stub(status, status == 429 ? #"{"errorCode":"E0000047"}"# : "{}", headers: headers)
    }
}

/// Returns a date in whole seconds, like those of header fields.
func httpDate(_ date: Date) -> String {
    let whole = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
    var style = Date.VerbatimFormatStyle.httpDate
    style.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    return whole.formatted(style)
}

extension Date.VerbatimFormatStyle {
    fileprivate static var httpDate: Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits) GMT
                """,
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
    }
}
