#if LocalOrg
import Crypto
import OktaRuntime

@testable import OktaLocalOrg

/// Keys and apps with which the admin of the org signs in.
extension ActionScene {
    private static let account = "/idp/myaccount"
    /// The key of all devices.
    private static let deviceKey = P256.Signing.PrivateKey()

    func account(_ name: String) -> String? {
        switch name {
        case "activeSecurityKey": return activeAuthenticator("webauthn")
        case "clientData":
            _ = object("activeSecurityKey")
            let options = call("POST", "\(Self.account)/webauthn/registration").json
            let data: JSON = [
                "type": "webauthn.create", "challenge": options[path: "options.challenge"] ?? .null,
                "origin": "https://test.okta.com",
            ]
            return Base64URL.encode(data.bytes)
        case "myKey": return create("\(Self.account)/webauthn").text("id")
        case "appEnrollment": return enrollment()
        case "myApp": return create("\(Self.account)/app-authenticators").text("id")
        case "securityEvent": return securityEvent()
        case "pushChallenge": return challenge()
        case "pushResponse": return response(to: own)
        default: return nil
        }
    }

    private func enrollment() -> String {
        let authenticator = call(
            "POST", "/api/v1/authenticators",
            #"{"key":"custom_app","name":"App","agreeToTerms":true,"settings":{"appInstanceId":"<app>"}}"#
        ).json.text("id")
        var key = TestClient.jwk(Self.deviceKey)
        key["kid"] = "k"
        key["okta:kpr"] = "SOFTWARE"
        let body: JSON = [
            "authenticatorId": JSON(authenticator ?? ""),
            "device": [
                "clientInstanceKey": key, "osVersion": "14.3", "clientInstanceBundleId": "com.example.app",
                "platform": "IOS", "clientInstanceVersion": "1.0", "clientInstanceDeviceSdkVersion": "1.0",
                "displayName": "d",
            ],
            "methods": ["push": ["pushToken": "t", "keys": ["proofOfPossession": key]]],
        ]
        return String(decoding: body.bytes, as: UTF8.self)
    }

    /// Returns the signed response of the app to a challenge that the user accepts.
    private func response(to challenge: String) -> String? {
        let claims: JSON = [
            "sub": call("GET", "/api/v1/users/me").json["id"] ?? .null, "aud": "https://test.okta.com",
            "tx": JSON(challenge), "exp": JSON(clock.now.seconds + 300), "keyType": "proofOfPossession",
            "challengeResponseContext": ["userConsent": "APPROVED_CONSENT_PROMPT"],
        ]
        let header: JSON = ["alg": "ES256", "kid": "k", "typ": "okta-pushbind+jwt"]
        return try? CompactToken.text(header: header, claims: claims) { message in
            Array(try Self.deviceKey.signature(for: message).rawRepresentation)
        }
    }

    /// An event of a provider with keys that a local org does not read.
    private func securityEvent() -> String? {
        let issuer = "https://signals.example.com"
        call(
            "POST", "/api/v1/security-events-providers",
            #"{"name":"p<n>","type":"p","settings":{"issuer":"\#(issuer)","jwks_url":"\#(issuer)/keys"}}"#)
        return TestSecurityEvent.token(from: issuer, by: Self.deviceKey)
    }

    /// A pending push to the app.
    private func challenge() -> String? {
        let app = object("myApp")
        let me = call("GET", "/api/v1/users/me").json.text("id") ?? ""
        let factors = call("GET", "/api/v1/users/\(me)/factors").json.elements ?? []
        let push = factors.first { $0.text("factorType") == "push" }?.text("id") ?? ""
        call("POST", "/api/v1/users/\(me)/factors/\(push)/verify")
        let waiting = call("GET", "\(Self.account)/app-authenticators/\(app)/push/notifications").json
        return waiting[0]?.text("challenge").flatMap { CompactToken($0) }?.claims.text("transactionId")
    }
}
#endif
