import Foundation
import HTTPTypes
import OktaRuntime
import Synchronization
import Testing

@Suite(.longCalculation) struct TailTests {
    private let log = PolledLog()
    private let time = InstantTime()

    private var transport: StubTransport {
        let log = log
        return StubTransport { request, _ in log.response(to: request) }
    }

    private func events(_ transport: StubTransport, _ query: RequestQuery = [:]) throws -> Paged<PolledEvent> {
        PolledEventActions(client: try transport.client()).list(query)
    }

    @Test("Tail: existing elements are read without a pause, new ones after one")
    func existingElementsAreReadWithoutPauseNewOnesAfterOne() async throws {
        for (index, id) in ["a", "b", "c"].enumerated() { log.record(id, second: index) }
        var tail = try events(transport).tail(every: .seconds(7), time: time).makeAsyncIterator()
        #expect(try await tail.next()?.items.map(\.uuid) == ["a", "b"])
        #expect(try await tail.next()?.items.map(\.uuid) == ["c"])
        #expect(time.pauses.isEmpty)
        // The second page is not full, so the tail pauses and polls until the last poll finds something.
        let log = log
        let transport = StubTransport { request, index in
            if index == 4 { log.record("d", second: 9) }
            return log.response(to: request)
        }
        var other = try events(transport).tail(every: .seconds(7), time: time).makeAsyncIterator()
        _ = try await other.next()
        _ = try await other.next()
        #expect(try await other.next()?.items.map(\.uuid) == ["d"])
        #expect(transport.requests.count == 5)
        #expect(time.pauses == [.seconds(7), .seconds(7), .seconds(7)])
    }

    /// Reads pages of these lengths, with the limit in the links, and returns the number of requests and pauses.
    private func follow(_ counts: [Int], _ limit: Int?) async throws -> [Int] {
        let transport = StubTransport { _, index in
            let events = (0..<(index < counts.count ? counts[index] : 0)).map { number in
                #"{"uuid":"\#(index)-\#(number)","published":"2026-01-01T00:00:00.000Z"}"#
            }
            let stated = limit.map { "&limit=\($0)" } ?? ""
            return .stub(
                200, "[\(events.joined(separator: ","))]",
                headers: [("Link", "</api/v1/logs?after=\(index)\(stated)>; rel=\"next\"")])
        }
        let time = InstantTime()
        var tail = try events(transport).tail(every: .seconds(10), time: time).makeAsyncIterator()
        var left = counts.reduce(0, +)
        while left > 0, let batch = try await tail.next() { left -= batch.items.count }
        return [transport.requests.count, time.pauses.count]
    }

    @Test("Tail: a page shorter than its limit is the last one for now")
    func shortPageIsTheLast() async throws {
        // Three polls that each find less than a page need one request each.
        #expect(try await follow([40, 7, 99], 100) == [3, 2])
    }

    @Test("Tail: full pages are followed without a pause")
    func fullPagesAreFollowed() async throws {
        #expect(try await follow([100, 100, 100, 3], 100) == [4, 0])
        #expect(try await follow([20, 20, 1], 20) == [3, 0])
        // A System Log returns at most a thousand events per page, even for a higher limit.
        #expect(try await follow([1000, 1000, 5], 5000) == [3, 0])
    }

    /// The default limit is 100. A server with another limit is detected by pages of equal length.
    @Test("Tail: a missing limit does not delay a backlog")
    func hiddenLimitIsFoundOut() async throws {
        #expect(try await follow([100, 100, 5], nil) == [3, 0])
        #expect(try await follow([50, 50, 50, 50, 50, 50, 9], nil) == [7, 1])
        #expect(try await follow([30, 30, 30, 2], 200) == [4, 1])
    }

    @Test("Tail: a stored position continues where it was") func aStoredPositionGoesOnWhereItWas() async throws {
        for (index, id) in ["a", "b", "c", "d", "e"].enumerated() { log.record(id, second: index) }
        var tail = try events(transport).tail(time: time).makeAsyncIterator()
        let first = try #require(try await tail.next())
        let stored = try JSONEncoder().encode(first.position)
        #expect(!String(decoding: stored, as: UTF8.self).contains("secret-token"))
        let position = try JSONDecoder().decode(TailPosition.self, from: stored)
        #expect(position == first.position)
        var rest: [String?] = []
        var second = try events(transport).tail(from: position, time: time).makeAsyncIterator()
        while rest.count < 3, let batch = try await second.next() { rest += batch.items.map(\.uuid) }
        #expect(rest == ["c", "d", "e"])
    }

