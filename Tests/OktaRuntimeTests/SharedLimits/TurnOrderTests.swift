import Testing

@testable import OktaRuntime

/// The order in which waiting calls get their turn.
@Suite struct TurnOrderTests {
    private typealias Place = TurnOrder.Place

    @Test("TurnOrder: interactive calls go before bulk calls, whatever their lane and arrival")
    func classesComeFirst() {
        var order = TurnOrder()
        let bulk = (0..<5).map { order.ticket(for: Place(priority: .bulk, lane: $0 == 0 ? nil : "a")) }
        let interactive = (0..<50).map { _ in order.ticket(for: Place(priority: .interactive, lane: "b")) }
        #expect(interactive.max() ?? .max < bulk.min() ?? 0)
        #expect(bulk.allSatisfy { TurnOrder.priority(of: $0) == .bulk })
        #expect(interactive.allSatisfy { TurnOrder.priority(of: $0) == .interactive })
    }

    @Test("TurnOrder: within a lane, calls go in the order of arrival")
    func lanesAreInOrder() {
        var order = TurnOrder()
        for lane in [nil, "a"] {
            let tickets = (0..<20).map { _ in order.ticket(for: Place(lane: lane)) }
            #expect(tickets == tickets.sorted())
            #expect(Set(tickets).count == 20)
        }
    }

    @Test("TurnOrder: a lane with few calls does not wait behind one with many")
    func lanesTakeTurns() {
        var order = TurnOrder()
        var waiting = (0..<100).map { _ in (lane: "many", ticket: order.ticket(for: Place(lane: "many"))) }
        var served: [String] = []
        func serve() {
            guard let next = waiting.indices.min(by: { waiting[$0].ticket < waiting[$1].ticket }) else { return }
            served.append(waiting[next].lane)
            order.reach(waiting.remove(at: next).ticket)
        }
        for _ in 0..<30 { serve() }
        for _ in 0..<10 { waiting.append(("few", order.ticket(for: Place(lane: "few")))) }
        for _ in 0..<24 { serve() }
        #expect(served.suffix(24).count { $0 == "few" } == 10)
    }

    @Test("TurnOrder: lanes without waiting calls are forgotten, those with some keep their place")
    func lanesAreBounded() {
        var order = TurnOrder()
        let waiting = (0..<10).map { _ in order.ticket(for: Place(lane: "waits")) }
        for lane in 0..<5000 {
            order.reach(min(order.ticket(for: Place(lane: "lane\(lane)")), 5))
        }
        #expect(order.ticket(for: Place(lane: "waits")) > waiting.max() ?? .max)
        #expect(order.laneCount <= 1025)
    }
}
