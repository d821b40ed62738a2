#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import Synchronization
import Testing

@testable import OktaRuntime

@Suite("Sign-in: renewal of tokens")
struct TokenRenewalTests {
    /// Stores the tokens of a sign-in as a profile whose access token has expired.
    private func expire(_ tokens: SignInTokens, in context: ProgramContext) throws {
        let old = SignInTokens(
            clientID: tokens.clientID, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken,
            expiry: Date(timeIntervalSince1970: 0), scopes: tokens.scopes, proofKey: tokens.proofKey)
        try SecretStore(context).write(old.stored, of: "acme", to: .file)
    }

    private func signIn(_ scene: SignInScene, _ context: ProgramContext) async throws -> SignInTokens {
        let tokens = try await DeviceSignIn(scene.app(), time: OrgTimeSource(scene.org.clock)).tokens { _ in }
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            var profile = ProfileFile.Profile(name: "acme")
            profile.settings.set(.orgURL, to: scene.org.url)
            profile.settings.set(.authorizationMode, to: "Bearer")
            profile.settings.set(.clientID, to: scene.clientID)
            try file.set(profile, isDefault: true)
        }
        return tokens
    }

    @Test("Renewal: a profile with an edited URL does not send its tokens to the other org")
    func staysWithItsOrg() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        let tokens = try await signIn(scene, context)
        try SecretStore(context).write(tokens.stored, of: "acme", to: .file)
        _ = try await OrgSelection(name: "acme").client(context).request(.get, "/api/v1/users/me")
        let other = try await LocalOrg.start()
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            var profile = ProfileFile.Profile(name: "acme")
            profile.settings.set(.orgURL, to: other.url)
            profile.settings.set(.authorizationMode, to: "Bearer")
            profile.settings.set(.clientID, to: scene.clientID)
            try file.set(profile, isDefault: true)
        }
        let failure = try #require(throws: CommandFailure.self) { try OrgSelection(name: "acme").client(context) }
        #expect("\(failure)".contains("were issued by \(scene.org.url)"))
        #expect(other.requests.isEmpty)
        await other.stop()
        await scene.org.stop()
    }

    @Test(
        "Renewal: concurrent programs make one request, because a refresh token is valid once", .hangLimit,
        arguments: [false, true])
    func isSharedAndSafe(_ bindsTokens: Bool) async throws {
        let scene = try await SignInScene(bindsTokens: bindsTokens)
        let home = try TemporaryHome()
        let context = home.context()
        try expire(try await signIn(scene, context), in: context)
        for round in 1...3 {
            let before = scene.tokenRequests
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Every client simulates a separate program, which knows only the stored tokens.
                for _ in 0..<4 {
                    let client = try OrgSelection(name: "acme").client(context)
                    for _ in 0..<3 {
                        group.addTask { _ = try await client.request(.get, "/api/v1/users/me") }
                    }
                }
                try await group.waitForAll()
            }
            // A program learns the nonce from the rejection of its first proof.
            #expect(scene.tokenRequests - before == (bindsTokens ? 2 : 1), "round \(round)")
            let stored = try #require(try SecretStore(context).read("acme").flatMap { SignInTokens(stored: $0.secret) })
            #expect(stored.isFresh(at: Date()))
            try expire(stored, in: context)
        }
        await scene.org.stop()
    }

    @Test("Renewal: a call whose time ends does not wait until another program has renewed the tokens", .hangLimit)
    func endsWithItsCall() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        try expire(try await signIn(scene, context), in: context)
        // The lock of a program that is renewing the tokens.
        let lock = try #require(try FileLock.take(SecretStore(context).lockPath("acme")))
        let configuration = try OrgSelection(name: "acme").client(context).configuration
        // The time ends as soon as the call waits, so the call never waits for real.
        let client = OktaClient(
            core: try ClientCore(
                configuration: configuration, transport: nil, time: OrgTimeSource(scene.org.clock)))
        let error = await #expect(throws: OktaError.self) {
            try await client.with { $0.timeout = .seconds(5) }.request(.get, "/api/v1/users/me")
        }
        #expect("\(error, default: "")".contains("no access token within the time of the call"))
        withExtendedLifetime(lock) {}
        await scene.org.stop()
    }

    @Test("Renewal: a revoked token is renewed once, and the call succeeds", .hangLimit)
    func afterRevocation() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        let tokens = try await signIn(scene, context)
        try SecretStore(context).write(tokens.stored, of: "acme", to: .file)
        let publicClient = try PublicClient(orgURL: scene.org.url, clientID: scene.clientID)
        _ = try await publicClient.client.request(
            .post, "/oauth2/v1/revoke",
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: .bytes(
                Array("client_id=\(scene.clientID)&token=\(tokens.accessToken)".utf8),
                contentType: "application/x-www-form-urlencoded"))
        let client = try OrgSelection(name: "acme").client(context)
        #expect(try await client.request(.get, "/api/v1/users/me").status.code == 200)
        await scene.org.stop()
    }

    @Test("Renewal: the end of a sign-in says how to sign in again", .hangLimit)
    func ended() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        let tokens = try await signIn(scene, context)
        let wrong = SignInTokens(
            clientID: tokens.clientID, accessToken: tokens.accessToken, refreshToken: "gone",
            expiry: Date(timeIntervalSince1970: 0), scopes: [])
        try SecretStore(context).write(wrong.stored, of: "acme", to: .file)
        let client = try OrgSelection(name: "acme").client(context)
        let failure = await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/users/me") }
        guard case .authorization(let reason) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.message.contains("okta login --org acme"))
        #expect(!reason.message.contains("gone;") && !"\(reason)".contains(tokens.accessToken))
        await scene.org.stop()
    }

    @Test("Renewal: an app that begins to require proofs ends the sign-in with the reason", .hangLimit)
    func newRequirement() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        try expire(try await signIn(scene, context), in: context)
        var app = try await scene.org.client.request(.get, "/api/v1/apps/\(scene.clientID)").json()
        app["settings"]?["oauthClient"]?["dpop_bound_access_tokens"] = true
        _ = try await scene.org.client.request(.put, "/api/v1/apps/\(scene.clientID)", body: .json(app))
        let client = try OrgSelection(name: "acme").client(context)
        let failure = await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/users/me") }
        #expect(failure.map { "\($0)".contains("(DPoP); run `okta login --org acme`") } == true)
        await scene.org.stop()
    }

    @Test("Proofs: a call is retried once for a nonce of the API, and keeps the nonce", .hangLimit)
    func nonceOfTheAPI() async throws {
        let scene = try await SignInScene(bindsTokens: true)
        let tokens = try await DeviceSignIn(scene.app(), time: OrgTimeSource(scene.org.clock)).tokens { _ in }
        let transport = NonceTransport()
        let client = try scene.client(with: tokens, transport: transport)
        for _ in 0..<2 { _ = try await client.request(.get, "/api/v1/users/me", query: ["a": "b"]) }
        let proofs = transport.proofs.withLock { $0 }
        #expect(proofs.map { $0[string: "nonce"] } == [nil, "api-nonce", "api-nonce"])
        #expect(proofs.allSatisfy { $0[string: "htu"] == scene.org.url + "/api/v1/users/me" })
        #expect(Set(proofs.compactMap { $0[string: "jti"] }).count == 3)
        await scene.org.stop()
    }

    @Test("Tokens: stored tokens read back, and nothing prints them")
    func storedForm() throws {
        let tokens = SignInTokens(
            clientID: "0oa1", accessToken: "access-secret", refreshToken: "refresh-secret",
            expiry: Date(timeIntervalSince1970: 1_800_000_000.5), scopes: ["openid"],
            proofKey: ["kty": "EC", "d": "key-secret"])
        #expect(SignInTokens(stored: tokens.stored) == tokens)
        var dumped = ""
        dump(tokens, to: &dumped)
        for text in ["\(tokens)", String(reflecting: tokens), dumped] { #expect(!text.contains("secret")) }
        for text in ["", "{}", "[]", "{\"access_token\":\"x\"}"] { #expect(SignInTokens(stored: text) == nil) }
    }
}

/// An API that requires a nonce with each proof.
private final class NonceTransport: HTTPTransport {
    let proofs = Mutex<[JSON]>([])

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let proof = request.head.headerFields.first { $0.name.canonicalName == "dpop" }?.value
        let claims = proof.flatMap { Self.claims($0) } ?? .null
        proofs.withLock { $0.append(claims) }
        guard claims[string: "nonce"] == nil else {
            return TransportResponse(head: HTTPResponse(status: .ok), body: Array("{}".utf8))
        }
        var head = HTTPResponse(status: .unauthorized)
        for (name, value) in [("dpop-nonce", "api-nonce"), ("www-authenticate", #"DPoP error="use_dpop_nonce""#)] {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return TransportResponse(head: head, body: [])
    }

    private static func claims(_ proof: String) -> JSON? {
        let parts = proof.split(separator: ".")
        guard parts.count == 3 else { return nil }
        var text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: String(text)).flatMap { try? JSON(parsing: Array($0)) }
    }
}
#endif
