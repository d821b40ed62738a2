import HTTPTypes
import Testing

@testable import OktaRuntime

/// The order in which waiting calls get their turn.
@Suite struct TurnOrderTests {
    @Test("TurnOrder: interactive calls precede bulk calls, regardless of lane and arrival")
    func classesComeFirst() {
        var order = TurnOrder()
        let bulk = (0..<5).map { order.take(for: $0 == 0 ? .own : Lane("a"), .bulk) }
        let interactive = (0..<50).map { _ in order.take(for: Lane("b"), .interactive) }
        #expect(interactive.max() ?? .max < bulk.min() ?? 0)
        #expect(bulk.allSatisfy { TurnOrder.priority(of: $0) == .bulk })
        #expect(interactive.allSatisfy { TurnOrder.priority(of: $0) == .interactive })
    }

    @Test("TurnOrder: within a lane, calls proceed in the order of arrival")
    func lanesAreInOrder() {
        var order = TurnOrder()
        for lane in [Lane.own, Lane("a")] {
            let turns = (0..<20).map { _ in order.take(for: lane, .interactive) }
            #expect(turns == turns.sorted())
            #expect(Set(turns).count == 20)
        }
    }

    @Test("TurnOrder: a lane with few calls does not wait behind one with many")
    func lanesTakeTurns() {
        var order = TurnOrder()
        var waiting = (0..<100).map { _ in (lane: "many", turn: order.take(for: Lane("many"), .interactive)) }
        var served: [String] = []
        func serve() {
            guard let next = waiting.indices.min(by: { waiting[$0].turn < waiting[$1].turn }) else { return }
            served.append(waiting[next].lane)
            order.reach(waiting.remove(at: next).turn)
        }
        for _ in 0..<30 { serve() }
        for _ in 0..<10 { waiting.append(("few", order.take(for: Lane("few"), .interactive))) }
        for _ in 0..<24 { serve() }
        #expect(served.suffix(24).count { $0 == "few" } == 10)
    }

    @Test("TurnOrder: lanes without waiting calls are forgotten, and those with some keep their place")
    func lanesAreBounded() {
        var order = TurnOrder()
        let waiting = (0..<10).map { _ in order.take(for: Lane("waits"), .interactive) }
        for lane in 0..<5000 {
            order.reach(min(order.take(for: Lane("lane\(lane)"), .interactive), 5))
        }
        #expect(order.take(for: Lane("waits"), .interactive) > waiting.max() ?? .max)
        #expect(order.laneCount <= 65)
    }

    // MARK: Buckets

    private static let users = RateLimitKey(method: .get, path: "/api/v1/users")
    private static let groups = RateLimitKey(method: .get, path: "/api/v1/groups")

    /// A limiter with waiting calls that a test admits.
    private struct Line {
        var state: RateLimiterState
        var waiters: [(name: String, waiter: Waiter)] = []

        /// - Parameter places: The maximum number of calls in flight.
        init(places: Int) {
            state = RateLimiterState(
                policy: RateLimitPolicy(maximumConcurrentCalls: places, initialConcurrentCalls: places))
        }

        /// Adds a call, and returns its permit if it need not wait.
        @discardableResult
        mutating func add(
            _ name: String, _ key: RateLimitKey, lane: String?, _ priority: CallPriority = .interactive
        ) -> Permit? {
            let place = TurnOrder.Place(priority: priority, lane: lane)
            let admission = state.acquire(key, ticket: nil, place: place, deadline: nil, now: .zero)
            if let waiter = admission.waiter { waiters.append((name, waiter)) }
            return admission.permit
        }

        /// Ends a call, admits as many others as possible, and returns their names in order.
        mutating func run(from first: Permit?) async -> [String] {
            var order: [String] = []
            var running = first
            while let permit = running {
                state.release(permit, signal: nil, now: .zero)
                state.admitWaiting(.zero)
                running = nil
                for (index, call) in waiters.enumerated().reversed() {
                    guard let admitted = call.waiter.permit else { continue }
                    order.append(call.name)
                    running = admitted
                    waiters.remove(at: index)
                }
            }
            return order
        }
    }

    @Test("TurnOrder: a lane with a thousand calls in one bucket is not delayed in another")
    func bucketsHaveTurns() async throws {
        var line = Line(places: 1)
        let first = line.add("first", Self.groups, lane: "a")
        for _ in 0..<1000 { line.add("users of a", Self.users, lane: "a") }
        for number in 0..<50 { line.add("groups of b \(number)", Self.groups, lane: "b") }
        line.add("groups of a", Self.groups, lane: "a")
        let groups = await line.run(from: first).filter { $0.hasPrefix("groups") }
        #expect(groups.count == 51)
        #expect(try #require(groups.firstIndex(of: "groups of a")) <= 2, "\(groups)")
    }

    @Test("TurnOrder: between buckets, lanes take turns, regardless of who has more waiting calls")
    func placesTakeTurns() async throws {
        var line = Line(places: 1)
        let first = line.add("first", Self.users, lane: "a")
        for _ in 0..<1000 { line.add("users of a", Self.users, lane: "a") }
        for _ in 0..<20 { line.add("groups of b", Self.groups, lane: "b") }
        let order = await line.run(from: first)
        #expect(order.count == 1020)
        #expect(try #require(order.lastIndex(of: "groups of b")) <= 40)
    }

    @Test("TurnOrder: between buckets, calls of one program proceed in the order of arrival, interactive ones first")
    func arrivalBetweenBuckets() async {
        var line = Line(places: 1)
        let first = line.add("first", Self.users, lane: nil)
        for number in 0..<40 {
            line.add("bulk \(number)", number % 3 == 0 ? Self.users : Self.groups, lane: nil, .bulk)
        }
        for number in 0..<40 { line.add("\(number)", number % 3 == 0 ? Self.users : Self.groups, lane: nil) }
        #expect(await line.run(from: first) == (0..<40).map { "\($0)" } + (0..<40).map { "bulk \($0)" })
    }

    @Test("TurnOrder: a retry precedes the calls that arrived after its call, in every bucket")
    func retriesKeepTheirPlace() async throws {
        var line = Line(places: 1)
        let admitted = line.add("first", Self.users, lane: "a")
        let first = try #require(admitted)
        for _ in 0..<10 { line.add("other", Self.groups, lane: "a") }
        for _ in 0..<10 { line.add("later", Self.users, lane: "a") }
        line.state.release(first, signal: nil, now: .zero)
        line.state.admitWaiting(.zero)
        let next = line.waiters.removeFirst().waiter.permit
        let running = try #require(next)
        let again = line.state.acquire(Self.users, ticket: first.ticket, deadline: nil, now: .zero)
        line.waiters.append(("again", try #require(again.waiter)))
        #expect(await line.run(from: running).first == "again")
    }
}
