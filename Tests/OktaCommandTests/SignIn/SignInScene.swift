#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Synchronization

/// A local org with a person, and the app that the person signs in to.
struct SignInScene {
    static let scopes = ["openid", "offline_access", "okta.users.read", "okta.roles.read"]
    let org: LocalOrg
    let clientID: String
    let login = "ada@example.com"

    /// - Parameters:
    ///   - redirect: The redirect URI of the app.
    ///   - bindsTokens: Whether the app requires proofs of possession (DPoP).
    init(
        redirect: String = "http://127.0.0.1:1/callback", clock: OrgClock = .system(), bindsTokens: Bool = false
    ) async throws {
        var options = LocalOrg.Options()
        options.org.clock = clock
        options.org.tokens = ["good-token"]
        org = try await LocalOrg.start(options)
        let user =
            try await org.client.request(
                .post, "/api/v1/users?activate=true",
                body: .json(
                    [
                        "profile": [
                            "firstName": "Ada", "lastName": "Example", "login": "ada@example.com",
                            "email": "ada@example.com",
                        ],
                        "credentials": ["password": ["value": "Password-1234"]],
                    ] as JSON)
            ).json()[string: "id"] ?? ""
        let app = try await Self.makeApp(
            in: org, "okta command", method: "none", scopes: Self.scopes.filter { $0.hasPrefix("okta.") },
            [
                "application_type": "native", "response_types": ["code"],
                "grant_types": [
                    "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code",
                ],
                "redirect_uris": [JSON(redirect)], "dpop_bound_access_tokens": JSON(bindsTokens),
                "refresh_token": ["rotation_type": "ROTATE", "leeway": 0],
            ])
        clientID = app.clientID
        _ = try await org.client.request(
            .post, "/api/v1/apps/\(app.id)/users", body: .json(["id": JSON(user), "scope": "USER"] as JSON))
    }

    /// Creates an app with grants.
    ///
    /// - Parameters:
    ///   - method: The app's authentication method.
    ///   - settings: The app's settings as an OAuth client.
    static func makeApp(
        in org: LocalOrg, _ label: String, method: String, scopes: [String], _ settings: JSON
    ) async throws -> (id: String, clientID: String) {
        let app = try await org.client.request(
            .post, "/api/v1/apps",
            body: .json(
                [
                    "name": "oidc_client", "label": JSON(label), "signOnMode": "OPENID_CONNECT",
                    "credentials": ["oauthClient": ["token_endpoint_auth_method": JSON(method)]],
                    "settings": ["oauthClient": settings],
                ] as JSON)
        ).json()
        let id = app[string: "id"] ?? ""
        for scope in scopes {
            _ = try await org.client.request(
                .post, "/api/v1/apps/\(id)/grants",
                body: .json(["scopeId": JSON(scope), "issuer": JSON(org.url)] as JSON))
        }
        return (id, app["credentials"]?["oauthClient"]?[string: "client_id"] ?? id)
    }

    /// The app for a sign-in.
    func app(hint: String? = "ada@example.com") throws -> SignInApp {
        try SignInApp(orgURL: org.url, clientID: clientID, scopes: Self.scopes, loginHint: hint)
    }

    /// Returns a client with the tokens of a sign-in.
    func client(with tokens: SignInTokens, transport: (any HTTPTransport)? = nil) throws -> OktaClient {
        try OktaClient(
            configuration: OktaConfiguration(
                orgURL: org.url,
                authorization: SignInAuthorization(profile: "acme", orgURL: org.url, tokens: tokens, store: nil)),
            transport: transport)
    }

    /// The number of token requests.
    var tokenRequests: Int { org.requests.count { $0.path == "/oauth2/v1/token" } }
}

/// A time source whose pauses return immediately and advance the org's clock instead.
final class OrgTimeSource: ServerClock.Source {
    private let clock: OrgClock
    private let now = TimeCount()
    /// The seconds by which the org's clock lags behind in each of the first pauses.
    private let lags: TimeCount

    init(_ clock: OrgClock, lags: Int = 0) {
        self.clock = clock
        self.lags = TimeCount(lags)
    }

    var elapsed: Duration { .seconds(now.value) }
    var wallClock: Date { Date() }

    /// The pauses in seconds, in order.
    var pauses: [Int] { now.steps }

    func sleep(until moment: Duration) async throws(CancellationError) {
        let seconds = Int((moment - elapsed).components.seconds)
        now.add(seconds)
        clock.advance(by: lags.value > 0 ? 1 : seconds)
        if lags.value > 0 { lags.add(-1) }
    }
}

/// A number of seconds that tasks may change.
final class TimeCount: Sendable {
    private let state: Mutex<(count: Int, changes: [Int])>

    init(_ count: Int = 0) { state = Mutex((count, [])) }

    var value: Int { state.withLock { $0.count } }
    var steps: [Int] { state.withLock { $0.changes } }

    func add(_ step: Int) {
        state.withLock {
            $0.count += step
            $0.changes.append(step)
        }
    }
}
#endif
