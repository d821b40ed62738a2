import Foundation
import OktaOAuth
import OktaRuntime
import Testing

/// Files of the tests.
enum Fixture {
    /// The text of a key in `Fixtures/keys`.
    static func key(_ name: String) throws -> String { try text("keys/\(name)", "pem") }

    static func text(_ name: String, _ ext: String) throws -> String {
        let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: ext)
        return try String(contentsOf: #require(url, "no fixture \(name).\(ext)"), encoding: .utf8)
    }

    /// A vector of an RFC.
    static func vector(_ name: String) throws -> JSON {
        try #require(JSON(parsing: text("rfc-vectors", "json"))[name])
    }

    /// A key for all that is not about keys.
    static func signingKey() throws -> OAuthPrivateKey {
        try OAuthPrivateKey(key("ec-p256-pkcs8"), keyID: "test-kid")
    }
}
