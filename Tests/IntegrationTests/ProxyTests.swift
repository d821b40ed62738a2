import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite("A way through a proxy", .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct ProxyTests {
    /// The proxy leads to a server with a good certificate for the name that is asked for, and sees none of the request.
    @Test func aTunnelLeadsToTheServer() async throws {
        let port = Nginx.port(.wrongHost)
        try await LoopbackServer.run { request in
            guard request.header("Proxy-Authorization") == "Basic dXNlcjpwcm94eS1zZWNyZXQ=" else { return .empty(407) }
            return LoopbackAnswer().sending("HTTP/1.1 200 Connection established\r\n\r\n").relaying(to: port)
        } during: { proxy in
            let transport = try CurlTransport(
                options: .init(
                    caBundlePath: Nginx.file("ca.crt"), proxy: "http://user:proxy-secret@127.0.0.1:\(proxy.port)"))
            let head = HTTPRequest(
                method: .get, scheme: "https", authority: "other.example", path: "/hint",
                headerFields: [.authorization: "SSWS test-token"])
            for _ in 0..<3 {
                let answer = try await transport.send(TransportRequest(head: head))
                #expect(answer.head.status == .ok)
                #expect(answer.text.hasPrefix("HTTP/2.0"))
            }
            // One tunnel serves all.
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
            #expect(proxy.requests.first?.target == "other.example:443")
            #expect(proxy.requests.first?.header("Authorization") == nil)
            transport.shutdown()
        }
    }
}
