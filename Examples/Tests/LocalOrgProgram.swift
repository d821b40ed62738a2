import Foundation
import Okta
import OktaOAuth

/// The program `okta-local-org`, built by `make examples`. It has the OAuth endpoints.
final class LocalOrgProgram {
    private static let path = ProcessInfo.processInfo.environment["OKTA_LOCAL_ORG"]

    static var isBuilt: Bool { path.map(FileManager.default.isExecutableFile) ?? false }

    let url: String

    private let process: Process
    private static let token = "token-of-the-examples"

    /// Starts an org with the objects of a file, on a free port.
    init(seed: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path ?? "")
        process.arguments = ["--seed", seed.path, "--token", Self.token]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        self.process = process
        // Its first line is `okta-local-org: URL`; without one, it has ended.
        var text = ""
        while !text.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw ExampleError.notBuilt("okta-local-org") }
            text += String(decoding: data, as: UTF8.self)
        }
        url = String(text.prefix { $0 != "\n" }.dropFirst("okta-local-org: ".count))
    }

    /// Creates an app with a public key, a scope and an admin role, as an administrator does. Returns the settings with
    /// which a program signs in as this app.
    func settingsOfApp(scope: String) async throws -> [String: String] {
        let okta = try OktaClient(configuration: OktaConfiguration(orgURL: url, token: Self.token))
        let publicKey = try JSON(parsing: OAuthPrivateKey(Self.privateKey, keyID: "examples").publicJWK ?? "null")
        let application: JSON = [
            "name": "oidc_client", "label": "Examples", "signOnMode": "OPENID_CONNECT",
            "credentials": ["oauthClient": ["token_endpoint_auth_method": "private_key_jwt"]],
            "settings": [
                "oauthClient": [
                    "application_type": "service", "grant_types": ["client_credentials"], "response_types": ["token"],
                    "jwks": ["keys": [publicKey]],
                ]
            ],
        ]
        let app = try await okta.request(.post, "/api/v1/apps", body: .json(application)).json()
        let id = app["id"]?.string ?? ""
        let clientID = app["credentials"]?["oauthClient"]?["client_id"]?.string ?? ""
        try await okta.request(
            .post, "/api/v1/apps/\(id)/grants", body: .json(["scopeId": JSON(scope), "issuer": JSON(url)]))
        try await okta.request(
            .post, "/oauth2/v1/clients/\(clientID)/roles", body: .json(["type": "READ_ONLY_ADMIN"]))
        return [
            "OKTA_CLIENT_ORGURL": url, "OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey", "OKTA_CLIENT_CLIENTID": clientID,
            "OKTA_CLIENT_SCOPES": scope, "OKTA_CLIENT_PRIVATEKEY": Self.privateKey, "OKTA_CLIENT_KID": "examples",
        ]
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// A key that exists only for these tests.
    private static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiPIEy+krQ7L/L4oO
        z5UdDs4wAvG/cn+nvbqPbdlFVHWhRANCAAQ3STaU3zjJrkf/CS0jiaEduMIK2cmt
        +NW44J5uH23yARiinXzv7JWDGcWLPaGOOYJDC1Q3sMu8n0VyoqplJoNV
        -----END PRIVATE KEY-----
        """
}
