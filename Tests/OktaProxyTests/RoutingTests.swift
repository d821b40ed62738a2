#if Proxy
import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaProxy

@Suite("Proxy: routing", .hangLimit) struct RoutingTests {
    private func failure(_ routing: Routing, _ method: String, _ target: String, _ fields: HTTPFields) throws
        -> ProxyFailure.Kind?
    {
        let method = try #require(HTTPRequest.Method(method))
        do {
            _ = try routing.destination(of: IncomingRequest(method: method, target: target, fields: fields))
            return nil
        } catch {
            return error.kind
        }
    }

    private func host(_ name: String) throws -> HTTPFields {
        var fields = HTTPFields()
        fields.add("Host", name)
        return fields
    }

    @Test("Routing: only names of this machine, of the org, and given ones are accepted")
    func hosts() throws {
        let routing = Routing(
            org: OrgAddress(origin: "https://acme.okta.com"),
            names: ProxyNames(["proxy.example.com", "https://tls.example.com:8443"]))
        for name in [
            "127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:9", "proxy.example.com",
            "PROXY.example.com:80", "tls.example.com:8443", "acme.okta.com", "acme.okta.com:443",
        ] { #expect(try failure(routing, "GET", "/x", host(name)) == nil, "\(name)") }
        for name in [
            "evil.com", "127.0.0.1.evil.com", "localhost.evil.com:80", "acme.okta.com.evil.com", "tls.example.com", "",
            "0.0.0.0", "127.0.0.2",
        ] { #expect(try failure(routing, "GET", "/x", host(name)) == .unknownHostName, "\(name)") }
        #expect(try failure(routing, "GET", "/x", [:]) == .malformedRequest)
        #expect(try failure(routing, "GET", "/x", host("localhost") + host("localhost")) == .malformedRequest)
        // The rule also applies to the proxy's own pages.
        #expect(try failure(routing, "GET", "/_proxy", host("evil.com")) == .unknownHostName)
    }

    @Test("Routing: an absolute URL is accepted only for the org's host")
    func absolute() throws {
        let routing = Routing(org: OrgAddress(origin: "https://acme.okta.com"))
        for target in [
            "http://acme.okta.com/x", "https://ACME.okta.com:443/x", "http://acme.okta.com:80",
            "https://acme.okta.com?a",
        ] { #expect(try failure(routing, "GET", target, [:]) == nil, "\(target)") }
        for target in [
            "http://other.okta.com/x", "https://acme.okta.com:8443/x", "http://acme.okta.com@evil.com/",
            "ftp://acme.okta.com/", "http://evil.com/?http://acme.okta.com",
        ] { #expect(try failure(routing, "GET", target, [:]) == .foreignHost, "\(target)") }
        for target in ["*", "acme.okta.com/x", "/x#y"] {
            #expect(try failure(routing, "GET", target, host("localhost")) == .malformedRequest, "\(target)")
        }
        #expect(try failure(routing, "CONNECT", "acme.okta.com:443", [:]) == .noTunnels)
        #expect(try failure(routing, "TRACE", "/x", host("localhost")) == .methodNotAllowed)
    }

    @Test("Routing: links point to the client's address, and those to other hosts stay")
    func links() throws {
        let rewriting = LinkRewriting(org: OrgAddress(origin: "https://acme.okta.com"))
        let proxy = "http://127.0.0.1:8080"
        for (before, after) in [
            ("<https://acme.okta.com/a?b>; rel=\"next\"", "<http://127.0.0.1:8080/a?b>; rel=\"next\""),
            ("<https://ACME.okta.com:443/a>", "<http://127.0.0.1:8080/a>"),
            ("<https://acme.okta.com/a>; rel=a, <https://acme.okta.com/b>", "<\(proxy)/a>; rel=a, <\(proxy)/b>"),
            ("<https://acme.okta.com.evil.com/a>", "<https://acme.okta.com.evil.com/a>"),
            ("<http://acme.okta.com/a>", "<http://acme.okta.com/a>"), ("</a>; rel=b", "</a>; rel=b"),
            ("</a>; title=\"<https://acme.okta.com/\"", "</a>; title=\"<https://acme.okta.com/\""),
            ("<https://acme.okta.com/a", "<https://acme.okta.com/a"),
        ] { #expect(rewriting.rewritten(before, to: proxy) == after) }
    }

    @Test("Proxy: the errors for CONNECT, another host and invalid requests say what to do")
    func refusals() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for (request, status, kind) in [
                    ("CONNECT acme.okta.com:443 HTTP/1.1\r\nHost: acme.okta.com:443\r\n\r\n", 405, "NO_TUNNELS"),
                    ("GET http://evil.com/ HTTP/1.1\r\nHost: evil.com\r\n\r\n", 403, "FOREIGN_HOST"),
                    ("GET / HTTP/1.1\r\nHost: evil.com\r\n\r\n", 421, "UNKNOWN_HOST_NAME"),
                    ("GET / HTTP/1.1\r\n\r\n", 400, "MALFORMED_REQUEST"),
                    ("nonsense\r\n\r\n", 400, "MALFORMED_REQUEST"),
                    ("GET /x HTTP/1.1\r\nHost: localhost\r\nX y: 1\r\n\r\n", 400, "MALFORMED_REQUEST"),
                    (
                        "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400, "MALFORMED_REQUEST"
                    ),
                    (
                        "POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400,
                        "MALFORMED_REQUEST"
                    ),
                    ("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 2\r\n\r\nab", 400, "MALFORMED_REQUEST"),
                    ("GET /x HTTP/1.1\r\nHost: localhost\r\nX-Okta-Proxy-Client: a b\r\n\r\n", 400, "CLIENT_NAME"),
                    (
                        "GET /x HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "y", count: 70_000))\r\n\r\n",
                        431,
                        "HEAD_TOO_LARGE"
                    ),
                    ("GET /_proxy/none HTTP/1.1\r\nHost: localhost\r\n\r\n", 404, "NOT_FOUND"),
                    (
                        "POST /_proxy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405,
                        "METHOD_NOT_ALLOWED"
                    ),
                ] {
                    let response = try await RawClient.exchange(proxy.port, request)
                    #expect(response.status == status && response.proxyError == kind, "\(request.prefix(60))")
                }
                #expect(org.requests.isEmpty)
            }
        }
    }

    @Test("Proxy: an org that derives its URL from Host gets the client's on request")
    func keepHost() async throws {
        try await LoopbackServer.run { request in
            .json("[]", headers: [("Link", "<http://\(request.header("Host") ?? "")/next>; rel=\"next\"")])
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.keepsHost = true
            } during: { proxy in
                let request = "GET /x HTTP/1.1\r\nHost: localhost:\(proxy.port)\r\nX-Forwarded-Proto: https\r\n\r\n"
                let response = try await RawClient.exchange(proxy.port, request)
                #expect(response.values("link") == ["<http://localhost:\(proxy.port)/next>; rel=\"next\""])
                let seen = try #require(org.requests.first)
                #expect(seen.headers.filter { $0.name == "Host" }.map(\.value) == ["localhost:\(proxy.port)"])
                #expect(seen.headers.filter { $0.name == "X-Forwarded-Proto" }.map(\.value) == ["http"])
            }
        }
    }

    @Test("Proxy: Link fields are rewritten for the client's address unless that is turned off")
    func rewriting() async throws {
        let origin = OriginBox()
        try await LoopbackServer.run { _ in
            .json("[]", headers: [("Link", "<\(origin.value)/api/v1/users?after=x>; rel=\"next\"")])
        } during: { org in
            origin.value = org.origin
            try await TestProxy.run(before: org.origin) { proxy in
                let response = try await RawClient.exchange(
                    proxy.port, "GET /x HTTP/1.1\r\nHost: localhost:\(proxy.port)\r\n\r\n")
                #expect(
                    response.values("link")
                        == ["<http://localhost:\(proxy.port)/api/v1/users?after=x>; rel=\"next\""])
                // A client that uses the proxy for http also sends the next request through it.
                let absolute = try await RawClient.exchange(
                    proxy.port, "GET \(org.origin)/x HTTP/1.1\r\nHost: anything\r\n\r\n")
                #expect(absolute.values("link") == ["<\(org.origin)/api/v1/users?after=x>; rel=\"next\""])
            }
            try await TestProxy.run(before: org.origin) {
                $0.adjust = { $0.rewritesLinks = false }
            } during: { proxy in
                let response = try await proxy.get("/x")
                #expect(response.values("link") == ["<\(org.origin)/api/v1/users?after=x>; rel=\"next\""])
            }
        }
    }
}
#endif