    @Test("Tail: a rejected cursor is a gap, and nothing is repeated") func aRefusedCursorIsAGapAndNothingComesTwice()
        async throws
    {
        for (index, id) in ["a", "b", "c", "d"].enumerated() { log.record(id, second: 10 + index) }
        let transport = transport
        var tail = try events(transport, ["filter": .string("x eq \"1&2\""), "since": .string("2020")])
            .tail(overlap: .seconds(2), time: time).makeAsyncIterator()
        _ = try await tail.next()
        let last = try #require(try await tail.next())
        #expect(last.items.map(\.uuid) == ["c", "d"])
        log.forgetCursors()
        // The event was recorded late, with a time before the latest seen one.
        log.record("late", second: 12)
        log.record("e", second: 14)

        let report = try #require(try await tail.next())
        #expect(report.items.isEmpty)
        // Reading begins at the overlap before the latest time.
        #expect(report.gap?.since == last.position.latest?.addingTimeInterval(-2))
        #expect(report.gap?.description.contains("2026-01-01T00:00:11.000Z") == true)

        var ids: [String?] = []
        while ids.count < 2, let batch = try await tail.next() { ids += batch.items.map(\.uuid) }
        #expect(ids == ["late", "e"])
        let reread = try #require(transport.requests.first { $0.head.path?.contains("T00") == true })
        #expect(
            reread.head.path == "/api/v1/logs?filter=x%20eq%20%221%262%22&since=2026-01-01T00%3A00%3A11.000Z")
    }

    @Test("Tail: a gap after a restart repeats nothing") func gapAfterRestartRepeatsNothing() async throws {
        for (index, id) in ["a", "b", "c"].enumerated() { log.record(id, second: index) }
        log.state.withLock { $0.pageSize = 10 }
        var tail = try events(transport).tail(time: time).makeAsyncIterator()
        let stored = try JSONEncoder().encode(try #require(try await tail.next()).position)
        log.forgetCursors()
        log.record("d", second: 3)
        var second = try events(transport)
            .tail(from: try JSONDecoder().decode(TailPosition.self, from: stored), time: time).makeAsyncIterator()
        #expect(try await second.next()?.gap != nil)
        #expect(try await second.next()?.items.map(\.uuid) == ["d"])
        #expect(time.pauses.isEmpty)
    }

    @Test("Tail: a server that accepts no cursor is polled with pauses")
    func serverThatAcceptsNoCursorIsPolledWithPauses()
        async throws
    {
        log.record("a", second: 1)
        let log = log
        let transport = StubTransport { request, _ in
            log.forgetCursors()
            return log.response(to: request)
        }
        var tail = try events(transport).tail(every: .seconds(5), time: time).makeAsyncIterator()
        var gaps = 0
        for _ in 0..<20 where try await tail.next()?.gap != nil { gaps += 1 }
        #expect(gaps > 5)
        // Each gap after the first causes a pause.
        #expect(time.pauses.count >= gaps - 1)
    }

    @Test("Tail: an error is not a gap, and the position is kept") func errorIsNotGapAndPositionIsKept() async throws {
        for (index, id) in ["a", "b", "c"].enumerated() { log.record(id, second: index) }
        let log = log
        let transport = StubTransport { request, index in
            index == 1 ? .stub(403, #"{"errorCode":"E0000006"}"#) : log.response(to: request)
        }
        var tail = try events(transport).tail(time: time).makeAsyncIterator()
        _ = try await tail.next()
        await #expect(throws: OktaError.self) { try await tail.next() }
        #expect(try await tail.next()?.items.map(\.uuid) == ["c"])
        #expect(time.pauses.count == 1)
    }

    @Test("Tail: a rejected first request is not a gap") func rejectedFirstRequestIsNotGap() async throws {
        let transport = StubTransport(400, #"{"errorCode":"E0000031","errorSummary":"Invalid search criteria."}"#)
        var tail = try events(transport).tail(time: time).makeAsyncIterator()
        await #expect {
            try await tail.next()
        } throws: {
            ($0 as? OktaError)?.code == "E0000031"
        }
    }

    @Test("Tail: a list that ends is an error") func listThatEndsIsError() async throws {
        let transport = StubTransport(200, #"[{"uuid":"a"}]"#)
        var tail = try events(transport, ["until": .string("2026-01-02T00:00:00Z")]).tail(time: time)
            .makeAsyncIterator()
        await #expect {
            try await tail.next()
        } throws: {
            if case OktaError.paging(let failure) = $0 { failure.reason == .noNextPage } else { false }
        }
    }

    @Test("Tail: a pause ends with its task", .hangLimit) func aPauseEndsWithItsTask() async throws {
        let transport = GatedTransport { _ in
            .stub(200, "[]", headers: [("Link", "</api/v1/logs?after=1>; rel=next")])
        }
        transport.open(0)
        let list = PolledEventActions(client: try transport.client()).list()
        let tail = list.tail(every: .seconds(3600))
        let task = Task {
            do {
                for try await batch in tail where !batch.items.isEmpty { return "delivered" }
                return "ended"
            } catch {
                return "\(error)"
            }
        }
        await transport.waitUntilEnded(0)
        task.cancel()
        #expect(await task.value == OktaError.cancelled.description)
        #expect(transport.paths.count == 1)
    }

    @Test("Tail: a position of another list is rejected") func positionOfAnotherListIsRejected() async throws {
        log.record("a", second: 1)
        var tail = try events(transport).tail(time: time).makeAsyncIterator()
        let position = try #require(try await tail.next()).position
        let other: Paged<Item> = ItemActions(client: try transport.client())._paged("/api/v1/users")
        var wrong = other.tail(from: position, time: time).makeAsyncIterator()
        await #expect {
            try await wrong.next()
        } throws: {
            if case OktaError.paging(let failure) = $0 { failure.reason == .foreignCursor } else { false }
        }
    }

    @Test("Tail: the stored position stays small in a busy log") func aBusyLogKeepsTheStoredPositionSmall() async throws
    {
        for index in 0..<9000 { log.record("event-\(index)", second: 1) }
        log.state.withLock { $0.pageSize = 1000 }
        var tail = try events(transport).tail(time: time).makeAsyncIterator()
        var delivered = 0
        var position: TailPosition?
        while delivered < 9000, let batch = try await tail.next() {
            delivered += batch.items.count
            position = batch.position
        }
        #expect(delivered == 9000)
        #expect(try JSONEncoder().encode(position).count < 300_000)
    }
}
