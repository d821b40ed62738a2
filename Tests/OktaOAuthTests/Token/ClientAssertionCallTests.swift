import Crypto
import Foundation
import HTTPTypes
import OktaOAuth
import OktaRuntime
import Synchronization
import Testing

/// Calls that authenticate a client with a signed assertion, and calls with a token to a host with a prefix.
@Suite struct ClientAssertionCallTests {
    private static let secret = "a-secret-of-more-than-32-characters"

    /// Records requests, and responds to the first one with 503.
    private final class Recorder: HTTPTransport {
        private let recorded = Mutex<[TransportRequest]>([])

        var requests: [TransportRequest] { recorded.withLock { $0 } }

        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            let count = recorded.withLock { requests in
                requests.append(request)
                return requests.count
            }
            let status: HTTPResponse.Status = count == 1 ? .serviceUnavailable : .ok
            return TransportResponse(head: HTTPResponse(status: status), body: Array("{}".utf8))
        }
    }

    /// Returns the assertions of a call, one for each of two attempts.
    private func assertions(_ client: ClientAuthentication) async throws -> [String] {
        let recorder = Recorder()
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "secret-token")
        configuration.retry.initialBackoff = .zero
        configuration.retry.idempotentMethods.insert(.post)
        let okta = try OktaClient(configuration: configuration, transport: recorder)
        var request = OktaRequest(.post, "/oauth2/v1/introspect?x=1", body: .form(["token": .string("t")]))
        request.credentials = .client(client)
        _ = try await okta.send(request)
        #expect(recorder.requests.count == 2)
        return try recorder.requests.map { request in
            #expect(request.head.headerFields[.authorization] == nil)
            #expect(request.form["token"] == "t")
            #expect(request.form["client_id"] == nil && request.form["client_secret"] == nil)
            #expect(request.form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            return try #require(request.form["client_assertion"])
        }
    }

    private func compare(_ assertions: [SignedToken]) {
        for assertion in assertions {
            #expect(assertion.payload["iss"]?.string == "0oa1")
            #expect(assertion.payload["sub"]?.string == "0oa1")
            // The audience is the URL of the call without its query.
            #expect(assertion.payload["aud"]?.string == "https://acme.okta.com/oauth2/v1/introspect")
        }
        // An org accepts each assertion once.
        #expect(Set(assertions.compactMap { $0.payload["jti"]?.string }).count == assertions.count)
    }

    @Test("Client authentication: private_key_jwt signs an assertion for each attempt") func privateKey() async throws {
        let key = try Fixture.signingKey()
        let sent = try await assertions(.privateKeyJWT(clientID: "0oa1", privateKey: key))
        let tokens = sent.compactMap { SignedToken($0) }
        compare(tokens)
        let jwk = try JSON(parsing: key.publicJWK ?? "")
        #expect(tokens.count == 2 && tokens.allSatisfy { $0.isSigned(by: jwk) })
    }

    @Test("Client authentication: client_secret_jwt signs with the secret, and does not send it") func secret()
        async throws
    {
        let sent = try await assertions(.secretJWT(clientID: "0oa1", secret: Self.secret))
        compare(sent.compactMap { SignedToken($0) })
        for assertion in sent {
            #expect(SignedToken(assertion)?.header["alg"]?.string == "HS256")
            let parts = assertion.split(separator: ".")
            let code = try #require(parts.last.flatMap { SignedToken.decode($0) })
            let key = SymmetricKey(data: Array(Self.secret.utf8))
            let message = Array(parts.dropLast().joined(separator: ".").utf8)
            #expect(HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key))
        }
    }

    @Test("Client authentication: a secret that is too short to sign with is refused, and secrets are never printed")
    func shortSecret() throws {
        #expect {
            try ClientAuthentication.secretJWT(clientID: "0oa1", secret: "short-secret")
        } throws: {
            if case OktaError.configuration(let failure) = $0 {
                !failure.message.contains("short-secret")
            } else {
                false
            }
        }
        let client = try ClientAuthentication.secretJWT(clientID: "0oa1", secret: Self.secret)
        var dumped = ""
        dump(client, to: &dumped)
        #expect(!dumped.contains(Self.secret) && !"\(client)".contains(Self.secret))
        #expect("\(client)" == "client_secret_jwt 0oa1")
    }

    @Test("OAuth: a call to a host in front of the org's has a proof for that host, and the token is of the org")
    func hostPrefix() async throws {
        var rules = TestOrg.Rules()
        (rules.demandsDPoP, rules.checksTimes) = (true, false)
        let setup = try TestSetup(rules)
        let configuration = try OktaConfiguration.patient(setup.credentials)
        let okta = try OktaClient(configuration: configuration, transport: setup.org)
        var request = OktaRequest(.get, "/api/v1/dr/status")
        request.hostPrefix = "drapp"
        _ = try await okta.send(request)
        #expect(setup.org.apiRequests.last?.head.authority == "drapp.acme.okta.com")
        #expect(setup.org.tokenRequests.allSatisfy { $0.head.authority == "acme.okta.com" })
    }
}
