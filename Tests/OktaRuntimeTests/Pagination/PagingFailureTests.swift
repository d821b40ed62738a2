import HTTPTypes
import Testing

@testable import OktaRuntime

/// Failures to follow a list: the reason, the cursor to continue from, and the advice.
@Suite struct PagingFailureTests {
    /// Returns one page per link, by number, and repeats the last one.
    private func transport(_ body: String, links: [String]) -> StubTransport {
        StubTransport { _, index in
            .stub(200, body, headers: [("Link", links[min(index, links.count - 1)])])
        }
    }

    private func list(_ transport: StubTransport) throws -> Paged<Item> {
        ItemActions(client: try transport.client())._paged("/api/v1/items")
    }

    /// Returns the failure with which a list ends.
    private func end(of list: Paged<Item>) async -> OktaError.PagingFailure? {
        do {
            _ = try await list.collect()
            return nil
        } catch {
            if case .paging(let failure) = error { return failure }
            return nil
        }
    }

    private static func place(_ index: Int) -> PageCursor { PageCursor(target: "/api/v1/items?after=\(index)") }

    private static func link(_ index: Int) -> String { "</api/v1/items?after=\(index)>; rel=\"next\"" }

    @Test("Paging failure: a list of empty pages resumes after them") func listOfEmptyPagesResumesAfterThem()
        async throws
    {
        let transport = StubTransport { _, index in .stub(200, "[]", headers: [("Link", Self.link(index + 1))]) }
        let list = try list(transport)
        let failure = try #require(await end(of: list))
        let count = PageFollower.maximumEmptyPages
        #expect(failure.reason == .onlyEmptyPages(count))
        #expect(transport.requests.count == count)
        #expect(failure.cursor == Self.place(count))
        #expect(failure.description.contains("resume later at the cursor of this failure"))
        var rest = list.resuming(at: try #require(failure.cursor)).prefetching(false).pages.makeAsyncIterator()
        _ = try await rest.next()
        #expect(transport.requests.last?.head.path == "/api/v1/items?after=\(count)")
    }

    /// A page with elements restarts the count of empty pages.
    @Test("Paging failure: empty pages are allowed often, but not many in a row")
    func emptyPagesMayComeOftenButNotInARow() async throws {
        let last = PageFollower.maximumEmptyPages * 3
        let transport = StubTransport { _, index in
            .stub(
                200, index % PageFollower.maximumEmptyPages == 50 ? #"[{"id":"a"}]"# : "[]",
                headers: index < last ? [("Link", Self.link(index + 1))] : [])
        }
        #expect(try await list(transport).collect().count == 3)
        #expect(transport.requests.count == last + 1)
    }

    @Test(
        "Paging failure: an invalid link can be resumed at its page",
        arguments: [
            "<nonsense>; rel=next", "<ftp://acme.okta.com/api/v1/items?after=1>; rel=next", "<?after=1>; rel=next",
            "https://acme.okta.com/api/v1/items?after=1; rel=next",
            "<https://acme.okta.com/api/v1/items?after=1; rel=next",
        ])
    func invalidLinkCanBeResumedAtItsPage(_ link: String) async throws {
        let first = try #require(try await end(of: list(transport("[]", links: [link]))))
        #expect(first.reason == .malformedLink)
        #expect(first.cursor == nil)
        #expect(first.description.contains("list it again later"))
        #expect(first.description.contains("contact Okta's support"))

        let links = [Self.link(1), Self.link(2), link]
        let later = try #require(try await end(of: list(transport("[]", links: links))))
        #expect(later.reason == .malformedLink)
        #expect(later.cursor == Self.place(2))
        #expect(later.description.contains("resume later at the cursor of this failure"))
    }

    @Test("Paging failure: a repeated link can be resumed at its page") func repeatedLinkCanBeResumedAtItsPage()
        async throws
    {
        let transport = transport(#"[{"id":"a"}]"#, links: [Self.link(1), Self.link(2), Self.link(1)])
        let failure = try #require(try await end(of: list(transport)))
        #expect(failure.reason == .repeatedCursor)
        #expect(failure.cursor == Self.place(2))
        #expect(failure.description.contains("resume later at the cursor of this failure"))
        #expect(failure.description.contains("contact Okta's support"))
    }

    @Test("Paging failure: a resumed list reports its position") func resumedListReportsItsPosition() async throws {
        let transport = transport(#"[{"id":"a"}]"#, links: [Self.link(7)])
        let failure = try #require(try await end(of: list(transport).resuming(at: Self.place(7))))
        #expect(failure.reason == .repeatedCursor)
        #expect(failure.cursor == Self.place(7))
    }

    @Test("Paging failure: a link to another list can be resumed at its page")
    func aLinkToAnotherListIsResumedAtItsPage() async throws {
        let transport = transport("[]", links: [Self.link(1), "</api/v1/users?after=1>; rel=next"])
        let failure = try #require(try await end(of: list(transport)))
        #expect(failure.reason == .otherPath("/api/v1/users"))
        #expect(failure.cursor == Self.place(1))
    }

    @Test("Paging failure: a cursor of another list is rejected") func cursorOfAnotherListIsRejected() async throws {
        let list = try list(transport("[]", links: [Self.link(1)]))
        let foreign = PageCursor(target: "/api/v1/users?after=1")
        let failure = try #require(await end(of: list.resuming(at: foreign)))
        #expect(failure.reason == .foreignCursor)
        #expect(failure.cursor == nil)
    }

    @Test(
        "Paging failure: a tail that cannot continue reports its position",
        arguments: [
            ("<nonsense>; rel=next", OktaError.PagingFailure.Reason.malformedLink),
            ("", OktaError.PagingFailure.Reason.noNextPage),
        ])
    func tailThatCannotContinueReportsItsPosition(_ link: String, _ reason: OktaError.PagingFailure.Reason) async throws
    {
        let transport = transport(#"[{"id":"a"}]"#, links: [Self.link(1), link])
        var tail = try list(transport).tail(time: InstantTime()).makeAsyncIterator()
        _ = try await tail.next()
        await #expect {
            _ = try await tail.next()
        } throws: {
            guard case OktaError.paging(let failure) = $0 else { return false }
            return failure.reason == reason && failure.cursor == Self.place(1)
        }
    }
}
