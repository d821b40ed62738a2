import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import OktaRuntime

/// The position from which a tail reads again after a gap, and the delivered elements.
@Suite(.longCalculation) struct TailGapTests {
    private let log = PolledLog()
    private let time = InstantTime()

    private func client() throws -> OktaClient {
        let log = log
        return try StubTransport { request, _ in log.response(to: request) }.client()
    }

    /// Returns the responses in order. Each response has a link to a next page unless it has an error status.
    private func transport(_ responses: [(status: Int, body: String)]) -> StubTransport {
        StubTransport { _, index in
            let response = responses[min(index, responses.count - 1)]
            return .stub(
                response.status, response.body, headers: [("Link", "</api/v1/logs?after=\(index + 1)>; rel=\"next\"")])
        }
    }

    /// Reads the given number of elements.
    private func read(_ count: Int, from tail: inout Paged<PolledEvent>.Tail.Iterator) async throws -> TailPosition {
        var delivered = 0
        var position = TailPosition()
        while delivered < count, let batch = try await tail.next() {
            delivered += batch.items.count
            position = batch.position
        }
        #expect(delivered == count)
        return position
    }

    /// Reads until an element arrives.
    private func read(to last: String, from tail: inout Paged<PolledEvent>.Tail.Iterator) async throws -> [String?] {
        var ids: [String?] = []
        while !ids.contains(last), let batch = try await tail.next() { ids += batch.items.map(\.uuid) }
        return ids
    }

    /// For any distribution of events, an instant of the overlap is known completely or is not read again.
    @Test(
        "Tail after a gap: nothing is repeated when the overlap has more elements than are remembered",
        arguments: [1, 2, 3, 7])
    func nothingIsRepeatedAfterGapWithLargeOverlap(_ eventsAtATime: Int) async throws {
        for index in 0..<9000 {
            let instant = index / eventsAtATime
            log.record("event-\(index)", second: instant / 1000, millisecond: instant % 1000)
        }
        log.state.withLock { $0.pageSize = 1000 }
        let list = PolledEventActions(client: try client()).list()
        var tail = list.tail(time: time).makeAsyncIterator()
        let position = try await read(9000, from: &tail)
        #expect(position.recent.count <= TailPosition.maximumRecent)
        #expect(position.recent.count > TailPosition.maximumRecent - eventsAtATime)

        log.forgetCursors()
        let late = 9000 / eventsAtATime * 3 / 4
        log.record("late", second: late / 1000, millisecond: late % 1000)
        log.record("new", second: 20)
        let oldest = try #require(position.recent.compactMap(\.time).min())
        #expect(try await tail.next()?.gap?.since == oldest)
        let ids = try await read(to: "new", from: &tail)
        #expect(ids == ["late", "new"])

        // A restart gives the same result.
        let stored = try JSONDecoder().decode(TailPosition.self, from: JSONEncoder().encode(position))
        var restarted = list.tail(from: stored, time: time).makeAsyncIterator()
        #expect(try await restarted.next()?.gap?.since == oldest)
        let idsAfterRestart = try await read(to: "new", from: &restarted)
        #expect(idsAfterRestart == ["late", "new"])
    }

    @Test("Tail after a gap: nothing is missed of an instant with more elements than are remembered")
    func nothingIsMissedOfInstantWithMoreElementsThanAreRemembered() async throws {
        for index in 0..<5000 { log.record("event-\(index)", second: 1) }
        log.state.withLock { $0.pageSize = 1000 }
        var tail = try PolledEventActions(client: client()).list().tail(time: time).makeAsyncIterator()
        _ = try await read(5000, from: &tail)
        log.forgetCursors()
        let new = (0..<10).map { "new-\($0)" }
        for id in new { log.record(id, second: 1) }
        #expect(try await tail.next()?.gap != nil)
        let ids = try await read(to: "new-9", from: &tail)
        // Others may be delivered again, because the tail cannot remember all of them.
        #expect(ids.compactMap { $0 }.filter { $0.hasPrefix("new") } == new)
        #expect(tail.known.count == TailPosition.maximumRecent)
    }

    @Test("Tail after a gap: a longer overlap after a restart repeats nothing")
    func aLongerOverlapAfterARestartRepeatsNothing() async throws {
        for second in 0..<60 { log.record("event-\(second)", second: second) }
        log.state.withLock { $0.pageSize = 1000 }
        let list = PolledEventActions(client: try client()).list()
        var tail = list.tail(overlap: .seconds(10), time: time).makeAsyncIterator()
        let position = try #require(try await tail.next()).position
        log.forgetCursors()
        log.record("new", second: 60)
        var restarted = list.tail(from: position, overlap: .seconds(30), time: time).makeAsyncIterator()
        #expect(try await restarted.next()?.gap?.since == OktaDate.parse(PolledLog.published(second: 49)))
        #expect(try await restarted.next()?.items.map(\.uuid) == ["new"])
    }

