import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

@Suite(.longCalculation) struct RateLimitPartsTests {
    @Test(
        "Rate limit parts: a path from a variable gets a general key",
        arguments: [
            ("/api/v1/users?limit=200", "/api/v1/users"), ("/api/v1/users/00u1abcdEFGH23456789", "/api/v1/users/{}"),
            ("/api/v1/users/ada@example.com/groups", "/api/v1/users/{}/groups"),
            ("/api/v1/users/ada%40example.com", "/api/v1/users/{}"), ("/api/v1/groups/rules", "/api/v1/groups/rules"),
            ("/api/v1/authorizationServers/default/associatedServers", nil), ("/api/v1/logs", nil),
            ("/api/v1/meta/schemas/apps/default/123456", "/api/v1/meta/schemas/apps/default/{}"),
            ("/oauth2/v1/clients", nil), ("/api/v1/users/alice?expand=blocks", "/api/v1/users/{}"),
            ("/api/v1/users/alice/lifecycle/activate", "/api/v1/users/{}/lifecycle/activate"),
            ("/api/v1/groups/00g1abcdEFGH23456789/users/bob", "/api/v1/groups/{}/users/{}"),
            ("/api/v1/groups/ada.lovelace/users", "/api/v1/groups/{}/users"), ("/api/v1/zones/7", "/api/v1/zones/{}"),
            ("/api/v1/brands/b1/templates/email/default-content", "/api/v1/brands/{}/templates/email/default-content"),
            ("/api/v1/users/{}/credentials/change_password", nil), ("/api/v1/users/", nil), ("/", nil),
        ])
    func aPathFromAVariableIsGeneralized(_ path: String, _ template: String?) {
        #expect(RateLimitKey(method: .get, path: RequestPath(stringLiteral: path)).template == template ?? path)
    }

    @Test("Rate limit parts: interpolated values are not in the key") func interpolatedValuesAreNotInTheKey() {
        let key = RateLimitKey(method: .put, path: "/api/v1/users/\("ada@example.com")/x?a=b")
        #expect(key.description == "PUT /api/v1/users/{}/x")
    }

    /// An interpolated path states its values explicitly.
    @Test("Rate limit parts: words around interpolated values stay in the key")
    func wordsBesideInterpolatedValuesAreKept() {
        let path: RequestPath = "/api/v1/apps/\("0oa1")/features/office365?limit=1"
        #expect(RateLimitKey(method: .get, path: path).template == "/api/v1/apps/{}/features/office365")
        let queried: RequestPath = "/api/v1/users/alice?expand=\("blocks")"
        #expect(RateLimitKey(method: .get, path: queried).template == "/api/v1/users/{}")
    }

    private static let responses: [(Int, String?, Int?, RateLimitSignal?)] = [
        (429, "E0000047", 100, .exhausted), (429, nil, 100, .exhausted), (429, nil, nil, .exhausted),
        (429, "E0000047", 0, .concurrency), (429, "E0000109", 100, .quota), (429, "E0000146", 0, .quota),
        // A gateway's own words are not an Okta error code.
        (429, "too_many_requests", nil, .exhausted), (429, "E47", nil, .exhausted), (429, "E0000999", nil, .quota),
        (200, nil, 0, nil), (503, "E0000047", 0, nil),
    ]

    @Test("Rate limit parts: the kinds of 429 are distinguished", arguments: responses)
    func kindsOf429AreDistinguished(_ status: Int, _ code: String?, _ limit: Int?, _ signal: RateLimitSignal?) {
        let limit = limit.map { RateLimit(limit: $0, remaining: 0, reset: Date(timeIntervalSince1970: 0)) }
        let code = code.map(OktaErrorCode.init(rawValue:))
        #expect(RateLimitSignal(status: status, code: code, rateLimit: limit) == signal)
    }

    @Test(
        "Rate limit parts: a header that is not a count states no limit",
        arguments: ["", "x", "-1", "1.5", "99999999999999999999", "9223372036854775807"])
    func headerThatIsNotCountStatesNoLimit(_ text: String) {
        for name in ["X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"] {
            var headers = ["X-Rate-Limit-Limit": "10", "X-Rate-Limit-Remaining": "9", "X-Rate-Limit-Reset": "1"]
            headers[name] = text
            let response = TransportResponse.stub(headers: headers.map { ($0.key, $0.value) })
            #expect(RateLimit(response.head.headerFields) == nil)
        }
    }

    @Test(
        "Rate limit parts: the reserve is the rest of the limit after the share",
        arguments: [(100, 0.8, 20), (1, 0.1, 0), (10, 0.7, 3), (50, 0.8, 10), (600, 0.5, 300), (7, 1.0, 0)])
    func theReserveIsWhatTheShareLeaves(_ limit: Int, _ share: Double, _ reserve: Int) {
        #expect(RateLimitPolicy(utilization: share).reservedCalls(of: limit) == reserve)
    }

