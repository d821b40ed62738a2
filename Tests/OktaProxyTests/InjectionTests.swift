#if Proxy
import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: added credentials", .hangLimit) struct InjectionTests {
    static let token = "00orgtokenorgtokenorgtokenorgtoken00000000"
    static let secret = "proxy-secretsecretsecretsecretsecret"

    static func inject(_ options: inout TestProxy.Options) {
        options.authorization = try? APITokenAuthorization(token)
        options.secrets = [
            LocalSecrets.Entry(name: "terraform", secret: secret),
            LocalSecrets.Entry(name: "other", secret: "proxy-otherotherotherother"),
        ]
    }

    /// Runs an org, and a proxy in front of it that adds the org's token for clients with a secret.
    private static func run(
        respond: @escaping @Sendable (LoopbackRequest) -> LoopbackResponse = { _ in .json("{}") },
        during body: (TestProxy, LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.run(respond) { org in
            try await TestProxy.run(before: org.origin) {
                inject(&$0)
            } during: { proxy in
                try await body(proxy, org)
            }
        }
    }

    @Test("Injection: a client with its secret gets the org's credentials, and the secret is not forwarded")
    func injected() async throws {
        try await Self.run { proxy, org in
            for field in [
                "Authorization: SSWS \(Self.secret)", "X-Okta-Proxy-Secret: \(Self.secret)",
                "authorization: bearer \(Self.secret)", "Authorization: SSWS\(Self.secret)",
                "Authorization: Bearer\(Self.secret)",
            ] {
                let response = try await proxy.get("/x", [field])
                #expect(response.status == 200)
            }
            for request in org.requests {
                #expect(
                    request.headers.filter { $0.name.lowercased() == "authorization" }.map(\.value) == [
                        "SSWS \(Self.token)"
                    ])
                #expect(!request.headers.contains { $0.value.contains(Self.secret) })
            }
            #expect(proxy.ledger.snapshot.buckets["GET /x"]?.clients["terraform"]?.spent == 5)
        }
    }

    @Test("Injection: without a valid secret, nothing reaches the org")
    func refused() async throws {
        try await Self.run { proxy, org in
            for fields in [
                [], ["Authorization: SSWS wrong"], ["Authorization: SSWS \(Self.secret.dropLast())"],
                ["Authorization: SSWS \(Self.secret)x"], ["Authorization: \(Self.secret)"],
                ["Authorization: SSWS \(Self.secret)", "Authorization: SSWS \(Self.secret)"],
                ["X-Okta-Proxy-Secret: wrong", "Authorization: SSWS \(Self.secret)"], ["Authorization: SSWS "],
                ["Authorization: Basic \(Self.secret)"], ["X-Okta-Proxy-Secret:"],
            ] {
                let response = try await proxy.get("/x", fields)
                #expect(response.status == 401 && response.proxyError == "SECRET_NEEDED", "\(fields)")
                #expect(!response.text.contains(Self.secret))
            }
            #expect(org.requests.isEmpty)
            // Everyone on this machine may read the status, which contains no secret.
            let status = try await proxy.get("/_proxy/status.json")
            #expect(status.status == 200 && !status.text.contains(Self.secret) && !status.text.contains(Self.token))
        }
    }

    @Test("Injection: a client's own credentials are forwarded beside its secret, as for a token request")
    func own() async throws {
        try await Self.run { proxy, org in
            let fields = ["X-Okta-Proxy-Secret: \(Self.secret)", "Authorization: Basic Y2xpZW50OnNlY3JldA=="]
            let response = try await proxy.get("/oauth2/v1/token", fields)
            #expect(response.status == 200)
            #expect(org.requests.first?.header("Authorization") == "Basic Y2xpZW50OnNlY3JldA==")
        }
    }

    @Test("Injection: a response that repeats the org's token is withheld")
    func echoes() async throws {
        let token = Self.token
        try await Self.run { request in
            switch request.path {
            case "/field": return .json("{}", headers: [("X-Echo", request.header("Authorization") ?? "")])
            case "/reason": return .raw("HTTP/1.1 200 \(token)\r\nContent-Length: 0\r\n\r\n")
            case "/error": return .json("{\"a\":\"\(token)\"}", status: 400)
            case "/body": return .response(body: Array("before \(token) after".utf8))
            default:
                // The response arrives in two pieces.
                return LoopbackResponse().sending(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n12\r\nbefore \(token.prefix(11))\r\n"
                )
                .sending("\(String(token.utf8.count - 11, radix: 16))\r\n\(token.dropFirst(11))\r\n0\r\n\r\n")
            }
        } during: { proxy, _ in
            for path in ["/field", "/reason", "/error", "/body", "/pieces"] {
                let connection = try RawConnection(port: proxy.port)
                try await connection.send(
                    RawClient.request("GET", path, ["Authorization: SSWS \(Self.secret)", "Connection: close"]))
                let text = String(decoding: try await connection.receiveAll(), as: UTF8.self)
                #expect(!text.contains(token.dropFirst(11)), "\(path)")
                if ["/field", "/reason", "/error"].contains(path) { #expect(text.contains("PROXY_WITHHELD")) }
            }
        }
    }

    @Test("Scan: a secret is found across any pieces, and all other bytes pass")
    func scan() throws {
        var random = SplitMix64(seed: 1)
        var field = HTTPFields()
        field.add("Authorization", "SSWS aabaabaac")
        for _ in 0..<2_000 {
            let letters = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                UInt8(ascii: Bool.random(using: &random) ? "a" : Bool.random(using: &random) ? "b" : "c")
            }
            let isFound = String(decoding: letters, as: UTF8.self).contains("aabaabaac")
            var scan = SecretScan(field)
            var passed: [UInt8] = []
            var rest = letters[...]
            var leaked = false
            while !rest.isEmpty, !leaked {
                let piece = Array(rest.prefix(Int.random(in: 1...7, using: &random)))
                rest = rest.dropFirst(piece.count)
                do { passed += try scan.pass(piece) } catch { leaked = true }
                // No prefix of the secret has been sent that the next piece could complete.
                #expect(!String(decoding: passed, as: UTF8.self).contains("aabaabaac"))
            }
            #expect(leaked == isFound)
            if !isFound { #expect(passed + scan.rest() == letters) }
        }
    }

    @Test("Secrets: are compared byte by byte, and an empty text matches no client")
    func comparison() {
        #expect(LocalSecrets.isEqual(Array("abc".utf8), Array("abc".utf8)))
        for other in ["", "abd", "ab", "abcd", "abcabc", "Abc"] {
            #expect(!LocalSecrets.isEqual(Array("abc".utf8), Array(other.utf8)))
        }
        #expect(!LocalSecrets.isEqual([], []))
        #expect(Set((0..<100).map { _ in LocalSecrets.random() }).count == 100)
        #expect("\(LocalSecrets([.init(name: "a", secret: "s3cret")]))" == "a")
    }
}
#endif
