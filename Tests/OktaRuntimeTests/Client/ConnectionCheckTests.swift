import LoopbackServer
import OktaRuntime
import Testing

@Suite struct ConnectionCheckTests {
    private static let fromOkta = [("X-Okta-Request-Id", "r1")]

    private func outcome(_ status: Int, _ body: String, headers: [(String, String)]) async throws -> ConnectionCheck {
        try await StubTransport(status, body, headers: headers).client().verifyConnection()
    }

    @Test func aGoodAnswerIsVerified() async throws {
        let check = try await outcome(200, #"{"id":"00o1","companyName":"Acme"}"#, headers: Self.fromOkta)
        #expect(check.isVerified)
        #expect(check.requestID == "r1")
        #expect(check.description.contains("Acme"))
    }

    @Test(arguments: [
        (401, #"{"errorCode":"E0000011"}"#, "does not accept the token"),
        (401, #"{"errorCode":"E0000015"}"#, "the token is good"),
        (403, #"{"errorCode":"E0000006"}"#, "the token is good"),
        (429, #"{"errorCode":"E0000047"}"#, "rate limit"), (500, #"{"errorCode":"E0000009"}"#, "answered 500"),
        (418, #"{"errorCode":"E0000000"}"#, "answered 418"),
    ])
    func theOrgsAnswersAreToldApart(_ status: Int, _ body: String, _ sentence: String) async throws {
        let check = try await outcome(status, body, headers: Self.fromOkta)
        #expect(check.description.contains(sentence))
    }

    @Test(arguments: [
        (200, "<html>sign in</html>"), (404, #"{"status":404,"message":"Resource not found"}"#), (302, ""),
    ])
    func whatIsNoOrgIsNamed(_ status: Int, _ body: String) async throws {
        let check = try await outcome(status, body, headers: [])
        #expect(check.outcome == .notOkta)
        #expect(!check.isVerified)
    }

    @Test(arguments: [
        (TransportError.Kind.unknownHost, "no address"), (.connectionFailed, "connection"), (.timedOut, "too long"),
        (.untrustedCertificate, "certificate"), (.proxyFailed, "proxy"),
    ])
    func noAnswerIsExplained(_ kind: TransportError.Kind, _ word: String) async throws {
        let transport = StubTransport { _, _ throws(TransportError) in throw TransportError(kind) }
        let check = try await transport.client().verifyConnection()
        #expect(!check.isVerified)
        #expect(check.description.contains(word))
    }

    @Test func anAdminHostOfACustomDomainIsRecognised() async throws {
        let transport = StubTransport(404, "")
        let check = try await transport.client(orgURL: "https://id-admin.example.com").verifyConnection()
        #expect(check.outcome == .adminHost(suggestion: "https://id.example.com"))
    }

    @Test func aRealServerIsVerified() async throws {
        try await LoopbackServer.run { request in
            request.header("Authorization") == "SSWS test-token"
                ? .json(#"{"id":"00o1"}"#) : .json(#"{"errorCode":"E0000011"}"#, status: 401)
        } during: { server in
            let good = try server.client()
            #expect(await good.verifyConnection().isVerified)
            let bad = try OktaClient(configuration: OktaConfiguration(orgURL: server.origin, token: "wrong-token"))
            #expect(await bad.verifyConnection().outcome == .invalidToken)
        }
    }
}