    @Test("Tail after a gap: both error codes for a rejected cursor are gaps", arguments: ["E0000031", "E0000029"])
    func bothCodesThatRefuseACursorAreGaps(_ code: String) async throws {
        let event = #"{"uuid":"a","published":"2026-01-01T00:00:10.000Z"}"#
        let transport = transport([
            (200, "[\(event)]"), (400, #"{"errorCode":"\#(code)"}"#), (200, "[\(event),{\"uuid\":\"b\"}]"),
        ])
        var tail = try PolledEventActions(client: transport.client()).list().tail(time: time).makeAsyncIterator()
        _ = try await tail.next()
        let report = try #require(try await tail.next())
        #expect(report.gap != nil)
        #expect(report.interruption == nil)
        #expect(try await tail.next()?.items.map(\.uuid) == ["b"])
    }

    @Test("Tail after a gap: the names of identifier and time are configurable") func aListHasItsOwnNames() async throws
    {
        let first = #"{"id":"a","created":"2026-01-01T00:00:10.000Z"}"#
        let second = #"{"id":"b","created":"2026-01-01T00:00:11.000Z"}"#
        let transport = transport([
            (200, "[\(first)]"), (400, #"{"errorCode":"E0000031"}"#), (200, "[\(first),\(second)]"),
        ])
        let list: Paged<Item> = ItemActions(client: try transport.client())
            ._paged("/api/v1/logs", query: ["from": .string("2020"), "since": .string("kept")])
        var tail = list.tail(
            overlap: .seconds(2), fields: TailPosition.Fields(identifier: "id", time: "created", since: "from"),
            time: time
        ).makeAsyncIterator()
        #expect(try await tail.next()?.items.map(\.id) == ["a"])
        #expect(try await tail.next()?.gap?.since == OktaDate.parse("2026-01-01T00:00:08.000Z"))
        #expect(try await tail.next()?.items.map(\.id) == ["b"])
        #expect(transport.requests.last?.head.path == "/api/v1/logs?since=kept&from=2026-01-01T00%3A00%3A08.000Z")
    }

    @Test("Tail after a gap: a list without times is read from its beginning")
    func aListWithoutTimesIsReadFromItsBeginning() async throws {
        let transport = transport([
            (200, #"[{"uuid":"a"},{"uuid":"b"},{}]"#), (400, #"{"errorCode":"E0000031"}"#),
            (200, #"[{"uuid":"a"},{"uuid":"b"},{},{"uuid":"c"}]"#),
        ])
        let list = PolledEventActions(client: try transport.client()).list()
        var tail = list.tail(time: time).makeAsyncIterator()
        let position = try #require(try await tail.next()).position
        let stored = try JSONDecoder().decode(TailPosition.self, from: JSONEncoder().encode(position))
        var restarted = list.tail(from: stored, time: time).makeAsyncIterator()
        let gap = try #require(try await restarted.next()?.gap)
        #expect(gap.since == nil)
        #expect(gap.description.contains("from its beginning"))
        // Elements without an identifier are delivered again.
        #expect(try await restarted.next()?.items.map(\.uuid) == [nil, "c"])
        #expect(transport.requests.last?.head.path == "/api/v1/logs")
    }

    @Test("Tail after a gap: elements of another type are counted") func misfitsAreCounted() async throws {
        let transport = transport([(200, #"[{"uuid":"a"},5,"text"]"#), (200, "[null]")])
        var tail = try PolledEventActions(client: transport.client()).list().tail(time: time).makeAsyncIterator()
        let mixed = try #require(try await tail.next())
        #expect(mixed.items.map(\.uuid) == ["a"])
        #expect(mixed.skippedCount == 2)
        let misfits = try #require(try await tail.next())
        #expect(misfits.items.isEmpty)
        #expect(misfits.skippedCount == 1)
    }

    /// Times are sent and stored in milliseconds.
    @Test("Tail after a gap: elements before the remembered ones are not read again")
    func elementsBeforeRememberedOnesAreNotReadAgain() {
        var position = TailPosition()
        var known: Set<String> = []
        for (id, offset) in [("a", 0.0004), ("b", 0.0006), ("c", 10.0006)] {
            let time = Date(timeIntervalSinceReferenceDate: offset)
            _ = position.admit(identifier: id, time: time, known: &known)
        }
        position.forget(olderThan: .seconds(10), known: &known)
        #expect(position.beginning(overlap: .seconds(10)) == OktaDate.parse("2001-01-01T00:00:00.001Z"))
        #expect(known == ["b", "c"])
    }

    /// A position stored by a version without `completeSince`.
    @Test("Tail after a gap: a position of an earlier version is read") func anOlderPositionIsRead() throws {
        let text = #"{"latest":10,"cursor":"/api/v1/logs?after=1","recent":[{"identifier":"a","time":10}]}"#
        let position = try JSONDecoder().decode(TailPosition.self, from: Data(text.utf8))
        #expect(position.cursor == PageCursor(target: "/api/v1/logs?after=1"))
        #expect(position.recent.map(\.identifier) == ["a"])
        #expect(position.beginning(overlap: .seconds(2)) == Date(timeIntervalSinceReferenceDate: 8))
    }
}
