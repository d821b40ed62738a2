import HTTPTypes
import LoopbackServer
import OktaRuntime
import Synchronization
import Testing

@Suite struct OktaOrganizationsTests {
    private func definition(
        _ name: String, _ tenants: [String] = [], transport: any HTTPTransport = StubTransport()
    ) throws -> OktaOrganizations.Definition {
        OktaOrganizations.Definition(
            name: name,
            configuration: try OktaConfiguration(orgURL: "https://\(name).okta.com", token: "secret-\(name)"),
            tenants: tenants, transport: transport)
    }

    private func organizations(
        _ count: Int, transport: (Int) -> any HTTPTransport = { _ in StubTransport() }
    ) throws -> OktaOrganizations {
        try OktaOrganizations((0..<count).map { try definition("org\($0)", transport: transport($0)) })
    }

    /// The clients share a transport, and no client's connection is closed in favor of another's.
    @Test("Organizations: many orgs keep their connections") func manyOrgsKeepTheirConnections() async throws {
        let servers = try (0..<40).map { _ in try LoopbackServer { _ in .json("{}") } }
        let organizations = try OktaOrganizations(
            servers.enumerated().map { index, server in
                OktaOrganizations.Definition(name: "org\(index)", configuration: try server.configuration())
            })
        for _ in 0..<3 {
            for organization in organizations.all { _ = try await organization.client.request(.get, "/api/v1/org") }
        }
        #expect(servers.map(\.requests.count) == Array(repeating: 3, count: 40))
        #expect(servers.map(\.connectionCount) == Array(repeating: 1, count: 40))
        for server in servers { await server.stop() }
    }

    @Test("Organizations: orgs are found by name and by tenant") func orgsAreFoundByNameAndTenant() async throws {
        let transports = [StubTransport(), StubTransport()]
        let organizations = try OktaOrganizations([
            definition("acme", ["1", "2"], transport: transports[0]),
            definition("globex", ["3"], transport: transports[1]),
        ])
        _ = try await organizations.client(forTenant: "3").request(.get, "/api/v1/org")
        _ = try await organizations.client(named: "acme").request(.get, "/api/v1/org")
        let seen = transports.map {
            $0.requests.map { ($0.head.authority ?? "") + " " + ($0.head.headerFields[.authorization] ?? "") }
        }
        #expect(seen == [["acme.okta.com SSWS secret-acme"], ["globex.okta.com SSWS secret-globex"]])
        #expect(organizations.organization(forTenant: "4") == nil && organizations["nobody"] == nil)
        for fails in [
            { try organizations.client(forTenant: "4") }, { try organizations.client(named: "Acme") },
        ] as [() throws -> OktaClient] {
            #expect {
                try fails()
            } throws: {
                if case OktaError.configuration = $0 { true } else { false }
            }
        }
    }

    @Test("Organizations: duplicate names and tenants are rejected") func duplicateNamesAndTenantsAreRejected() throws {
        let (a, b) = (try definition("a", ["1"]), try definition("b", ["1"]))
        for definitions in [[a, a], [a, b], [try definition("a", ["1", "1"])], [try definition("a", [" "])]] {
            #expect {
                try OktaOrganizations(definitions)
            } throws: {
                if case OktaError.configuration = $0 { true } else { false }
            }
        }
        var unnamed = a
        unnamed.name = " "
        #expect(throws: OktaError.self) { try OktaOrganizations([unnamed]) }
        #expect(try OktaOrganizations([]).all.isEmpty)
    }

    @Test("Organizations: each org has a result, in the given order") func eachOrgHasAResultInTheGivenOrder()
        async throws
    {
        let organizations = try organizations(40) { index in
            StubTransport(index % 3 == 1 ? 500 : 200, "{\"id\":\"\(index)\"}")
        }
        let results = await organizations.concurrentMap(maximumConcurrency: 5) { organization in
            try await organization.client.with { $0.timeout = .seconds(1) }
                .send(OktaRequest(.post, "/api/v1/x", body: .none)).json()[string: "id"]
        }
        #expect(results.map(\.organization.name) == (0..<40).map { "org\($0)" })
        for (index, result) in results.enumerated() {
            #expect(result.value == (index % 3 == 1 ? nil : "\(index)"))
            #expect((result.error as? OktaError)?.status?.code == (index % 3 == 1 ? 500 : nil))
        }
        let none = try OktaOrganizations([])
        #expect(await none.concurrentMap { $0.name }.isEmpty)
    }

    @Test("Organizations: the maximum concurrency is observed") func maximumConcurrencyIsObserved() async throws {
        let organizations = try organizations(30)
        let running = Mutex((now: 0, most: 0))
        let results = await organizations.concurrentMap(maximumConcurrency: 4) { organization in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<10 { await Task.yield() }
            running.withLock { $0.now -= 1 }
        }
        #expect(results.allSatisfy { $0.error == nil })
        #expect(running.withLock { $0.most } <= 4)
        #expect(await organizations.concurrentMap(maximumConcurrency: -1) { $0.name }.compactMap(\.value).count == 30)
    }

    @Test("Organizations: an org that waits does not delay the others", .hangLimit)
    func orgThatWaitsDoesNotDelayOthers()
        async throws
    {
        let stuck = GatedTransport { _ in .stub(200, "{}") }
        let organizations = try organizations(6) { $0 == 0 ? stuck as any HTTPTransport : StubTransport() }
        let finished = Mutex<[String]>([])
        let results = await organizations.concurrentMap(maximumConcurrency: 2) { organization in
            _ = try await organization.client.request(.get, "/api/v1/org")
            let count = finished.withLock {
                $0.append(organization.name)
                return $0.count
            }
            // The first client gets its response when all others are done.
            if count == 5 { stuck.open(0) }
        }
        #expect(results.allSatisfy { $0.error == nil })
        #expect(finished.withLock { $0 } == ["org1", "org2", "org3", "org4", "org5", "org0"])
    }

    @Test("Organizations: cancelling ends running operations and starts no more", .hangLimit)
    func cancellingEndsWhatRunsAndBeginsNothingMore() async throws {
        let transports = (0..<6).map { _ in GatedTransport { _ in .stub(200, "{}") } }
        let organizations = try organizations(6) { transports[$0] }
        let task = Task {
            await organizations.concurrentMap(maximumConcurrency: 2) {
                _ = try await $0.client.request(.get, "/api/v1/org")
            }
        }
        for transport in transports.prefix(2) { await transport.waitUntilBegun(0) }
        task.cancel()
        let results = await task.value
        #expect(results.count == 6)
        for result in results {
            guard case OktaError.cancelled? = result.error else {
                Issue.record("\(result.organization.name) was not cancelled")
                continue
            }
        }
        #expect(transports.map(\.paths.count) == [1, 1, 0, 0, 0, 0])
    }

    @Test("Organizations: no description shows a token") func noDescriptionShowsToken() throws {
        let organizations = try organizations(2)
        var shown = "\(organizations) \(organizations.all)"
        dump(organizations, to: &shown)
        #expect(!shown.contains("secret-"))
    }
}
