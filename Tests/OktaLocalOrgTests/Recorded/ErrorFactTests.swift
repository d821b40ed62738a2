import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded errors of real orgs, with their messages.
@Suite("Recorded orgs: refusals")
struct ErrorFactTests {
    private let org = TestOrg()

    @Test(
        "Errors: a 404 has Okta's name for every kind",
        arguments: [
            ("GET", "/api/v1/logStreams/x", "AppInstance"), ("GET", "/api/v1/zones/x", "NetworkZone"),
            ("GET", "/api/v1/idps/x", "IdpTrust"), ("GET", "/api/v1/idps/credentials/keys/x", "IdpTrust"),
            ("GET", "/api/v1/eventHooks/x", "Webhook"), ("GET", "/api/v1/inlineHooks/x", "InlineHook"),
            ("GET", "/api/v1/trustedOrigins/x", "TrustedOrigin"), ("GET", "/api/v1/brands/x", "Brand"),
            ("GET", "/api/v1/captchas/x", "Captcha"), ("GET", "/api/v1/behaviors/x", "BehaviorSettings"),
            ("GET", "/api/v1/device-assurances/x", "DeviceAssuranceRuleManagerImpl"),
            ("DELETE", "/api/v1/device-assurances/x", "DeviceAssuranceEntity"),
            ("GET", "/api/v1/devices/x", "Device"), ("GET", "/api/v1/devices/x/users", "GenericUDObject"),
            ("GET", "/api/v1/push-providers/x", "PushProviderConfigEntity"),
            ("GET", "/api/v1/principal-rate-limits/x", "PrincipalRateLimit"), ("GET", "/api/v1/realms/x", "Realm"),
            ("GET", "/api/v1/api-tokens/x", "Token"), ("GET", "/api/v1/meta/uischemas/x", "UISchemaEntity"),
            ("GET", "/api/v1/templates/sms/x", "AppInstance"),
            ("GET", "/api/v1/agentPools/x/updates/settings", "AppInstance"),
            ("GET", "/api/v1/authorizationServers/x", "AuthorizationServer"),
            ("GET", "/api/v1/authorizationServers/default/scopes/x", "OAuth2Scope"),
            ("GET", "/api/v1/authorizationServers/default/claims/x", "OAuth2Claim"),
            ("GET", "/api/v1/authorizationServers/default/policies/x", "Policy"),
            ("GET", "/api/v1/authorizationServers/default/clients/x/tokens", "PublicClientApp"),
            ("GET", "/api/v1/users/me/factors/x", "UserFactor"),
            ("GET", "/api/v1/users/me/roles/x", "RoleAssignment"),
        ])
    func namesKinds(_ method: String, _ path: String, kind: String) {
        let response = org(method, path)
        #expect(response.status == 404 && response.errorCode == "E0000007")
        #expect(response.json.text("errorSummary") == "Not found: Resource not found: x (\(kind))")
    }

    @Test("Errors: an unknown token is named after its app")
    func namesToken() {
        let app = org.app()
        let response = org("GET", "/api/v1/apps/\(app)/tokens/oar1")
        #expect(response.json.text("errorSummary")?.hasSuffix("\(app).oar1 (OAuth2RefreshTokenTx)") == true)
    }

    @Test("Errors: device assurances and rate limit shares name Okta's classes")
    func namesMediators() {
        let assurance = org("POST", "/api/v1/device-assurances", ["name": "D", "platform": "IOS"])
        #expect(assurance.errorCode == "E0000001")
        #expect(assurance.json.text("errorSummary") == "Api validation failed: deviceAssuranceMediated")
        for response in [
            org("GET", "/api/v1/principal-rate-limits"),
            org("GET", "/api/v1/principal-rate-limits?filter=principalId%20eq%20%22x%22"),
            org("POST", "/api/v1/principal-rate-limits", ["principalId": "x", "principalType": "OTHER"]),
        ] {
            #expect(response.json.text("errorSummary") == "Api validation failed: principalRateLimitMediated")
            #expect(response.status == 400 && response.causes.isEmpty)
        }
    }

    @Test("Errors: products that the org does not have respond with 401")
    func refusesProducts() {
        for path in ["/api/v1/device-posture-checks", "/api/v1/users/me/blocks"] {
            let response = org("GET", path)
            #expect(response.status == 401 && response.errorCode == "E0000015", "\(path)")
        }
    }

    @Test(
        "Errors: an invalid filter is rejected even without objects",
        arguments: [
            "/api/v1/devices?search=", "/api/v1/realms?search=", "/api/v1/logStreams?filter=", "/api/v1/zones?filter=",
            "/api/v1/apps?filter=", "/api/v1/users?search=", "/api/v1/groups?search=",
        ])
    func refusesFilters(_ path: String) {
        let response = org("GET", path + "id%20is%20%22a%22")
        #expect(response.status == 400 && response.errorCode == "E0000031")
    }

    @Test("Errors: apps can only be expanded by one user")
    func refusesExpansions() {
        for expand in ["user/id,group/id", "user", "user/"] {
            let response = org("GET", "/api/v1/apps?expand=\(expand)")
            #expect(response.json.text("errorSummary") == "Api validation failed: RequestParams")
            #expect(response.causes == ["Expand query is malformed."])
        }
    }
}
