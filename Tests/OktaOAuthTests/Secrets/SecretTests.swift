import Foundation
import Crypto
import CryptoExtras
import HTTPTypes
import OktaRuntime
import Synchronization
import Testing

@testable import OktaOAuth

/// No text that the module prints contains a key, an assertion, a proof or a token.
@Suite(.longCalculation) struct SecretTests {
    /// The secrets that must not occur, completely or in any part of 20 characters, in any of the usual encodings.
    private struct Secrets {
        private var stretches: Set<Substring> = []

        mutating func add(_ secret: String) {
            for line in secret.split(whereSeparator: \.isWhitespace) where line.count >= 20 {
                let characters = Array(line)
                for start in 0...(characters.count - 20) { stretches.insert(Substring(characters[start..<start + 20])) }
            }
        }

        mutating func add(bytes: some Collection<UInt8>) {
            let data = Data(bytes)
            add(data.base64EncodedString())
            add(Base64URL.encode(bytes))
            add(bytes.map { String(format: "%02x", $0) }.joined())
            add(bytes.map { String(format: "%02X", $0) }.joined())
            add("\(Array(bytes))".filter { $0 != " " })
        }

        /// Returns the first part of a secret in a text.
        func found(in text: String) -> Substring? {
            let characters = Array(text.filter { !$0.isWhitespace })
            guard characters.count >= 20 else { return nil }
            for start in 0...(characters.count - 20) {
                let stretch = Substring(characters[start..<start + 20])
                if stretches.contains(stretch) { return stretch }
            }
            return nil
        }
    }

    /// Returns all texts that Swift can print of a value: descriptions, `dump`, and every level of its mirror.
    private func texts(of value: Any) -> String {
        var text = "\(value)\n" + String(reflecting: value) + "\n"
        dump(value, to: &text)
        func descend(_ value: Any, depth: Int) {
            guard depth < 12 else { return }
            var mirror: Mirror? = Mirror(reflecting: value)
            while let level = mirror {
                for child in level.children {
                    text += "\n\(child.label ?? ""): \(child.value) \(String(reflecting: child.value))"
                    descend(child.value, depth: depth + 1)
                }
                mirror = level.superclassMirror
            }
        }
        descend(value, depth: 0)
        if let error = value as? any Error { text += "\n\(error.localizedDescription)" }
        return text
    }

    private func expectClean(
        _ values: [Any], of secrets: Secrets, _ location: SourceLocation = #_sourceLocation
    ) {
        for value in values {
            let found = secrets.found(in: texts(of: value))
            #expect(found == nil, "\(type(of: value)) shows a secret", sourceLocation: location)
        }
    }

    /// The search finds a secret if there is one. Otherwise these tests would prove nothing.
    @Test("OAuth secrets: the search of this test finds a secret") func theSearchFindsASecret() throws {
        struct Leak { let inner: [String: [UInt8]] }
        var secrets = Secrets()
        secrets.add(bytes: Array(0..<40))
        secrets.add("a-token-of-some-length-1234")
        #expect(secrets.found(in: texts(of: Leak(inner: ["key": Array(0..<40)]))) != nil)
        #expect(secrets.found(in: texts(of: "say: a-token-of-some-length-1234!")) != nil)
        #expect(secrets.found(in: texts(of: "nothing of the kind is in this text")) == nil)
    }

    @Test(
        "OAuth secrets: a printed key shows its kind only",
        arguments: ["rsa-pkcs8", "rsa-pkcs1", "ec-p256-pkcs8", "ec-p384-sec1", "ec-p521-pkcs8"])
    func keysArePrintedByKindOnly(_ name: String) throws {
        let pem = try Fixture.key(name)
        var secrets = Secrets()
        let body = pem.split(separator: "\n").drop { !$0.hasSuffix("PRIVATE KEY-----") || $0.hasPrefix("A ") }
        for line in body where !line.hasPrefix("-----") { secrets.add(String(line)) }
        let key = try OAuthPrivateKey(pem, keyID: "kid-1")
        secrets.add(bytes: Self.privateBytes(of: key.key))
        let dpopKey = DPoPKey(key: key.key, algorithm: key.algorithm, publicJWK: .null)
        let source = KeySource(key: key.key)
        expectClean([key, key.key, dpopKey, source, [key], ["k": key], Optional(key) as Any], of: secrets)
        #expect("\(key)".contains("kid kid-1") && "\(key)".contains(key.algorithm.rawValue))
        // The public key does not contain the private key.
        expectClean([key.thumbprint ?? ""], of: secrets)
        if case .rsa = key.key {} else { expectClean([key.publicJWK ?? ""], of: secrets) }
    }

    private static func privateBytes(of key: SigningKey) -> [UInt8] {
        switch key {
        case .rsa(let key): Array(key.derRepresentation.suffix(600))
        case .p256(let key): Array(key.rawRepresentation)
        case .p384(let key): Array(key.rawRepresentation)
        case .p521(let key): Array(key.rawRepresentation)
        }
    }

