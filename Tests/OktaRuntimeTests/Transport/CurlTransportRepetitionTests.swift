import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

/// A reused connection is lost without a response. Idempotent requests are resent immediately; for others, the caller
/// decides.
@Suite("CurlTransport: repetitions", .hangLimit)
struct CurlTransportRepetitionTests {
    /// Returns the error of a request on a reused connection that the server closes, and how often the server received
    /// it.
    private func send(
        _ method: HTTPRequest.Method, headers: HTTPFields = [:], body: [UInt8]? = nil, resets: Bool = false
    ) async throws -> (error: TransportError?, count: Int) {
        let received = Tally()
        return try await LoopbackServer.run { request in
            guard request.path == "/lost" else { return .json("{}") }
            received.add()
            if received[0] > 1 { return .json("{}") }
            return resets ? LoopbackResponse().resetting() : LoopbackResponse().closing()
        } during: { server in
            let transport = try CurlTransport()
            _ = try await transport.send(server.request(method, headers: headers, body: body))
            do throws(TransportError) {
                _ = try await transport.send(server.request(method, path: "/lost", headers: headers, body: body))
                return (nil, received[0])
            } catch {
                // The next request succeeds.
                _ = try await transport.send(server.request(method, headers: headers, body: body))
                return (error, received[0])
            }
        }
    }

    @Test(
        "Transport resend: a request that changes something is sent once",
        arguments: [HTTPRequest.Method.post, .put, .delete, .patch], [false, true])
    func requestThatChangesSomethingIsSentOnce(_ method: HTTPRequest.Method, _ resets: Bool) async throws {
        let body: [UInt8]? = method == .delete ? nil : Array("{}".utf8)
        let (error, count) = try await send(method, body: body, resets: resets)
        #expect(count == 1)
        #expect(error?.kind == .connectionLost)
        #expect(error?.mayHaveReachedServer == true)
    }

    @Test("Transport resend: a read is sent again", arguments: [HTTPRequest.Method.get, .head])
    func readIsSentAgain(_ method: HTTPRequest.Method) async throws {
        let (error, count) = try await send(method)
        #expect(count == 2)
        #expect(error == nil)
    }

    /// A proof may be used once.
    @Test("Transport resend: a request with a DPoP proof is sent once") func requestWithDPoPProofIsSentOnce()
        async throws
    {
        let name = try #require(HTTPField.Name("DPoP"))
        let (error, count) = try await send(.get, headers: [name: "proof"])
        #expect(count == 1)
        #expect(error?.kind == .connectionLost)
        #expect(error?.mayHaveReachedServer == true)
    }

    /// The client's policy then decides: a changed object may be replaced twice, a deleted one not deleted twice.
    @Test(
        "Transport resend: the retry policy decides",
        arguments: [(HTTPRequest.Method.put, 2), (.delete, 1), (.post, 1)])
    func thePolicyDecides(_ method: HTTPRequest.Method, _ expected: Int) async throws {
        let received = Tally()
        try await LoopbackServer.run { request in
            guard request.path == "/api/v1/lost" else { return .json("{}") }
            received.add()
            return received[0] > 1 ? .json("{}") : LoopbackResponse().closing()
        } during: { server in
            var configuration = try server.configuration()
            configuration.retry.initialBackoff = .zero
            let client = try OktaClient(configuration: configuration)
            _ = try await client.request(method, "/api/v1/things")
            _ = try? await client.request(method, "/api/v1/lost")
        }
        #expect(received[0] == expected)
    }
}
