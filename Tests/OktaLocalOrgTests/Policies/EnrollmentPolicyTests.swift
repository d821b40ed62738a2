import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Policies for enrollment and the authenticators that they are about, as recordings of real orgs show them.
@Suite("Local org: authenticators in policies for enrollment")
struct EnrollmentPolicyTests {
    private let org = TestOrg()

    private func settings(_ policy: JSON) -> [String: String] {
        var settings: [String: String] = [:]
        for row in policy[path: "settings.authenticators"]?.elements ?? [] {
            settings[row.text("id") ?? row.text("key") ?? ""] = row.text("enroll.self")
        }
        return settings
    }

    private func authenticator(_ key: String) -> String {
        org("GET", "/api/v1/authenticators").json.elements?.first { $0.text("key") == key }?.text("id") ?? ""
    }

    private func customApp() -> String {
        let body: JSON = [
            "key": "custom_app", "name": "Push", "agreeToTerms": true, "settings": ["appInstanceId": JSON(org.app())],
            "provider": ["type": "PUSH", "configuration": ["fcm": ["id": "ppc1"]]],
        ]
        return org("POST", "/api/v1/authenticators?activate=true", body).id
    }

    @Test(
        "Enrollment policies: have all active authenticators; omitted ones are not allowed, duplicates have ids"
    )
    func completes() {
        let app = customApp()
        let made = org(
            "POST", "/api/v1/policies",
            [
                "type": "MFA_ENROLL", "name": "P", "conditions": ["people": ["groups": ["include": []]]],
                "settings": [
                    "type": "AUTHENTICATORS",
                    "authenticators": [
                        ["key": "okta_password", "enroll": ["self": "REQUIRED"]],
                        ["key": "custom_app", "id": JSON(app), "enroll": ["self": "OPTIONAL"]],
                    ],
                ],
            ])
        let expected = [
            "okta_email": "NOT_ALLOWED", "okta_verify": "NOT_ALLOWED", "okta_password": "REQUIRED",
            "security_question": "NOT_ALLOWED", app: "OPTIONAL",
        ]
        #expect(settings(made.json) == expected)
        #expect(settings(org("GET", "/api/v1/policies/\(made.id)").json) == expected)
        let listed = org("GET", "/api/v1/policies?type=MFA_ENROLL").json
        let own = listed.elements?.first { $0["system"] == true } ?? [:]
        #expect(settings(own)["okta_password"] == "REQUIRED" && settings(own)[app] == "OPTIONAL")
    }

    @Test("Authenticators: one that a policy offers cannot be deactivated, and the error names the policies")
    func refusesOffered() {
        for id in [authenticator("okta_verify"), customApp()] {
            let refused = org("POST", "/api/v1/authenticators/\(id)/lifecycle/deactivate")
            #expect(refused.status == 403 && refused.errorCode == "E0000148")
            #expect(refused.causes == ["Authenticator Enrollment Policies: Default Policy"])
        }
        let question = "/api/v1/authenticators/\(authenticator("security_question"))/lifecycle/deactivate"
        #expect(org("POST", question).status == 200)
        let again = org("POST", question)
        #expect(
            again.status == 400 && again.json.text("errorSummary")?.hasSuffix("unsupported.active.deactivate") == true)
    }

    @Test("Authenticators: the authenticator for background sign-in is the app's first")
    func refusesOfApps() {
        let id = customApp()
        let client: JSON = [
            "application_type": "web", "grant_types": ["authorization_code", "urn:openid:params:grant-type:ciba"],
            "redirect_uris": ["https://a.example/cb"], "backchannel_custom_authenticator_id": JSON(id),
        ]
        let app: JSON = [
            "name": "oidc_client", "label": "B", "signOnMode": "OPENID_CONNECT", "settings": ["oauthClient": client],
        ]
        #expect(org("POST", "/api/v1/apps", app).status == 200)
        let refused = org("POST", "/api/v1/authenticators/\(id)/lifecycle/deactivate")
        #expect(refused.status == 400 && refused.json.text("errorSummary") == "Api validation failed: Authenticator")
    }
}
