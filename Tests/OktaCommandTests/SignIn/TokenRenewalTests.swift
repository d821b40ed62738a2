#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Sign-in: renewal of tokens")
struct TokenRenewalTests {
    /// Stores the tokens of a sign-in as a profile whose access token has expired.
    private func expire(_ tokens: SignInTokens, in context: ProgramContext) throws {
        let old = SignInTokens(
            clientID: tokens.clientID, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken,
            expiry: Date(timeIntervalSince1970: 0), scopes: tokens.scopes)
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

    @Test(
        "Renewal: calls of several programs at once cost one request: a refresh token is good for one use", .hangLimit)
    func isSharedAndSafe() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        try expire(try await signIn(scene, context), in: context)
        for round in 1...3 {
            let before = scene.tokenRequests
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Each client stands for a program: it knows only what is stored.
                for _ in 0..<4 {
                    let client = try OrgSelection(name: "acme").client(context)
                    for _ in 0..<3 {
                        group.addTask { _ = try await client.request(.get, "/api/v1/users/me") }
                    }
                }
                try await group.waitForAll()
            }
            #expect(scene.tokenRequests - before == 1, "round \(round)")
            let stored = try #require(try SecretStore(context).read("acme").flatMap { SignInTokens(stored: $0.secret) })
            #expect(stored.isFresh(at: Date()))
            try expire(stored, in: context)
        }
        await scene.org.stop()
    }

    @Test("Renewal: a token that the org revoked is renewed once, and the call succeeds", .hangLimit)
    func afterRevocation() async throws {
        let scene = try await SignInScene()
        let home = try TemporaryHome()
        let context = home.context()
        let tokens = try await signIn(scene, context)
        try SecretStore(context).write(tokens.stored, of: "acme", to: .file)
        let exchange = try TokenExchange(orgURL: scene.org.url, clientID: scene.clientID)
        _ = try await exchange.client.request(
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

    @Test("Tokens: what is stored reads back, and nothing prints them")
    func storedForm() throws {
        let tokens = SignInTokens(
            clientID: "0oa1", accessToken: "access-secret", refreshToken: "refresh-secret",
            expiry: Date(timeIntervalSince1970: 1_800_000_000.5), scopes: ["openid"])
        #expect(SignInTokens(stored: tokens.stored) == tokens)
        var dumped = ""
        dump(tokens, to: &dumped)
        for text in ["\(tokens)", String(reflecting: tokens), dumped] { #expect(!text.contains("secret")) }
        for text in ["", "{}", "[]", "{\"access_token\":\"x\"}"] { #expect(SignInTokens(stored: text) == nil) }
    }
}
#endif
