import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

/// Streamed responses that nobody reads to their end.
@Suite("CurlTransport: streamed responses that end early")
struct CurlTransportDownloadEndTests {
    @Test("Transport download: is cancelled while it waits for the head") func cancelledWhileItWaitsForTheHead()
        async throws
    {
        let arrived = LoopbackGate()
        let clientLeft = LoopbackGate()
        try await LoopbackServer.run { _ in
            arrived.open()
            return LoopbackResponse().waitingForClose(opening: clientLeft)
        } during: { server in
            let transport = try CurlTransport()
            let task = Task {
                await failureKind { () async throws(TransportError) in
                    _ = try await transport.stream(server.request(.get))
                }
            }
            await arrived.wait()
            task.cancel()
            #expect(await task.value == .cancelled)
            await clientLeft.wait()
        }
    }

    @Test("Transport download: is cancelled while it waits for a piece") func cancelledWhileItWaitsForAPiece()
        async throws
    {
        let reading = LoopbackGate()
        let clientLeft = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse.half.waitingForClose(opening: clientLeft)
        } during: { server in
            let transport = try CurlTransport()
            let task = Task {
                await failureKind { () async throws(TransportError) in
                    var iterator = try await transport.stream(server.request(.get)).makeAsyncIterator()
                    _ = try await iterator.next()
                    reading.open()
                    while try await iterator.next() != nil {}
                }
            }
            await reading.wait()
            task.cancel()
            #expect(await task.value == .cancelled)
            await clientLeft.wait()
        }
    }

    @Test("Transport download: releasing the stream ends the transfer") func lettingGoEndsTheTransfer() async throws {
        let clientLeft = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse.half.waitingForClose(opening: clientLeft)
        } during: { server in
            let transport = try CurlTransport()
            var stream: TransportResponse.Stream? = try await transport.stream(server.request(.get))
            #expect(stream?.head.status == .ok)
            stream = nil
            await clientLeft.wait()
            #expect(clientLeft.isOpen)
        }
    }

    @Test("Transport download: a shutdown ends the transfer") func shutdownEndsWhatIsBeingRead() async throws {
        try await LoopbackServer.run { _ in
            .half
        } during: { server in
            let transport = try CurlTransport()
            let stream = try await transport.stream(server.request(.get))
            transport.shutdown()
            let kind = await failureKind { () async throws(TransportError) in _ = try await stream.collect(upTo: 100) }
            #expect(kind == .shutDown)
        }
    }
}