    @Test(
        "Rate limit parts: an invalid policy is rejected",
        arguments: [
            (RateLimitPolicy(utilization: 0), "utilization"), (RateLimitPolicy(utilization: 1.1), "utilization"),
            (RateLimitPolicy(utilization: .nan), "utilization"),
            (RateLimitPolicy(maximumConcurrentCalls: 0), "maximumConcurrentCalls is 0"),
            (RateLimitPolicy(initialConcurrentCalls: 0), "initialConcurrentCalls is 0"),
        ])
    func invalidPolicyIsRejected(_ policy: RateLimitPolicy, _ reason: String) throws {
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "token")
        configuration.rateLimits = policy
        #expect {
            try OktaClient(configuration: configuration, transport: StubTransport())
        } throws: {
            if case OktaError.configuration = $0 { "\($0)".contains(reason) } else { false }
        }
    }

    @Test("Rate limit parts: deadlines are returned in order", arguments: 1...20)
    func deadlinesComeInOrder(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var heap = DeadlineHeap()
        var waiters: [Waiter] = []
        for ticket in 0..<600 {
            let deadline = Duration.milliseconds(Int.random(in: 0...1000, using: &generator))
            let waiter = Waiter(ticket: Ticket(UInt64(ticket)), deadline: generator.oneIn(10) ? nil : deadline)
            waiters.append(waiter)
            heap.insert(waiter)
            if generator.oneIn(3) { generator.pick(waiters, or: waiter).decide(.cancelled) }
        }
        var taken: [UInt64] = []
        for now in stride(from: 0, through: 1000, by: 50) {
            let earliest = heap.earliest()
            let expired = heap.removeExpired(at: .milliseconds(now))
            #expect(expired.allSatisfy { $0.deadline ?? .zero <= .milliseconds(now) && !$0.isDecided })
            #expect(expired.first?.deadline ?? earliest == earliest)
            taken += expired.map(\.ticket.turn)
        }
        let expected = waiters.filter { !$0.isDecided && $0.deadline != nil }.map(\.ticket.turn)
        #expect(taken.sorted() == expected)
        #expect(heap.earliest() == nil)
    }

    @Test("Rate limit parts: a deadline that is now is not in the past") func aDeadlineAtTheMomentIsNotBeforeIt() {
        var heap = DeadlineHeap()
        for second in [3, 1, 2, 4] {
            heap.insert(Waiter(ticket: Ticket(UInt64(second)), deadline: .seconds(second)))
        }
        let before = heap.removeAll(before: .seconds(3))
        #expect(before.map(\.ticket.turn) == [1, 2])
        let expired = heap.removeExpired(at: .seconds(3))
        #expect(expired.map(\.ticket.turn) == [3])
    }

    @Test("Rate limit parts: a queue is in the order of tickets", arguments: 1...20)
    func queueIsInOrderOfTickets(_ seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var queue = WaitQueue()
        var expected: [UInt64] = []
        for ticket in 0..<1000 as Range<UInt64> {
            // Some calls make another attempt.
            let back = ticket > 50 && generator.oneIn(20) && !expected.contains(ticket - 50)
            let number = back ? ticket - 50 : ticket
            queue.insert(Waiter(ticket: Ticket(number), deadline: nil))
            expected.append(number)
            expected.sort()
            if generator.oneIn(2), let first = queue.first {
                #expect(first.ticket.turn == expected.first)
                queue.removeFirst()
                expected.removeFirst()
            }
        }
        while let first = queue.first {
            #expect(first.ticket.turn == expected.first)
            queue.removeFirst()
            expected.removeFirst()
        }
        #expect(expected.isEmpty)
    }

    @Test("Rate limit parts: many paths from variables are forgotten") func manyPathsFromVariablesAreForgotten() {
        var state = RateLimiterState(policy: RateLimitPolicy())
        // Names of letters cannot be distinguished from words of the API.
        let letters = Dictionary(uniqueKeysWithValues: zip("0123456789", "abcdefghij"))
        for index in 0..<10_000 {
            let name = String(index).compactMap { letters[$0] }
            let key = RateLimitKey(method: .get, path: RequestPath(stringLiteral: "/x/\(String(name))"))
            let now = Duration.seconds(index)
            guard case .admitted(let permit) = state.acquire(key, ticket: nil, deadline: nil, now: now) else {
                Issue.record("nothing is in the way")
                return
            }
            state.release(permit, signal: nil, now: now)
        }
        #expect((2...1200).contains(state.bucketCount))
    }
}
