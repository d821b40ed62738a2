import HTTPTypes
import OktaRuntime
import Testing

@Suite struct PagedTests {
    /// Returns a list with the pages `/api/v1/items`, then `?after=1`, `?after=2`…
    private func pages(_ bodies: [String], link: @escaping @Sendable (Int) -> String) -> StubTransport {
        StubTransport { _, index in
            let headers = index + 1 < bodies.count ? [("Link", link(index + 1))] : []
            return .stub(200, index < bodies.count ? bodies[index] : "[]", headers: headers)
        }
    }

    private func list(_ transport: StubTransport) throws -> Paged<Item> {
        ItemActions(client: try transport.client())._paged("/api/v1/items", query: ["limit": .integer(2)])
    }

    private static func next(_ index: Int) -> String {
        "<https://acme.okta.com/api/v1/items?after=\(index)&limit=2>; rel=\"next\""
    }

    private static let bodies = [#"[{"id":"a"},{"id":"b"}]"#, "[]", #"[{"id":"c"},5]"#, #"[{"id":"d"}]"#]

    @Test("Paging: all pages are read") func allPagesAreRead() async throws {
        let transport = pages(Self.bodies, link: Self.next)
        #expect(try await list(transport).collect().map(\.id) == ["a", "b", "c", "d"])
        #expect(
            transport.requests.map(\.head.path) == [
                "/api/v1/items?limit=2", "/api/v1/items?after=1&limit=2", "/api/v1/items?after=2&limit=2",
                "/api/v1/items?after=3&limit=2",
            ])
    }

    @Test("Paging: no page is requested that is not read") func noPageIsRequestedThatIsNotRead() async throws {
        let transport = pages(Self.bodies, link: Self.next)
        for try await item in try list(transport) where item.id == "a" { break }
        #expect(transport.requests.count == 1)
        let other = pages(Self.bodies, link: Self.next)
        #expect(try await list(other).collect(upTo: 3).map(\.id) == ["a", "b", "c"])
        #expect(other.requests.count == 3)
        #expect(try await list(other).collect(upTo: 0).isEmpty)
        #expect(other.requests.count == 3)
    }

    @Test(
        "Paging: links are followed on the client's own host",
        arguments: [
            "<https://acme.okta.com/api/v1/items?limit=2>; rel=\"self\", <https://acme.okta.com/api/v1/items?after=1>; rel=next",
            "</api/v1/items?after=1>; rel=\"next\"",
            "<https://acme.okta.com/api/v1/items?after=1>; title=\"a, b\"; rel=\"next\"",
            "<https://acme-admin.okta.com/api/v1/items?after=1>;REL=\"prev next\"",
            "<http://evil.example/api/v1/items?after=1>; rel=\"next\"",
        ])
    func theLinkIsFollowedOnTheOwnHost(_ link: String) async throws {
        let transport = pages(["[]", "[]"], link: { _ in link })
        _ = try await list(transport).collect()
        #expect(transport.requests.map(\.head.path) == ["/api/v1/items?limit=2", "/api/v1/items?after=1"])
        #expect(transport.requests.allSatisfy { $0.head.authority == "acme.okta.com" && $0.head.scheme == "https" })
    }

    @Test(
        "Paging: the list ends without a next link",
        arguments: ["<https://acme.okta.com/api/v1/items?after=1>; rel=\"self\"", "nonsense", "<>", ""])
    func listEndsWithoutNextLink(_ link: String) async throws {
        let transport = pages(["[]", "[]"], link: { _ in link })
        #expect(try await list(transport).collect().isEmpty)
        #expect(transport.requests.count == 1)
    }

    @Test(
        "Paging: a link to elsewhere is an error",
        arguments: [
            "<https://acme.okta.com/api/v1/users?after=1>; rel=\"next\"",
            "<https://acme.okta.com/api/v1/items?limit=2>; rel=next",
        ])
    func linkToElsewhereIsError(_ link: String) async throws {
        let transport = pages(["[]", "[]", "[]"], link: { _ in link })
        let list = try list(transport)
        await #expect {
            _ = try await list.collect()
        } throws: {
            if case OktaError.paging = $0 { true } else { false }
        }
        #expect(transport.requests.count == 1)
    }

    @Test("Paging: a repeated cursor is an error") func repeatedCursorIsError() async throws {
        let transport = pages(Array(repeating: "[]", count: 9), link: { "</api/v1/items?after=\($0 % 3)>; rel=next" })
        let list = try list(transport)
        await #expect(throws: OktaError.self) { try await list.collect() }
        #expect(transport.requests.count == 4)
    }

    @Test("Paging: a list resumes at its cursor") func aListIsResumedAtItsCursor() async throws {
        let transport = pages(Self.bodies, link: Self.next)
        var iterator = try list(transport).pages.makeAsyncIterator()
        let cursor = try #require(try await iterator.next()?.next)
        let rest = pages(Array(Self.bodies.dropFirst()), link: { Self.next($0 + 1) })
        #expect(try await list(rest).resuming(at: cursor).collect().map(\.id) == ["c", "d"])
        #expect(rest.requests.first?.head.path == "/api/v1/items?after=1&limit=2")
        let foreign: Paged<Item> = ItemActions(client: try rest.client())._paged("/api/v1/users")
        await #expect(throws: OktaError.self) { try await foreign.resuming(at: cursor).collect() }
    }

    @Test("Paging: an error in the middle does not shorten the list") func errorInMiddleDoesNotShortenList()
        async throws
    {
        let transport = StubTransport { _, index in
            index == 0 ? .stub(200, Self.bodies[0], headers: [("Link", Self.next(1))]) : .stub(500, "")
        }
        var seen: [String?] = []
        let list = try list(transport)
        await #expect(throws: OktaError.self) { for try await item in list { seen.append(item.id) } }
        #expect(seen == ["a", "b"])
        await #expect(throws: OktaError.self) { try await list.collect() }
    }
}
