#if LocalOrg
import Crypto
import OktaRuntime

@testable import OktaLocalOrg

/// A security event that a provider reports.
enum TestSecurityEvent {
    private static let riskChange = "https://schemas.okta.com/secevent/okta/event-type/user-risk-change"

    /// A token that reports a user's high risk.
    static func token(
        from issuer: String, by key: P256.Signing.PrivateKey, about user: String = "nobody@example.com",
        change: (inout JSON) -> Void = { _ in }
    ) -> String {
        let subject: JSON = ["user": ["format": "email", "email": JSON(user)]]
        var claims: JSON = [
            "iss": JSON(issuer), "aud": "https://test.okta.com", "jti": "set-1", "iat": 1_764_000_000,
            "events": JSON(members: [(riskChange, ["subject": subject, "current_level": "high"])]),
        ]
        change(&claims)
        let header: JSON = ["alg": "ES256", "kid": "k", "typ": "secevent+jwt"]
        let text = try? CompactToken.text(header: header, claims: claims) { message in
            Array(try key.signature(for: message).rawRepresentation)
        }
        return text ?? ""
    }
}
#endif
