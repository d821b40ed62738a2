import Testing

@testable import OktaRuntime

/// Printing and dumping a list shows its path but not its query, which may contain personal data.
@Suite struct ListDumpTests {
    private static let link = "</api/v1/items?after=1&search=lovelace>; rel=\"next\""

    private func list() throws -> Paged<Item> {
        let transport = StubTransport(200, #"[{"id":"a"}]"#, headers: [("Link", Self.link)])
        return ItemActions(client: try transport.client())
            ._paged("/api/v1/items", query: ["search": .string("lovelace")])
    }

    private func texts(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [dumped, "\(value)", String(reflecting: value)]
    }

    private func expectPathOnly(_ value: Any) {
        for text in texts(of: value) {
            #expect(text.contains("/api/v1/items"))
            #expect(!text.contains("lovelace"))
            #expect(!text.contains("after="))
        }
    }

    @Test("Paging descriptions: a cursor shows its path only") func aCursorShowsItsPath() {
        expectPathOnly(PageCursor(target: "/api/v1/items?after=1&search=lovelace"))
    }

    @Test("Paging descriptions: a page shows its path only") func aPageShowsItsPath() async throws {
        var pages = try list().prefetching(false).pages.makeAsyncIterator()
        let page = try #require(try await pages.next())
        #expect(page.next != nil)
        expectPathOnly(page)
    }

    @Test("Paging descriptions: a list shows its path only") func aListShowsItsPath() throws {
        let list = try list()
        expectPathOnly(list)
        expectPathOnly(list.resuming(at: PageCursor(target: "/api/v1/items?after=1&search=lovelace")))
        expectPathOnly(list.pages)
        expectPathOnly(list.tail())
    }

    @Test("Paging descriptions: a failure shows its path only") func aFailureShowsItsPath() {
        let cursor = PageCursor(target: "/api/v1/items?after=1&search=lovelace")
        expectPathOnly(
            OktaError.paging(OktaError.PagingFailure(.repeatedCursor, path: "/api/v1/items", cursor: cursor)))
    }

    @Test("Paging descriptions: a tail position shows its time only") func aPositionShowsItsTime() {
        var position = TailPosition(cursor: PageCursor(target: "/api/v1/items?after=1&search=lovelace"))
        position.latest = OktaDate.parse("2026-01-01T00:00:00.000Z")
        position.recent = [TailPosition.Delivered(identifier: "event-1", time: position.latest)]
        for text in texts(of: position) {
            #expect(text.contains("TailPosition(2026-01-01T00:00:00.000Z)"))
            #expect(!text.contains("lovelace"))
            #expect(!text.contains("event-1"))
        }
    }
}
