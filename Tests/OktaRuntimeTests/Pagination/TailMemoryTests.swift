import Foundation
import Testing

@testable import OktaRuntime

/// The memory of an endless tail does not grow with its running time.
@Suite(.longCalculation) struct TailMemoryTests {
    private let time = InstantTime()

    /// Returns a list in which every page has a separate cursor.
    private func list(_ page: @escaping @Sendable (Int) -> String) throws -> Paged<PolledEvent> {
        let transport = StubTransport { _, index in
            .stub(200, page(index), headers: [("Link", "</api/v1/logs?after=\(index)>; rel=\"next\"")])
        }
        return PolledEventActions(client: try transport.client()).list()
    }

    @Test("Tail memory: cursors and elements do not accumulate") func cursorsAndElementsDoNotAccumulate() async throws {
        let events = try list { #"[{"uuid":"\#($0)","published":"\#(PolledLog.published(second: $0))"}]"# }
        var tail = events.tail(overlap: .seconds(10), time: time).makeAsyncIterator()
        for _ in 0..<1000 { _ = try await tail.next() }
        // The tail has seen one request, and remembers eleven seconds.
        #expect(tail.follower.seen.count == 1)
        #expect(tail.known.count == 11)
        #expect(tail.position.recent.count == 11)
    }

    @Test("Tail memory: empty pages use no memory") func emptyPagesUseNoMemory() async throws {
        var tail = try list { _ in "[]" }.tail(time: time).makeAsyncIterator()
        for _ in 0..<1000 { _ = try await tail.next() }
        #expect(tail.follower.seen.count == 1)
        #expect(tail.known.isEmpty)
    }

    @Test("Tail memory: elements without times are remembered up to the maximum")
    func elementsWithoutTimesAreKeptUpToTheBound() async throws {
        let events = try list { page in
            let elements = (0..<1000).map { #"{"uuid":"\#(page)-\#($0)"}"# }
            return "[\(elements.joined(separator: ","))]"
        }
        var tail = events.tail(time: time).makeAsyncIterator()
        for _ in 0..<10 { _ = try await tail.next() }
        #expect(tail.known.count == TailPosition.maximumRecent)
        #expect(tail.position.recent.count == TailPosition.maximumRecent)
        #expect(tail.position.recent.last?.identifier == "9-999")
    }

    /// The first known time replaces the missing ones before it.
    @Test("Tail memory: elements before the first time are forgotten with it")
    func elementsBeforeTheFirstTimeAreForgottenWithIt() {
        var position = TailPosition()
        var known: Set<String> = []
        let start = OktaDate.parse(PolledLog.published(second: 0))
        _ = position.admit(identifier: "a", time: nil, known: &known)
        position.forget(olderThan: .seconds(10), known: &known)
        _ = position.admit(identifier: "b", time: start, known: &known)
        position.forget(olderThan: .seconds(10), known: &known)
        #expect(known == ["a", "b"])
        _ = position.admit(identifier: "c", time: start?.addingTimeInterval(60), known: &known)
        position.forget(olderThan: .seconds(10), known: &known)
        #expect(known == ["c"])
    }
}
