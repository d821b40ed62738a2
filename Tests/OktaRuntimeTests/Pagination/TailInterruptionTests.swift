import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import OktaRuntime

/// A tail waits for the end of transient errors, and ends with any other error.
@Suite struct TailInterruptionTests {
    private let log = PolledLog()
    private let time = InstantTime()

    /// Returns a tail with the longest allowed pauses.
    private func tail(
        _ transport: StubTransport, maximumBackoff: Duration? = .seconds(60), time: (any ServerClock.Source)? = nil
    ) throws -> Paged<PolledEvent>.Tail.Iterator {
        let list = PolledEventActions(client: try transport.client()).list()
        let options = TailOptions(
            interval: .seconds(10), overlap: .seconds(10), maximumBackoff: maximumBackoff,
            fields: TailPosition.Fields(),
            time: time ?? self.time, backoff: Backoff(generator: HighestNumbers()))
        return Paged<PolledEvent>.Tail(list: list.list, start: TailPosition(), options: options).makeAsyncIterator()
    }

    /// Returns the log, with other outcomes for the polls with these numbers.
    private func transport(
        failing looks: Set<Int>,
        with failure: @escaping @Sendable () throws(TransportError) -> TransportResponse = { .stub(503) }
    ) -> StubTransport {
        log.state.withLock { $0.pageSize = 1 }
        for (index, id) in ["a", "b", "c"].enumerated() { log.record(id, second: index) }
        let log = log
        return StubTransport { request, index throws(TransportError) in
            looks.contains(index) ? try failure() : log.response(to: request)
        }
    }

    @Test("Tail retry: pauses grow up to their maximum and reset after a success")
    func pausesGrowUpToTheirMaximumAndResetAfterSuccess() async throws {
        var iterator = try tail(transport(failing: Set(1...8).union([10])))
        let first = try #require(try await iterator.next())
        for count in 1...8 {
            let batch = try #require(try await iterator.next())
            #expect(batch.items.isEmpty)
            #expect(batch.gap == nil)
            #expect(batch.position == first.position)
            let interruption = try #require(batch.interruption)
            #expect(interruption.failureCount == count)
            #expect(interruption.error.status == .serviceUnavailable)
        }
        let found = try #require(try await iterator.next())
        #expect(found.items.map(\.uuid) == ["b"])
        #expect(found.interruption == nil)
        #expect(time.pauses.map { seconds($0).rounded() } == [1, 2, 4, 8, 16, 32, 60, 60])

        #expect(try await iterator.next()?.interruption?.failureCount == 1)
        #expect(try await iterator.next()?.items.map(\.uuid) == ["c"])
        #expect(time.pauses.map { seconds($0).rounded() }.dropFirst(8) == [1])
    }

    /// A call times out after at most two minutes.
    @Test("Tail retry: an outage of ten minutes does not end the tail") func anOutageOfTenMinutesDoesNotEndIt()
        async throws
    {
        let time = SimulatedTime()
        let log = log
        log.state.withLock { $0.pageSize = 1 }
        log.record("a", second: 1)
        log.record("b", second: 2)
        let transport = StubTransport { request, index in
            index > 0 && time.elapsed < .seconds(600) ? .stub(503) : log.response(to: request)
        }
        let simulation = try Simulation(transport, time: time) { $0.timeouts.total = .seconds(120) }
        let list = PolledEventActions(client: simulation.client).list()
        let (ids, failureCount) = try await time.run {
            var ids: [String?] = []
            var failureCount = 0
            for try await batch in list.tail(time: time) {
                ids += batch.items.map(\.uuid)
                failureCount = batch.interruption?.failureCount ?? failureCount
                if ids.count == 2 { break }
            }
            return (ids, failureCount)
        }
        #expect(ids == ["a", "b"])
        #expect(failureCount > 3)
        #expect(time.elapsed >= .seconds(600))
        #expect(time.elapsed < .seconds(720))
    }

    @Test(
        "Tail retry: a transient transport failure is retried",
        arguments: [
            TransportError.Kind.unknownHost, .proxyFailed, .connectionFailed, .timedOut, .tlsFailed, .connectionLost,
            .truncatedResponse, .malformedResponse, .other,
        ])
    func aFailureOnTheWayIsWaitedOut(_ kind: TransportError.Kind) async throws {
        var iterator = try tail(
            transport(failing: [1]) { () throws(TransportError) in throw TransportError(kind) })
        _ = try await iterator.next()
        let interruption = try #require(try await iterator.next()?.interruption)
        #expect(interruption.description.contains("a poll for new elements failed"))
        #expect(try await iterator.next()?.items.map(\.uuid) == ["b"])
        #expect(time.pauses == [interruption.pause])
    }

