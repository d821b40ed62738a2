import HTTPTypes
import OktaRuntime
import Testing

/// Lists inside an object, with the array in a member and the next page under `_links`.
@Suite struct WrappedListTests {
    private static let next = #""_links":{"next":{"href":"https://acme.okta.com/api/v1/iam/roles?after=1"}}"#

    private func transport(_ bodies: [String]) -> StubTransport {
        StubTransport { _, index in .stub(200, bodies[min(index, bodies.count - 1)]) }
    }

    @Test(
        "Paging of wrapped lists: the array is found",
        arguments: [
            (#"{"roles":[{"id":"a"}],\#(next)}"#, #"{"roles":[{"id":"b"}],"_links":{}}"#),
            (#"{\#(next),"roles":[{"id":"a"}]}"#, #"{"roles":[{"id":"b"}]}"#),
            (
                #"{"roles":[{"id":"a"}],"_links":{"next":[{"href":"/api/v1/iam/roles?after=1"}]}}"#,
                #"{"roles":[{"id":"b"}],"_links":{"self":{"href":"/api/v1/iam/roles"}}}"#
            ),
        ])
    func theArrayIsFound(_ first: String, _ second: String) async throws {
        let transport = transport([first, second])
        let items = try await transport.client().pages("/api/v1/iam/roles").collect()
        #expect(items.map { $0[string: "id"] } == ["a", "b"])
        #expect(transport.requests.map(\.head.path) == ["/api/v1/iam/roles", "/api/v1/iam/roles?after=1"])
    }

    @Test("Paging of wrapped lists: a link in the header takes precedence over one in the body")
    func linkInHeaderTakesPrecedenceOverOneInBody() async throws {
        let transport = StubTransport { _, index in
            .stub(
                200, #"{"roles":[{"id":"a"}],\#(Self.next)}"#.replacing("after=1", with: "after=\(index + 5)"),
                headers: [("Link", "</api/v1/iam/roles?after=\(index + 1)>; rel=\"next\"")])
        }
        var iterator = try transport.client().pages("/api/v1/iam/roles").prefetching(false).pages
            .makeAsyncIterator()
        _ = try await iterator.next()
        _ = try await iterator.next()
        #expect(transport.requests.last?.head.path == "/api/v1/iam/roles?after=1")
    }

    @Test(
        "Paging of wrapped lists: an unreadable next link is an error, not the end of the list",
        arguments: [
            "{}", #"{"url":"/api/v1/iam/roles?after=1"}"#, #""/api/v1/iam/roles?after=1""#, #"{"href":5}"#, "[{}]",
        ])
    func unreadableLink(_ next: String) async throws {
        let client = try transport([#"{"roles":[{"id":"a"}],"_links":{"next":\#(next)}}"#]).client()
        await #expect {
            try await client.pages("/api/v1/iam/roles").collect()
        } throws: {
            guard case OktaError.paging(let failure) = $0 else { return false }
            return failure.reason == .malformedLink
        }
    }

    @Test(
        "Paging of wrapped lists: a null next link is the end of the list",
        arguments: ["null", "[]", #"{"href":null}"#])
    func noNextPage(_ next: String) async throws {
        let client = try transport([#"{"roles":[{"id":"a"}],"_links":{"next":\#(next)}}"#]).client()
        #expect(try await client.pages("/api/v1/iam/roles").collect().count == 1)
    }

    @Test("Paging of wrapped lists: the member can be named") func theMemberCanBeNamed() async throws {
        let body = #"{"roles":[{"id":"a"}],"total":[1],"id":"x"}"#
        let client = try transport([body]).client()
        #expect(try await client.pages("/api/v1/iam/roles", itemsKey: "roles").collect().count == 1)
        await #expect {
            try await client.pages("/api/v1/iam/roles", itemsKey: "role").collect()
        } throws: {
            "\($0)".contains("\"role\"")
        }
    }

    @Test("Paging of wrapped lists: an object with more members says how to name the list, apart from the reason")
    func ambiguousObjectHasRemedy() async throws {
        let client = try StubTransport(
            200, #"{"roles":[{"id":"a"}],"id":"x"}"#, headers: [("X-Okta-Request-Id", "r1")]
        ).client()
        let error = await #expect(throws: OktaError.self) { try await client.pages("/api/v1/iam/roles").collect() }
        guard case .decoding(let failure) = error else { throw error ?? .cancelled }
        #expect(!failure.reason.contains("itemsKey") && failure.remedy?.contains("itemsKey") == true, "\(failure)")
        #expect(failure.description.hasSuffix(failure.remedy ?? "-"), "\(failure)")
    }

    @Test(
        "Paging of wrapped lists: a body without a list is an error, not an empty list",
        arguments: [
            "{}", #"{"_links":{}}"#, "5", "null", #"{"id":"a","features":[],"_links":{}}"#, #"{"a":[],"b":[]}"#,
            #"{"a":{}}"#,
        ])
    func bodyWithoutListIsErrorNotEmptyList(_ body: String) async throws {
        let list = try transport([body]).client().pages("/api/v1/iam/roles")
        await #expect {
            try await list.collect()
        } throws: {
            if case OktaError.decoding = $0 { true } else { false }
        }
    }

    @Test("Paging of wrapped lists: a link in the body follows the same rules") func aLinkInTheBodyObeysTheSameRules()
        async throws
    {
        let other = transport([#"{"roles":[],"_links":{"next":{"href":"https://evil.example/api/v1/users?after=1"}}}"#])
        await #expect {
            try await other.client().pages("/api/v1/iam/roles").collect()
        } throws: {
            if case OktaError.paging(let failure) = $0 { failure.reason == .otherPath("/api/v1/users") } else { false }
        }
        #expect(other.requests.count == 1)
        let again = transport([#"{"roles":[{}],\#(Self.next)}"#])
        await #expect {
            try await again.client().pages("/api/v1/iam/roles").collect()
        } throws: {
            if case OktaError.paging(let failure) = $0 { failure.reason == .repeatedCursor } else { false }
        }
        #expect(again.requests.count == 2)
    }

    @Test("Paging of wrapped lists: a typed list reads its items from a member, and the page has the others")
    func typedListOfAMember() async throws {
        let transport = transport([
            #"{"roles":[{"id":"a"}],"extra":[1],"metadata":{"total":2},\#(Self.next)}"#,
            #"{"roles":[{"id":"b"}],"extra":[2],"metadata":{"total":2}}"#,
        ])
        let list: Paged<Item> = ItemActions(client: try transport.client())._paged("/api/v1/iam/roles", items: "roles")
        var ids: [String?] = []
        var totals: [Int?] = []
        for try await page in list.pages {
            ids += page.items.map(\.id)
            totals.append(page.body["metadata"]?[int: "total"])
        }
        #expect(ids == ["a", "b"])
        #expect(totals == [2, 2])
        #expect(transport.requests.map(\.head.path) == ["/api/v1/iam/roles", "/api/v1/iam/roles?after=1"])
    }

    @Test("Paging of wrapped lists: a typed list without its member is an error")
    func typedListWithoutItsMember() async throws {
        let actions = ItemActions(client: try transport([#"{"role":[{}]}"#]).client())
        let list: Paged<Item> = actions._paged("/api/v1/iam/roles", items: "roles")
        await #expect {
            try await list.collect()
        } throws: {
            "\($0)".contains("\"roles\"")
        }
    }

    @Test("Paging of wrapped lists: a typed list accepts an array only") func aTypedListTakesAnArrayOnly() async throws
    {
        let list: Paged<Item> = ItemActions(client: try transport([#"{"roles":[{}]}"#]).client())._paged("/api/v1/x")
        await #expect(throws: OktaError.self) { try await list.collect() }
    }
}
