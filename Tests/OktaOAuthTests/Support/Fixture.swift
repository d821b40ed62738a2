import Foundation
import OktaOAuth
import OktaRuntime
import Testing

/// The files of the tests.
enum Fixture {
    /// Returns the text of a key in `Fixtures/keys`.
    static func key(_ name: String) throws -> String { try text("keys/\(name)", "pem") }

    static func text(_ name: String, _ ext: String) throws -> String {
        let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: ext)
        return try String(contentsOf: #require(url, "no fixture \(name).\(ext)"), encoding: .utf8)
    }

    /// Returns a test vector of an RFC.
    static func vector(_ name: String) throws -> JSON {
        try #require(JSON(parsing: text("rfc-vectors", "json"))[name])
    }

    /// A key for tests that do not concern keys.
    static func signingKey() throws -> OAuthPrivateKey {
        try OAuthPrivateKey(key("ec-p256-pkcs8"), keyID: "test-kid")
    }
}
