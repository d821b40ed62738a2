#if LocalOrg
import Crypto
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: keys and apps of my account")
struct MyKeyTests {
    private let path = "/idp/myaccount"

    @discardableResult
    private func activate(_ key: String, _ org: TestOrg) throws -> String {
        let all = org("GET", "/api/v1/authenticators").json.elements ?? []
        let id = try #require(all.first { $0.text("key") == key }?.text("id"))
        org("POST", "/api/v1/authenticators/\(id)/lifecycle/activate")
        return id
    }

    private func clientData(_ challenge: JSON?, type: String = "webauthn.create") -> JSON {
        let data: JSON = ["type": JSON(type), "challenge": challenge ?? .null, "origin": "https://test.okta.com"]
        return JSON(Base64URL.encode(data.bytes))
    }

    @Test("My account: a security key solves the challenge once, and has the attestation's id")
    func enrollsKey() throws {
        let org = TestOrg()
        #expect(org("POST", "\(path)/webauthn/registration").errorCode == "E0000038")
        try activate("webauthn", org)
        let challenge = org("POST", "\(path)/webauthn/registration").json[path: "options.challenge"]
        // The map of an attestation object with authenticator data for a credential of four bytes.
        let data = [UInt8](repeating: 0, count: 32 + 1 + 4 + 16) + [0, 4, 1, 2, 3, 4]
        let object = [0xA1, 0x68] + Array("authData".utf8) + [0x58, UInt8(data.count)] + data
        func enroll(_ clientData: JSON) -> TestOrg.Response {
            org("POST", "\(path)/webauthn", ["attestation": JSON(Base64URL.encode(object)), "clientData": clientData])
        }
        #expect(enroll(clientData("another")).errorCode == "E0000001")
        #expect(enroll(clientData(challenge, type: "webauthn.get")).errorCode == "E0000001")
        let key = enroll(clientData(challenge))
        #expect(key.status == 200)
        #expect(key.json["credentialId"]?.string == Base64URL.encode([1, 2, 3, 4]))
        #expect(enroll(clientData(challenge)).errorCode == "E0000001")
        let next = org("POST", "\(path)/webauthn/registration").json[path: "options.excludeCredentials"]
        #expect(next?[0]?["id"] == key.json["credentialId"])
        #expect(org("GET", "\(path)/webauthn").json.count == 1)
        let me = org("GET", "/api/v1/users/me").id
        #expect(org("GET", "/api/v1/users/\(me)/factors").json[0]?.text("factorType") == "webauthn")
        #expect(org("DELETE", "\(path)/webauthn/\(key.id)").status == 204)
        #expect(org("GET", "\(path)/webauthn/\(key.id)").status == 404)
    }

