import HTTPTypes
import Testing

@testable import OktaRuntime

/// The table of retries is complete, and lists follow it. The README tests check that the README contains it.
@Suite struct RetryTableTests {
    @Test("Retry table: each event has one rule", arguments: RetryRule.Event.allCases)
    func eventHasOneRule(_ event: RetryRule.Event) {
        #expect(RetryRule.table.count { $0.event == event } == 1)
    }

    /// Every code of an org that has done no work is in the table, with its status.
    @Test("Retry table: names the codes that are retried for every method")
    func titlesNameCodes() {
        let titles = RetryRule.table.map(\.title).joined()
        for (code, facts) in ErrorCodeFacts.table {
            switch facts.meaning {
            case .transient(let status): #expect(titles.contains("`\(code)`") && titles.contains("\(status)"))
            case .rateLimit: #expect(titles.contains("`\(code)`"))
            case .permanent, .quota, .refusedCursor: break
            }
        }
    }

    /// Returns pages in order. Some requests first fail with the given failure.
    private func list(
        of count: Int, failing: @escaping @Sendable (Int) throws(TransportError) -> TransportResponse?
    ) -> StubTransport {
        let failed = Tally()
        return StubTransport { request, _ throws(TransportError) in
            let page = Int(request.head.path?.split(separator: "=").last ?? "") ?? 0
            if failed[page] == 0 {
                failed.add(to: page)
                if let response = try failing(page) { return response }
            }
            let link = "</api/v1/items?after=\(page + 1)>; rel=\"next\""
            return .stub(200, #"[{"id":"\#(page)"}]"#, headers: page + 1 < count ? [("Link", link)] : [])
        }
    }

    @Test("Lists: 500 pages survive a fault in the middle", arguments: [408, 429, 500, 502, 503, 504, 520, 0])
    func longListSurvives(_ status: Int) async throws {
        for isPrefetching in [true, false] {
            let transport = list(of: 500) { page throws(TransportError) in
                guard page == 250 else { return nil }
                if status == 0 { throw TransportError(.connectionLost, mayHaveReachedServer: true) }
                return .stub(status, "<html>Bad gateway</html>", headers: [("Content-Type", "text/html")])
            }
            let (client, time) = try self.client(transport)
            let list: Paged<Item> = ItemActions(client: client)._paged("/api/v1/items")
            let ids = try await (isPrefetching ? list : list.prefetching(false)).collect().map(\.id)
            #expect(ids == (0..<500).map { "\($0)" })
            #expect(transport.requests.count == 501)
            #expect(time.pauses.count == 1)
        }
    }

    /// A client whose pauses return immediately.
    private func client(_ transport: StubTransport) throws -> (client: OktaClient, time: InstantTime) {
        let time = InstantTime()
        let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "secret-token")
        return (OktaClient(core: try ClientCore(configuration: configuration, transport: transport, time: time)), time)
    }

    @Test("Lists: every page is retried separately")
    func everyPageFailsOnce() async throws {
        let transport = list(of: 100) { page throws(TransportError) in .stub([500, 502, 503, 504][page % 4]) }
        let (client, time) = try client(transport)
        #expect(try await client.pages("/api/v1/items").collect().count == 100)
        #expect(transport.requests.count == 200)
        #expect(time.pauses.count == 100)
    }

    @Test("Retry: the policy says which statuses pass")
    func statusesAreSettable() async throws {
        for (statuses, status, count) in [([], 502, 1), ([418], 418, 2), ([418], 502, 1), ([], 503, 1)]
            as [(Set, Int, Int)]
        {
            let time = SimulatedTime()
            let transport = StubTransport { _, index in .stub(index == 0 ? status : 200, "{}") }
            let client = try Simulation(transport, time: time) { $0.retry.transientStatuses = statuses }.client
            try await time.run { _ = try? await client.request(.get, "/api/v1/x") }
            #expect(transport.requests.count == count, "\(status)")
        }
    }
}
