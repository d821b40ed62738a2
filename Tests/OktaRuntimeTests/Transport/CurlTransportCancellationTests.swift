import HTTPTypes
import LoopbackServer
import OktaRuntime
import Synchronization
import Testing

@Suite("CurlTransport: every call ends exactly once")
struct CurlTransportCancellationTests {
    @Test("Transport cancellation: before the request starts") func cancelledBeforeItStarts() async throws {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let transport = try CurlTransport()
            let gate = LoopbackGate()
            let task = Task {
                await gate.wait()
                return await transport.failureKind(of: server.request(.get))
            }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("Transport cancellation: while the server processes the request") func cancelledWhileTheServerThinks()
        async throws
    {
        let arrived = LoopbackGate()
        let clientLeft = LoopbackGate()
        try await LoopbackServer.run { _ in
            arrived.open()
            return LoopbackResponse().waitingForClose(opening: clientLeft)
        } during: { server in
            let transport = try CurlTransport()
            let task = Task { await transport.failureKind(of: server.request(.get)) }
            await arrived.wait()
            task.cancel()
            #expect(await task.value == .cancelled)
            // The transfer itself has ended, so the server sees the end of the connection.
            await clientLeft.wait()
            #expect(clientLeft.isOpen)
        }
    }

    @Test("Transport cancellation: in the middle of the body") func cancelledInTheMiddleOfTheBody() async throws {
        let arrived = LoopbackGate()
        let clientLeft = LoopbackGate()
        try await LoopbackServer.run { _ in
            arrived.open()
            return LoopbackResponse.half.waitingForClose(opening: clientLeft)
        } during: { server in
            let transport = try CurlTransport()
            let task = Task { await transport.failureKind(of: server.request(.get)) }
            await arrived.wait()
            task.cancel()
            #expect(await task.value == .cancelled)
            await clientLeft.wait()
        }
    }

    @Test("Transport cancellation: after the response changes nothing") func cancelledAfterwardsChangesNothing()
        async throws
    {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let transport = try CurlTransport()
            let task = Task { await transport.failureKind(of: server.request(.get)) }
            #expect(await task.value == nil)
            task.cancel()
            #expect(await transport.failureKind(of: server.request(.get)) == nil)
        }
    }

    @Test("Transport cancellation: many at random moments") func manyCancelsAtRandomMoments() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { server in
            let transport = try CurlTransport()
            var ended = 0
            for round in 0..<10 {
                let tasks = (0..<50).map { number in
                    Task { await transport.failureKind(of: server.request(.get, path: "/\(number)")) }
                }
                for (number, task) in tasks.enumerated() where (number + round) % 3 != 0 {
                    if number % 2 == 0 { await Task.yield() }
                    task.cancel()
                }
                for task in tasks {
                    let kind = await task.value
                    #expect(kind == nil || kind == .cancelled)
                    ended += 1
                }
            }
            #expect(ended == 500)
            // The transport is still usable.
            #expect(await transport.failureKind(of: server.request(.get)) == nil)
        }
    }

    @Test("Transport cancellation: a shutdown ends the requests in flight") func shutdownEndsWhatIsInFlight()
        async throws
    {
        let arrived = Arrivals(expected: 8)
        try await LoopbackServer.run { _ in
            arrived.count()
            return LoopbackResponse()
        } during: { server in
            let transport = try CurlTransport()
            // There are more calls than connections, so some wait for one.
            let tasks = (0..<20).map { _ in Task { await transport.failureKind(of: server.request(.get)) } }
            await arrived.gate.wait()
            transport.shutdown()
            for task in tasks { #expect(await task.value == .shutDown) }
            #expect(await transport.failureKind(of: server.request(.get)) == .shutDown)
            transport.shutdown()
        }
    }

    @Test("Transport cancellation: a released transport ends its calls") func droppedTransportEndsItsCalls()
        async throws
    {
        let arrived = LoopbackGate()
        try await LoopbackServer.run { _ in
            arrived.open()
            return LoopbackResponse()
        } during: { server in
            var transport: CurlTransport? = try CurlTransport()
            weak let watched = transport
            let task = Task { [transport] in
                guard let transport else { return TransportError.Kind?.none }
                return await transport.failureKind(of: server.request(.get))
            }
            transport = nil
            await arrived.wait()
            // A call keeps its transport alive until it ends or is cancelled.
            task.cancel()
            let kind = await task.value
            #expect(kind == .cancelled || kind == .shutDown)
            _ = watched
        }
    }

    @Test("Transport cancellation: many transports start and end") func manyTransportsComeAndGo() async throws {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            for _ in 0..<50 {
                let transport = try CurlTransport()
                #expect(await transport.failureKind(of: server.request(.get)) == nil)
            }
        }
    }
}

/// Opens its gate after a number of arrivals.
private final class Arrivals: Sendable {
    let gate = LoopbackGate()
    private let expected: Int
    private let seen = Mutex(0)

    init(expected: Int) { self.expected = expected }

    func count() {
        let isComplete = seen.withLock { count in
            count += 1
            return count == expected
        }
        if isComplete { gate.open() }
    }
}