    @Test("My account: an app authenticator lists the pending push, and responds with its key")
    func respondsToPush() throws {
        let org = TestOrg()
        let client = org.app()
        let authenticator = org(
            "POST", "/api/v1/authenticators",
            ["key": "custom_app", "name": "App", "settings": ["appInstanceId": JSON(client)]])
        let found = org("GET", "/.well-known/app-authenticator-configuration?oauthClientId=\(client)").json
        #expect(found[0]?["authenticatorId"]?.string == authenticator.id)
        #expect(org("GET", "/.well-known/app-authenticator-configuration").errorCode == "E0000028")
        let key = P256.Signing.PrivateKey()
        var jwk = TestClient.jwk(key)
        jwk["kid"] = "k"
        jwk["okta:kpr"] = "SOFTWARE"
        let enrolled = org(
            "POST", "\(path)/app-authenticators",
            [
                "authenticatorId": JSON(authenticator.id),
                "device": [
                    "clientInstanceKey": jwk, "osVersion": "14.3", "clientInstanceBundleId": "com.example",
                    "platform": "IOS", "clientInstanceVersion": "1", "clientInstanceDeviceSdkVersion": "1",
                    "displayName": "Phone",
                ],
                "methods": ["push": ["pushToken": "t", "keys": ["proofOfPossession": jwk]]],
            ])
        #expect(enrolled.status == 200)
        let device = enrolled.json.text("device.id") ?? ""
        #expect(org("GET", "/api/v1/devices/\(device)").json[path: "profile.displayName"]?.string == "Phone")
        let me = org("GET", "/api/v1/users/me").id
        let factor = "/api/v1/users/\(me)/factors/\(enrolled.json.text("methods.push.id") ?? "")"
        let own = "\(path)/app-authenticators/\(enrolled.id)"
        #expect(org("GET", "\(own)/push/notifications").json.count == 0)
        func respond(_ consent: String, with key: P256.Signing.PrivateKey) throws -> (status: Int, result: String?) {
            let push = org("POST", "\(factor)/verify").json
            let waiting = org("GET", "\(own)/push/notifications").json[0]?.text("challenge") ?? ""
            let challenge = try #require(CompactToken(waiting))
            let claims: JSON = [
                "sub": JSON(me), "aud": challenge.claims["iss"] ?? .null, "exp": JSON(org.clock.now.seconds + 60),
                "tx": challenge.claims["transactionId"] ?? .null,
                "challengeResponseContext": ["userConsent": JSON(consent)],
            ]
            let token = try CompactToken.text(header: ["alg": "ES256", "kid": "k"], claims: claims) { message in
                Array(try key.signature(for: message).rawRepresentation)
            }
            let uri = TestOrg.path(challenge.claims.text("verificationUri"))
            let verified = org("POST", uri, ["method": "push", "challengeResponse": JSON(token)])
            let poll = org("GET", TestOrg.path(push.text("_links.poll.href"))).json
            return (verified.status, poll.text("factorResult"))
        }
        let approved = try respond("APPROVED_CONSENT_PROMPT", with: key)
        #expect(approved.status == 200)
        #expect(approved.result == "SUCCESS")
        let denied = try respond("CANCELLED_TRANSACTION", with: key)
        #expect(denied.status == 204)
        #expect(denied.result == "REJECTED")
        let forged = try respond("APPROVED_CONSENT_PROMPT", with: P256.Signing.PrivateKey())
        #expect(forged.status == 400)
        #expect(forged.result == "WAITING")
        let changed = org("PATCH", own, ["methods": ["push": ["keys": ["proofOfPossession": jwk]]]])
        #expect(changed.errorCode == "E0000001")
        #expect(org("DELETE", own).status == 204)
        #expect(org("GET", factor).status == 404)
    }

    @Test("Security keys: the domain is the org's, or must be verified before use")
    func verifiesDomain() throws {
        let org = TestOrg()
        let method = "/api/v1/authenticators/\(try activate("webauthn", org))/methods/webauthn"
        func set(_ domain: String, enabled: Bool = false) -> TestOrg.Response {
            let settings: JSON = ["rpId": ["domain": ["name": JSON(domain)], "enabled": JSON(enabled)]]
            return org("PUT", method, ["type": "webauthn", "settings": settings])
        }
        #expect(org("POST", "\(method)/verify-rp-id-domain").status == 400)
        let foreign = set("keys.example.com")
        #expect(foreign.json.text("settings.rpId.domain.validationStatus") == "NOT_STARTED")
        #expect(foreign.json.text("settings.rpId.domain.dnsRecord.fqdn") == "_oktaverification.keys.example.com")
        #expect(set("keys.example.com", enabled: true).status == 400)
        #expect(org("POST", "\(method)/verify-rp-id-domain").status == 400)
        #expect(org("GET", method).json.text("settings.rpId.domain.validationStatus") == "ERROR")
        #expect(set("test.okta.com", enabled: true).json.text("settings.rpId.domain.validationStatus") == "VERIFIED")
        #expect(org("POST", "\(method)/verify-rp-id-domain").status == 204)
    }

    @Test("Provisioning: the provider's redirect after the consent activates the connection")
    func consents() {
        let org = TestOrg()
        let app = org("POST", "/api/v1/apps", ["name": "google", "label": "G", "signOnMode": "AUTO_LOGIN"]).id
        let callback = "/api/v1/apps/google/\(app)/oauth2/callback?code=c&state=s"
        #expect(org("POST", callback).status == 400)
        org("POST", "/api/v1/apps/\(app)/connections/default", ["profile": ["authScheme": "OAUTH2"]])
        #expect(org("POST", "/api/v1/apps/slack/\(app)/oauth2/callback?code=c&state=s").status == 404)
        #expect(org("POST", callback).status == 204)
        #expect(org("GET", "/api/v1/apps/\(app)/connections/default").json["status"]?.string == "ENABLED")
        #expect(org("POST", "/api/v1/apps/oidc_client/\(org.app())/oauth2/callback").status == 400)
    }
}
#endif