    @Test(
        "Tail retry: a permanent transport failure ends the tail",
        arguments: [
            TransportError.Kind.untrustedCertificate, .invalidOptions, .invalidRequest, .shutDown, .responseTooLarge,
            .proxyAuthenticationFailed, .proxyRefused,
        ])
    func permanentTransportFailureEndsTail(_ kind: TransportError.Kind) async throws {
        var iterator = try tail(
            transport(failing: [1]) { () throws(TransportError) in throw TransportError(kind) })
        _ = try await iterator.next()
        await #expect {
            try await iterator.next()
        } throws: {
            if case OktaError.transport(let failure) = $0 { failure.error.kind == kind } else { false }
        }
        // The next poll starts from the same position.
        #expect(try await iterator.next()?.items.map(\.uuid) == ["b"])
    }

    @Test("Tail retry: a permanent error response ends the tail", arguments: [400, 401, 403, 404, 410])
    func aPermanentErrorEndsIt(_ status: Int) async throws {
        var iterator = try tail(transport(failing: [1]) { .stub(status) })
        _ = try await iterator.next()
        await #expect {
            try await iterator.next()
        } throws: {
            ($0 as? OktaError)?.status?.code == status
        }
    }

    @Test("Tail retry: a response that is not a list ends the tail") func responseThatIsNotListEndsTail() async throws {
        var iterator = try tail(transport(failing: [1]) { .stub(200, "<html>") })
        _ = try await iterator.next()
        await #expect {
            try await iterator.next()
        } throws: {
            if case OktaError.decoding = $0 { true } else { false }
        }
    }

    @Test("Tail retry: without a maximum pause the error ends the tail") func withoutMaximumPauseErrorEndsTail()
        async throws
    {
        var iterator = try tail(transport(failing: [1]), maximumBackoff: nil)
        _ = try await iterator.next()
        await #expect {
            try await iterator.next()
        } throws: {
            ($0 as? OktaError)?.status == .serviceUnavailable
        }
    }

    @Test("Tail retry: a pause ends with its task") func aPauseEndsWithItsTask() async throws {
        var iterator = try tail(transport(failing: [0]), time: CancelledTime())
        #expect(try await iterator.next()?.interruption != nil)
        await #expect {
            try await iterator.next()
        } throws: {
            if case OktaError.cancelled = $0 { true } else { false }
        }
    }

    @Test("Tail retry: a transient error response is retried", arguments: [408, 429, 500, 502, 503, 504, 599])
    func aTransientErrorIsRetried(_ status: Int) {
        let error = OktaError.api(OktaError.APIFailure(status: .init(code: status), method: .get, path: "/"))
        #expect(error.isTransient(under: RetryPolicy()))
    }

    @Test("Tail retry: of all other errors only a used-up rate limit is retried")
    func ofAllOtherErrorsOnlyUsedUpRateLimitIsRetried() {
        let late = OktaError.rateLimited(OktaError.RateLimitFailure(bucket: "GET /", method: .get, path: "/"))
        #expect(late.isTransient(under: RetryPolicy()))
        let others: [OktaError] = [
            .authorization(.init(message: "no token")),
            .decoding(.init(reason: "no list", method: .get, path: "/")),
            .cancelled,
            .configuration(.init(message: "no URL")),
            .invalidRequest("no path"),
            .paging(.init(.noNextPage, path: "/")),
        ]
        #expect(others.allSatisfy { !$0.isTransient(under: RetryPolicy()) })
    }
}

/// A random number generator that returns the highest number of each range.
private struct HighestNumbers: RandomNumberGenerator, Sendable {
    mutating func next() -> UInt64 { .max }
}

/// A time source whose pauses all end by cancellation of the task.
private struct CancelledTime: ServerClock.Source {
    var elapsed: Duration { .zero }
    var wallClock: Date { Date(timeIntervalSince1970: 1_700_000_000) }
    func sleep(until moment: Duration) async throws(CancellationError) { throw CancellationError() }
}
