#if LocalOrg
import Crypto
import Foundation
import OktaRuntime

@testable import OktaLocalOrg

extension TestOrg {
    /// Adds a rule to the first policy of a server that permits these grants for everyone.
    func allow(_ grants: [String], at server: String) {
        let path = "/api/v1/authorizationServers/\(server)/policies"
        let policy = self("GET", path).json[0]?.text("id") ?? ""
        self(
            "POST", "\(path)/\(policy)/rules",
            [
                "type": "RESOURCE_ACCESS", "name": "more grants",
                "conditions": [
                    "people": ["groups": ["include": ["EVERYONE"]]],
                    "grantTypes": ["include": JSON(grants.map { JSON($0) })], "scopes": ["include": ["*"]],
                ],
                "actions": ["token": ["accessTokenLifetimeMinutes": 60]],
            ])
    }
}

/// A client app of a test org, with its signing keys. Tests can make its requests invalid on purpose.
struct TestClient {
    let org: TestOrg
    let key: P256.Signing.PrivateKey
    let proofKey = P256.Signing.PrivateKey()
    let keyID = "key-1"
    private(set) var id = ""
    private(set) var secret: String?

    static let redirect = "https://app.example.com/callback"

    /// Creates the app.
    ///
    /// - Parameters:
    ///   - method: The authentication method.
    ///   - granted: The granted scopes of Okta's API.
    ///   - more: Further settings of the OAuth client.
    init(
        _ org: TestOrg, method: String = "private_key_jwt", grants: [String] = ["client_credentials"],
        responses: [String] = ["token"], granted: [String] = [], assigned: [String] = [], more: JSON = [:]
    ) {
        self.org = org
        key = P256.Signing.PrivateKey()
        var jwk = Self.jwk(key)
        jwk["kid"] = JSON(keyID)
        var settings: JSON = [
            "application_type": JSON(grants == ["client_credentials"] ? "service" : "web"),
            "grant_types": JSON(grants.map { JSON($0) }), "response_types": JSON(responses.map { JSON($0) }),
            "redirect_uris": [JSON(Self.redirect)], "post_logout_redirect_uris": ["https://app.example.com/bye"],
            "jwks": ["keys": [jwk]],
        ]
        settings.merge(more)
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Client", "signOnMode": "OPENID_CONNECT",
                "credentials": ["oauthClient": ["token_endpoint_auth_method": JSON(method)]],
                "settings": ["oauthClient": settings],
            ])
        id = app.id
        secret = app.json.text("credentials.oauthClient.client_secret")
        for scope in granted {
            org("POST", "/api/v1/apps/\(id)/grants", ["scopeId": JSON(scope), "issuer": "https://test.okta.com"])
        }
        for user in assigned {
            org("POST", "/api/v1/apps/\(id)/users", ["id": JSON(user), "scope": "USER"])
        }
    }

    /// Creates a client for an existing app.
    init(_ org: TestOrg, id: String, secret: String?, key: P256.Signing.PrivateKey = P256.Signing.PrivateKey()) {
        self.org = org
        self.key = key
        self.id = id
        self.secret = secret
    }

    static func jwk(_ key: P256.Signing.PrivateKey) -> JSON {
        let point = key.publicKey.rawRepresentation
        return JSON(members: [
            ("crv", "P-256"), ("kty", "EC"), ("x", JSON(Base64URL.encode(point.prefix(32)))),
            ("y", JSON(Base64URL.encode(point.suffix(32)))),
        ])
    }

    private static func signed(_ header: JSON, _ claims: JSON, _ key: P256.Signing.PrivateKey) throws -> String {
        let message = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        let signature = try key.signature(for: Array(message.utf8)).rawRepresentation
        return message + "." + Base64URL.encode(signature)
    }

    // MARK: Requests

    /// Returns an assertion for an endpoint, with some claims changed.
    func assertion(
        _ endpoint: String = "/oauth2/v1/token", kid: String? = "key-1", by other: P256.Signing.PrivateKey? = nil,
        claims changes: JSON = [:]
    ) throws -> String {
        let now = org.clock.now.seconds
        var header: JSON = ["alg": "ES256"]
        if let kid { header["kid"] = JSON(kid) }
        var claims: JSON = [
            "iss": JSON(id), "sub": JSON(id), "aud": JSON("https://test.okta.com\(endpoint)"), "iat": JSON(now),
            "exp": JSON(now + 300), "jti": JSON(UUID().uuidString),
        ]
        claims.merge(changes)
        return try Self.signed(header, claims, other ?? key)
    }

    /// Returns a proof for a request, with some claims changed.
    func proof(
        _ method: String, _ target: String, nonce: String? = nil, token: String? = nil, claims changes: JSON = [:],
        by other: P256.Signing.PrivateKey? = nil
    ) throws -> (name: String, value: String) {
        var claims: JSON = [
            "htm": JSON(method), "htu": JSON("https://test.okta.com\(target)"), "iat": JSON(org.clock.now.seconds),
            "jti": JSON(UUID().uuidString),
        ]
        if let nonce { claims["nonce"] = JSON(nonce) }
        if let token { claims["ath"] = JSON(Digests.sha256(token)) }
        claims.merge(changes)
        let key = other ?? proofKey
        return ("dpop", try Self.signed(["typ": "dpop+jwt", "alg": "ES256", "jwk": Self.jwk(key)], claims, key))
    }

    /// Posts a form, with an assertion unless the form has other client authentication.
    func post(
        _ path: String, _ form: [(String, String)], authenticates: Bool = true,
        headers: [(name: String, value: String)] = []
    ) throws -> TestOrg.Response {
        TestOrg.Response(
            org.engine.handle(try request(path, form, authenticates: authenticates, headers: headers)))
    }

    /// Returns the request that `post` sends.
    func request(
        _ path: String, _ form: [(String, String)], authenticates: Bool = true,
        headers: [(name: String, value: String)] = []
    ) throws -> LocalRequest {
        var form = form
        if authenticates, let secret {
            form += [("client_id", id), ("client_secret", secret)]
        } else if authenticates {
            form += [
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", try assertion(path)),
            ]
        }
        let body = form.map { "\($0)=\(PercentText.encoded($1))" }.joined(separator: "&")
        return LocalRequest(
            "POST", path,
            headers: [("host", "test.okta.com"), ("content-type", "application/x-www-form-urlencoded")] + headers,
            body: Array(body.utf8))
    }

    /// Requests a token with client credentials.
    func token(scope: String, headers: [(name: String, value: String)] = []) throws -> TestOrg.Response {
        try post(
            "/oauth2/v1/token", [("grant_type", "client_credentials"), ("scope", scope)], headers: headers)
    }

    /// Calls the API with an access token.
    func call(
        _ method: String, _ target: String, token: String, scheme: String = "Bearer",
        headers: [(name: String, value: String)] = []
    ) -> TestOrg.Response {
        let response = org.engine.handle(
            LocalRequest(
                method, target,
                headers: [("authorization", "\(scheme) \(token)"), ("host", "test.okta.com")] + headers))
        return TestOrg.Response(response)
    }

    /// Calls the authorize endpoint, and returns the parameters of its redirect.
    func authorize(
        _ changes: [String: String?] = [:], base: String = "/oauth2"
    ) -> (response: TestOrg.Response, parameters: [String: String]) {
        let response = TestOrg.Response(org.engine.handle(authorization(changes, base: base)))
        return (response, Self.parameters(of: response))
    }

    /// Returns the request that `authorize` sends.
    func authorization(_ changes: [String: String?] = [:], base: String = "/oauth2") -> LocalRequest {
        var parameters: [String: String?] = [
            "client_id": id, "redirect_uri": Self.redirect, "response_type": "code", "scope": "openid profile email",
            "state": "s 1", "login_hint": "ada@example.com", "code_challenge_method": "S256",
            "code_challenge": Digests.sha256(Self.verifier),
        ]
        parameters.merge(changes) { _, new in new }
        let query = parameters.compactMap { name, value in
            value.map { "\(name)=\(PercentText.encoded($0))" }
        }.sorted().joined(separator: "&")
        return LocalRequest("GET", "\(base)/v1/authorize?\(query)", headers: [("host", "test.okta.com")])
    }

    /// Returns the parameters of a redirect.
    static func parameters(of response: TestOrg.Response) -> [String: String] {
        let location = response.raw.header("location") ?? ""
        let text = location.drop { $0 != "?" && $0 != "#" }.dropFirst()
        var found: [String: String] = [:]
        for (name, value) in RequestTarget("/?" + text).query { found[name] = value }
        return found
    }

    static let verifier = "a-verifier-that-has-more-than-forty-three-characters"
}
#endif
