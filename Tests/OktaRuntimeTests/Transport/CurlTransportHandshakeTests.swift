import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaRuntime

/// A TLS handshake that never ends: the server accepts the connection and sends nothing.
@Suite("CurlTransport: handshakes", .hangLimit)
struct CurlTransportHandshakeTests {
    private let listener: SilentListener
    private let transport: CurlTransport

    init() throws {
        listener = try SilentListener()
        transport = try CurlTransport()
    }

    private func request(_ timeouts: TransportRequest.Timeouts) -> TransportRequest {
        let head = HTTPRequest(method: .post, scheme: "https", authority: "127.0.0.1:\(listener.port)", path: "/")
        return TransportRequest(head: head, timeouts: timeouts)
    }

    @Test(
        "TLS handshake: has a timeout",
        arguments: [
            TransportRequest.Timeouts(connect: .milliseconds(50)),
            TransportRequest.Timeouts(connect: .seconds(600), total: .milliseconds(50)),
        ])
    func itsTimeIsLimited(_ timeouts: TransportRequest.Timeouts) async throws {
        let error = await #expect(throws: TransportError.self) { try await transport.send(request(timeouts)) }
        #expect(error?.kind == .timedOut)
        // Nothing of the request was sent, so even a POST may be retried.
        #expect(error?.mayHaveReachedServer == false)
        #expect(await transport.census().transfers == 0)
    }

    @Test("TLS handshake: ends when cancelled") func cancellingEndsIt() async throws {
        let task = Task { await transport.failureKind(of: request(TransportRequest.Timeouts(connect: .seconds(600)))) }
        #expect(await eventually { await transport.census().transfers == 1 })
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(await transport.census().transfers == 0)
    }

    @Test("TLS handshake: ends with a shutdown") func shuttingDownEndsIt() async throws {
        let task = Task { await transport.failureKind(of: request(TransportRequest.Timeouts(connect: .seconds(600)))) }
        #expect(await eventually { await transport.census().transfers == 1 })
        transport.shutdown()
        #expect(await task.value == .shutDown)
    }
}
