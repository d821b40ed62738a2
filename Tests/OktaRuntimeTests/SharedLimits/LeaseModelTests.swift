import Foundation
import Testing

@testable import OktaRuntime

/// Every interleaving of the steps of ``LeaseModel``, for several small setups.
@Suite(.serialized, .longCalculation) struct LeaseModelTests {
    /// The moments around the end of a lease.
    private static let leaseEnd = [0, 5000, 7100]
    /// The moments around the end of a window that ends before the lease.
    private static let windowEnd = [0, 1000, 3100]

    private static let setups: [String: LeaseModel.Setup] = [
        "a lease ends": LeaseModel.Setup(
            limit: 2, clients: [("a", 1), ("a", 1)], inFlight: 1, moments: leaseEnd, windowEnd: 30_000),
        "a window ends": LeaseModel.Setup(
            limit: 2, clients: [("a", 1), ("a", 2)], inFlight: 1, moments: windowEnd, windowEnd: 1000, lostReplies: 0),
        "responses without a limit": LeaseModel.Setup(
            limit: 2, clients: [("a", 1), ("a", 1)], inFlight: 1, moments: [0, 7100], windowEnd: 30_000, crashes: 0,
            lostReplies: 0, lostResponses: 1),
        "two principals": LeaseModel.Setup(
            limit: 3, clients: [("a", 1), ("b", 1)], principalShare: 750, orgLimit: 4, inFlight: 1, moments: [0, 5000],
            windowEnd: 30_000, lostReplies: 0),
        "three clients": LeaseModel.Setup(
            limit: 2, clients: [("a", 1), ("a", 1), ("a", 1)], inFlight: 1, moments: [0, 7100],
            windowEnd: 30_000, lostReplies: 0),
        "a store far away": LeaseModel.Setup(
            limit: 2, clients: [("a", 1), ("a", 1)], inFlight: 1, moments: [0], windowEnd: 30_000,
            isStoreFar: true),
        "an unknown limit": LeaseModel.Setup(
            limit: 4, clients: [("a", 1), ("a", 1)], moments: [0], windowEnd: 30_000, lostReplies: 0, isKnown: false),
    ]

    @Test("Lease model: no interleaving exceeds a limit or blocks calls", arguments: setups.keys.sorted())
    func noInterleavingExceedsLimitOrBlocksCalls(name: String) throws {
        let setup = try #require(Self.setups[name])
        let search = LeaseSearch(setup, most: 150_000)
        let (isComplete, violation) = (search.isComplete, search.violation)
        #expect(isComplete)
        #expect(violation == nil)
        // In every state, waiting calls continue as time advances.
        for index in stride(from: 0, to: search.states.count, by: max(1, search.states.count / 20)) {
            let waiting = search.states[index].clientsWithoutCall(setup, for: 75_000)
            #expect(waiting == [])
        }
    }

    @Test("Lease model: all but the last call of a window are made, although a client is gone")
    func nothingIsLost() {
        let setup = LeaseModel.Setup(
            limit: 6, clients: [("a", 1), ("a", 1)], moments: [0, 5000], windowEnd: 30_000, lostReplies: 0)
        let states = LeaseSearch(setup, most: 20_000).states
        for index in stride(from: 0, to: states.count, by: 50) { #expect(states[index].unusedCalls(setup) <= 1) }
    }
}

/// All states of a model, breadth first.
struct LeaseSearch {
    private(set) var states: [LeaseModel]
    /// Whether all states have been visited.
    private(set) var isComplete = true
    /// The shortest path to a state in which the org has counted more calls than a limit allows; nil if there is none.
    private(set) var violation: [String]?

    init(_ setup: LeaseModel.Setup, most: Int) {
        let first = LeaseModel(setup)
        states = [first]
        var visited: Set = [first]
        var ways: [(from: Int, step: LeaseModel.Step)] = [(0, .pass)]
        var next = 0
        while next < states.count {
            for step in states[next].steps(setup) {
                var state = states[next]
                state.take(step, setup)
                guard visited.insert(state).inserted else { continue }
                states.append(state)
                ways.append((next, step))
                guard state.excess(setup) > 0 else { continue }
                var index = states.count - 1
                var violation: [String] = []
                while index > 0 {
                    violation.append("\(ways[index].step)")
                    index = ways[index].from
                }
                self.violation = violation.reversed()
                return
            }
            next += 1
            if states.count > most {
                isComplete = false
                return
            }
        }
    }
}