    @Test("OAuth secrets: nothing of a call prints a secret") func nothingOfCallPrintsSecret() async throws {
        var options = OAuthClientCredentials.Options()
        options.rotatesDPoPKey = false
        let setup = try TestSetup(
            TestOrg.Rules(demandsDPoP: true, demandsAPINonce: true, checksTimes: false), options: options)
        let configuration = try OktaConfiguration.patient(setup.credentials)
        let client = try OktaClient(configuration: configuration, transport: setup.org)
        let response = try await client.request(.get, "/api/v1/users")
        try await setup.caller.call()

        let key = try Fixture.signingKey()
        var secrets = Secrets()
        secrets.add(bytes: Self.privateBytes(of: key.key))
        for request in setup.org.tokenRequests + setup.org.apiRequests {
            for secret in [
                request.form["client_assertion"], request.header("dpop"),
                request.header("authorization")?.split(separator: " ").last.map(String.init),
            ] { secret.map { secrets.add($0) } }
        }
        let dpopKey = try DPoPKey.generate(for: .es256)
        secrets.add(bytes: Self.privateBytes(of: dpopKey.key))
        let token = AccessToken(
            value: setup.org.state.withLock { $0.tokens.keys.first ?? "" }, key: dpopKey,
            issued: SimulatedTime.start, lifetime: 1)
        let dpop = DPoPState()
        dpop.key = dpopKey
        let tokenClient = TokenClient(
            assertion: ClientAssertion(clientID: "c", key: key), scopes: ["s"], options: options)
        let request = try TokenRequest(
            scopes: ["s"], assertion: tokenClient.assertion, proofKey: dpopKey, nonce: "n",
            in: setup.caller.session)
        let transported = request.transportRequest
        for secret in [transported.form["client_assertion"], transported.header("dpop")] {
            secrets.add(try #require(secret))
        }
        expectClean(
            [
                setup.credentials, configuration, client, response, key, token, dpop, tokenClient, request,
                request.secrets, request.transportRequest, TokenAcquisition(client: tokenClient, dpop: dpop),
                TokenSource(client: tokenClient), Result<AccessToken, OktaError>.success(token), options,
            ], of: secrets)
    }

    /// The sent requests, for tokens and to the API, with and without proofs.
    @Test("Secrets: no request contains the private key, and each goes to the org's host", arguments: [false, true])
    func noRequestContainsPrivateKeyAndEachGoesToOrgsHost(_ demandsDPoP: Bool) async throws {
        let setup = try TestSetup(TestOrg.Rules(demandsDPoP: demandsDPoP, checksTimes: false))
        try await setup.caller.call()
        setup.org.revokeAll()
        try await setup.caller.call()
        var secrets = Secrets()
        secrets.add(bytes: Self.privateBytes(of: try Fixture.signingKey().key))
        let requests = setup.org.tokenRequests + setup.org.apiRequests
        #expect(requests.count >= 5)
        for request in requests {
            let fields = request.head.headerFields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            for text in [request.head.path ?? "", fields, body] { #expect(secrets.found(in: text) == nil) }
            #expect("https://\(request.head.authority ?? "")" == TestOrg.url)
            // Neither is in the URL, which servers and proxies log.
            for secret in [request.form["client_assertion"], request.header("dpop"), request.header("authorization")] {
                if let secret { #expect(request.head.path?.contains(secret) == false) }
            }
        }
    }

    /// The ways in which a response can repeat the request.
    enum Echo: CaseIterable, Sendable {
        case inTheError, inTheBody, asAToken, anOddToken, noResponse, noPatience

        func response(to request: TransportRequest, of org: TestOrg) throws(TransportError) -> TransportResponse {
            let assertion = request.form["client_assertion"] ?? ""
            let proof = request.header("dpop") ?? ""
            switch self {
            case .inTheError: return org.oauthError(400, proof, "\(assertion) \(proof)")
            case .inTheBody: return org.response(401, String(decoding: request.body ?? [], as: UTF8.self))
            case .asAToken: return org.response(200, JSON(["access_token": JSON(assertion)]).text)
            case .anOddToken:
                return org.response(200, #"{"access_token":"access-token-of-some-length","token_type":"odd"}"#)
            case .noResponse: throw TransportError(.timedOut, detail: "after 3 s")
            case .noPatience: return org.response(429, "")
            }
        }
    }

    /// Errors of every kind, from a server that repeats everything that it has received.
    @Test("OAuth secrets: no error contains sent secrets", arguments: Echo.allCases)
    func noErrorContainsSentSecrets(_ echo: Echo) async throws {
        var options = OAuthClientCredentials.Options()
        options.dpop = .always
        let setup = try TestSetup(options: options)
        setup.org.edit { state in
            state.script = { (request, _, org) throws(TransportError) in
                guard request.head.path == "/oauth2/v1/token" else { return org.response(401, "") }
                return try echo.response(to: request, of: org)
            }
        }
        var failure: (any Error)?
        do {
            _ = try await setup.caller.call()
        } catch {
            failure = error
        }
        var secrets = Secrets()
        secrets.add("access-token-of-some-length")
        for request in setup.org.tokenRequests {
            secrets.add(request.form["client_assertion"] ?? "")
            secrets.add(request.header("dpop") ?? "")
        }
        // A value that looks like a token is accepted as one.
        #expect((failure == nil) == (echo == .asAToken))
        expectClean([failure as Any, setup.credentials], of: secrets)
    }
}
