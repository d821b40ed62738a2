import LoopbackServer
import Testing

@testable import OktaRuntime

@Suite struct PrefetchTests {
    /// Three pages of four elements each: `0` to `3`, `4` to `7`, `8` to `11`.
    private func transport() -> GatedTransport {
        GatedTransport { index in
            let items = (index * 4..<index * 4 + 4).map { "{\"id\":\"\($0)\"}" }.joined(separator: ",")
            let next = "</api/v1/items?after=\(index + 1)>; rel=\"next\""
            return .stub(200, "[\(items)]", headers: index < 2 ? [("Link", next)] : [])
        }
    }

    private func list(_ transport: GatedTransport) throws -> Paged<Item> {
        ItemActions(client: try transport.client())._paged("/api/v1/items")
    }

    @Test("Prefetch: the next page is requested in the second half of the current one", .hangLimit)
    func theNextPageIsUnderWayInTheSecondHalf() async throws {
        let transport = transport()
        transport.open(0)
        var iterator = try list(transport).makeAsyncIterator()
        #expect(try await iterator.next()?.id == "0")
        #expect(try await iterator.next()?.id == "1")
        #expect(transport.paths.count == 1)
        #expect(try await iterator.next()?.id == "2")
        // The caller is still processing this page, and the response to the next one has not arrived.
        await transport.waitUntilBegun(1)
        #expect(transport.paths == ["/api/v1/items", "/api/v1/items?after=1"])
        transport.open(1)
        await transport.waitUntilEnded(1)
        #expect(try await iterator.next()?.id == "3")
        #expect(try await iterator.next()?.id == "4")
        // At most one page is prefetched.
        #expect(transport.paths.count == 2)
    }

    @Test("Prefetch: reading the first element requests no second page", arguments: 1...4)
    func readingFirstElementRequestsNoSecondPage(_ pageSize: Int) async throws {
        let elements = (0..<pageSize).map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let transport = StubTransport { _, index in
            .stub(200, "[\(elements)]", headers: [("Link", "</api/v1/items?after=\(index)>; rel=\"next\"")])
        }
        let list: Paged<Item> = ItemActions(client: try transport.client())._paged("/api/v1/items")
        var iterator = list.makeAsyncIterator()
        #expect(try await iterator.next()?.id == "0")
        #expect(!iterator.pages.isFetching)
        #expect(transport.requests.count == 1)
        // The next page is requested from the second half on. A page with one element has no second half.
        for _ in 0..<pageSize / 2 { _ = try await iterator.next() }
        #expect(iterator.pages.isFetching == (pageSize > 1))
    }

    @Test("Prefetch: leaving the loop cancels the request", .hangLimit) func leavingTheLoopCancelsTheOneRequest()
        async throws
    {
        let transport = transport()
        transport.open(0)
        for try await item in try list(transport) where item.id == "3" {
            await transport.waitUntilBegun(1)
            break
        }
        await transport.waitUntilEnded(1)
        #expect(transport.cancelled == [1])
        #expect(transport.paths.count == 2)
    }

    @Test("Prefetch: cancelling the task cancels the request", .hangLimit) func cancellingTheTaskCancelsTheRequest()
        async throws
    {
        let transport = transport()
        transport.open(0)
        let list = try list(transport)
        let task = Task {
            var ids: [String?] = []
            do {
                for try await item in list { ids.append(item.id) }
                return (ids, "ended")
            } catch {
                return (ids, "\(error)")
            }
        }
        await transport.waitUntilBegun(1)
        task.cancel()
        let (ids, end) = await task.value
        #expect(ids == ["0", "1", "2", "3"])
        #expect(end == OktaError.cancelled.description)
        #expect(transport.cancelled == [1])
    }

    @Test("Prefetch: an error is thrown where its page would have begun") func errorIsThrownWhereItsPageWouldHaveBegun()
        async throws
    {
        let transport = StubTransport { _, index in
            index == 0
                ? .stub(200, #"[{"id":"a"},{"id":"b"}]"#, headers: [("Link", "</api/v1/items?after=1>; rel=next")])
                : .stub(500, "")
        }
        var iterator =
            ItemActions(client: try transport.client())._paged("/api/v1/items").makeAsyncIterator()
            as Paged<Item>.Iterator
        #expect(try await iterator.next()?.id == "a")
        #expect(try await iterator.next()?.id == "b")
        await #expect(throws: OktaError.self) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test("Prefetch: pages are prefetched immediately", .hangLimit) func pagesArePrefetchedImmediately() async throws {
        let transport = transport()
        transport.open(0)
        var iterator = try list(transport).pages.makeAsyncIterator()
        #expect(try await iterator.next()?.items.count == 4)
        await transport.waitUntilBegun(1)
        #expect(transport.paths.count == 2)
    }

    @Test("Prefetch: nothing is prefetched when it is turned off", .hangLimit)
    func nothingIsPrefetchedWhenItIsTurnedOff() async throws {
        let transport = transport()
        for index in 0..<3 { transport.open(index) }
        let list = try list(transport).prefetching(false)
        for try await item in list where item.id == "3" { break }
        #expect(transport.paths.count == 1)
        var iterator = list.pages.makeAsyncIterator()
        _ = try await iterator.next()
        _ = try await iterator.next()
        #expect(transport.paths.count == 3)
    }

    @Test("Prefetch: a long list is read to its end") func aLongListIsReadToItsEnd() async throws {
        let transport = StubTransport { _, index in
            .stub(
                200, #"[{"id":"\#(index)"}]"#,
                headers: index < 2000 ? [("Link", "</api/v1/items?after=\(index)>; rel=next")] : [])
        }
        let list: Paged<Item> = ItemActions(client: try transport.client())._paged("/api/v1/items")
        var expected = 0
        for try await item in list {
            #expect(item.id == "\(expected)")
            expected += 1
        }
        #expect(expected == 2001)
    }
}
