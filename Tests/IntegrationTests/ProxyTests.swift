import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite("A way through a proxy", .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct ProxyTests {
    /// The proxy tunnels to a server with a valid certificate for the requested name, and sees nothing of the request.
    @Test("Proxy: a tunnel leads to the server") func aTunnelLeadsToTheServer() async throws {
        let port = Nginx.port(.wrongHost)
        try await LoopbackServer.run { request in
            guard request.header("Proxy-Authorization") == "Basic dXNlcjpwcm94eS1zZWNyZXQ=" else { return .empty(407) }
            return LoopbackResponse().sending("HTTP/1.1 200 Connection established\r\n\r\n").relaying(to: port)
        } during: { proxy in
            let transport = try CurlTransport(
                options: .init(
                    caBundlePath: Nginx.file("ca.crt"), proxy: "http://user:proxy-secret@127.0.0.1:\(proxy.port)"))
            let head = HTTPRequest(
                method: .get, scheme: "https", authority: "other.example", path: "/hint",
                headerFields: [.authorization: "SSWS test-token"])
            for _ in 0..<3 {
                let response = try await transport.send(TransportRequest(head: head))
                #expect(response.head.status == .ok)
                #expect(response.text.hasPrefix("HTTP/2.0"))
            }
            // All requests use one tunnel.
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
            #expect(proxy.requests.first?.target == "other.example:443")
            #expect(proxy.requests.first?.header("Authorization") == nil)
            transport.shutdown()
        }
    }

    /// An encrypted connection to a proxy uses the same trust settings and client certificate as one to a server. The
    /// server in this test is not a proxy. It responds only after a successful handshake.
    @Test("Proxy: a connection to an HTTPS proxy is verified like one to a server")
    func theWayToItIsSecuredAsThatToAServer() async throws {
        #expect(try await failure(caBundle: "ca.crt").detail.contains("400"))
        #expect(try await failure(caBundle: "ca.crt").kind == .proxyRefused)
        #expect(try await failure(caBundle: nil).kind == .untrustedCertificate)
        // The handshake with the proxy decrypts the key; nothing is sent through the proxy.
        #expect(try await failure(caBundle: "ca.crt", password: "open-sesame").kind == .proxyRefused)
        #expect(try await failure(caBundle: "ca.crt", password: "wrong-secret").kind == .invalidOptions)
    }

    private func failure(caBundle: String?, password: String? = nil) async throws -> TransportError {
        let certificate = password.map {
            CurlTransport.ClientCertificate(
                certificatePath: Nginx.file("client.crt"), privateKeyPath: Nginx.file("client-locked.key"),
                privateKeyPassword: $0)
        }
        let options = CurlTransport.Options(
            caBundlePath: caBundle.map(Nginx.file), clientCertificate: certificate, proxy: Nginx.origin(.secure))
        let head = HTTPRequest(method: .get, scheme: "https", authority: "other.example", path: "/hint")
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport(options: options).send(TransportRequest(head: head))
        }
        return try #require(error)
    }
}
