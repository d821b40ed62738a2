import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// The shares of clients with a common limit in each window.
@Suite(.longCalculation) struct AnticipatedCallsTests {
    private typealias Client = LaneScene.Client

    /// Without anticipation, the clients with many concurrent calls would get almost all, because each of their calls
    /// is already waiting when a window begins.
    private static let many = Client(lane: "many", parallel: 16, pause: .milliseconds(1))

    @Test(
        "Anticipated calls: a client with one call at a time gets its part",
        arguments: [1, 20, 100, 200], [1, 2, 3])
    func oneByOne(_ pause: Int, _ parallel: Int) {
        var scene = LaneScene([
            Self.many, Client(lane: "few", parallel: parallel, pause: .milliseconds(pause)),
            Client(lane: "one", pause: .milliseconds(pause)),
        ])
        for window in scene.play().dropFirst() {
            #expect(window.total == 60)
            for lane in ["many", "few", "one"] { #expect(abs(window[lane] - 20) <= 2, "\(window)") }
        }
    }

    @Test("Anticipated calls: clients that come seldom, stop, or wait for slow responses leave nothing unused")
    func absent() {
        let clients = [
            Client(lane: "seldom", pause: .seconds(2)), Client(lane: "short", most: 70),
            Client(lane: "slow", latency: .seconds(50)),
        ]
        for client in clients {
            var scene = LaneScene([Self.many, client])
            let windows = scene.play()
            #expect(windows.allSatisfy { $0.total == 60 }, "\(client.lane): \(windows)")
        }
    }

    @Test("Anticipated calls: an absent client does not accumulate a claim")
    func away() {
        var scene = LaneScene([Self.many, Client(lane: "late", start: .seconds(130))], limit: 2000)
        // Most of the third window was used before. The rest is shared.
        let window = scene.play()[2]
        #expect(window.total == 2000)
        #expect(window["late"] <= 1000 && scene.longestWait < .seconds(60), "\(window)")
    }

    @Test("Anticipated calls: no interactive call waits for a bulk call")
    func classes() {
        var scene = LaneScene([Self.many, Client(lane: "bulk", priority: .bulk)])
        // Bulk calls are sent while all other clients are between two calls.
        #expect(scene.play().dropFirst().allSatisfy { $0["many"] >= 50 })
    }

    @Test("Anticipated calls: no call waits while the limit is not used up")
    func plenty() {
        var scene = LaneScene(
            [Client(lane: "a", parallel: 4), Client(lane: "b", pause: .seconds(1))], limit: 1_000_000)
        _ = scene.play()
        #expect(scene.longestWait < .milliseconds(100))
    }

    @Test("Anticipated calls: random clients use up each limit, and never more", arguments: 0..<60)
    func random(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let clients = (0..<Int.random(in: 2...6, using: &random)).map { number in
            Client(
                lane: "\(number)", parallel: .random(in: 1...12, using: &random),
                pause: .milliseconds(.random(in: 1...400, using: &random)),
                latency: .milliseconds(.random(in: 1...200, using: &random)),
                priority: Bool.random(using: &random) ? .bulk : .interactive,
                start: .seconds(.random(in: 0...90, using: &random)))
        }
        var scene = LaneScene([Self.many] + clients, limit: .random(in: 30...600, using: &random))
        for window in scene.play() { #expect(window.total == scene.limit, "\(window)") }
    }
}

/// Clients in their lanes, and an org with windows of a minute, in simulated time.
private struct LaneScene {
    /// A client with a number of concurrent calls, each followed by a pause.
    struct Client {
        var lane: String
        var parallel = 1
        var pause = Duration.milliseconds(20)
        var latency = Duration.milliseconds(5)
        var priority = CallPriority.interactive
        var start = Duration.zero
        /// The number of calls after which the client is done.
        var most = Int.max
    }

    /// The calls of a minute by lane.
    struct Window {
        fileprivate(set) var calls: [String: Int] = [:]
        var total: Int { calls.values.reduce(0, +) }
        subscript(lane: String) -> Int { calls[lane] ?? 0 }
    }

    private enum Event { case arrival, response(Permit, minute: Int), change }

    let clients: [Client]
    let limit: Int
    /// The longest time that a call waited while permits were left.
    private(set) var longestWait = Duration.zero

    private var state = RateLimiterState(policy: RateLimitPolicy(utilization: 1, maximumConcurrentCalls: 64))
    private var events: [(moment: Duration, client: Int, event: Event)] = []
    private var waiting: [(client: Int, arrival: Duration, waiter: Waiter)] = []
    private var sent: [Int]
    private var windows: [Window]

    init(_ clients: [Client], limit: Int = 60, minutes: Int = 4) {
        self.clients = clients
        self.limit = limit
        sent = clients.map { _ in 0 }
        windows = (0..<minutes).map { _ in Window() }
        for (index, client) in clients.enumerated() {
            for _ in 0..<client.parallel { add(.arrival, of: index, at: client.start) }
        }
    }

    mutating func play() -> [Window] {
        let key = RateLimitKey(method: .get, path: "/api/v1/users")
        while let (now, index, event) = events.popLast(), Self.minute(now) < windows.count {
            switch event {
            case .arrival where sent[index] < clients[index].most:
                let place = TurnOrder.Place(priority: clients[index].priority, lane: clients[index].lane)
                let admission = state.acquire(key, ticket: nil, place: place, deadline: nil, now: now)
                if let permit = admission.permit { send(permit, of: index, now) }
                if let waiter = admission.waiter { waiting.append((index, now, waiter)) }
            case .response(let permit, let minute):
                respond(permit, minute, now)
                add(.arrival, of: index, at: now + clients[index].pause)
            case .arrival, .change: break
            }
            admit(now)
        }
        return windows
    }

    private mutating func admit(_ now: Duration) {
        state.admitWaiting(now)
        for (index, arrival, waiter) in waiting {
            guard let permit = waiter.permit else { continue }
            if Self.minute(arrival) == Self.minute(now) { longestWait = max(longestWait, now - arrival) }
            send(permit, of: index, now)
        }
        waiting.removeAll { $0.waiter.permit != nil }
        // Events are in descending order.
        guard let change = state.nextChange(now), change < events.last?.moment ?? .seconds(Int64.max) else { return }
        add(.change, of: 0, at: max(change, now + .milliseconds(1)))
    }

    private mutating func send(_ permit: Permit, of index: Int, _ now: Duration) {
        sent[index] += 1
        let minute = Self.minute(now)
        windows[minute].calls[clients[index].lane, default: 0] += 1
        add(.response(permit, minute: minute), of: index, at: now + clients[index].latency)
    }

    /// The org states the limit of the window in which the call was sent.
    private mutating func respond(_ permit: Permit, _ minute: Int, _ now: Duration) {
        let end = 60 * (minute + 1)
        let stated = RateLimit(
            limit: limit, remaining: max(0, limit - windows[minute].total),
            reset: Date(timeIntervalSince1970: Double(end)))
        state.release(permit, with: stated, end: .seconds(end), signal: nil, now: now)
    }

    private mutating func add(_ event: Event, of client: Int, at moment: Duration) {
        let place = events.lastIndex { $0.moment > moment }.map { $0 + 1 } ?? 0
        events.insert((moment, client, event), at: place)
    }

    private static func minute(_ moment: Duration) -> Int { Int(moment.components.seconds / 60) }
}
