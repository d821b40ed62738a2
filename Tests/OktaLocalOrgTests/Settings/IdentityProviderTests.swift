import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: identity providers")
struct IdentityProviderTests {
    @Test("Identity providers: OIDC and social providers show their secret and issuer mode, SAML shows neither")
    func createsProviders() {
        let org = TestOrg()
        let client: JSON = ["client_id": "id", "client_secret": "secret", "pkce_required": .null]
        for type in ["OIDC", "GOOGLE", "FACEBOOK", "MICROSOFT"] {
            let created = org(
                "POST", "/api/v1/idps",
                [
                    "type": JSON(type), "name": JSON(type),
                    "protocol": ["type": "OIDC", "credentials": ["client": client]],
                ])
            let read = org("GET", "/api/v1/idps/\(created.id)")
            for response in [created, read] {
                #expect(response.json["status"]?.string == "ACTIVE")
                #expect(response.json["issuerMode"]?.string == "ORG_URL")
                #expect(response.json[path: "protocol.credentials.client.client_secret"]?.string == "secret")
                #expect(response.json[path: "protocol.credentials.client.pkce_required"] == nil)
                #expect(response.json[path: "policy.accountLink.filter"]?.kind == .null)
                #expect(response.json[path: "_links.authorize"] != nil)
            }
            if type != "OIDC" { #expect(created.json[path: "protocol.endpoints.token.url"] != nil) }
        }
        let saml = org(
            "POST", "/api/v1/idps",
            ["type": "SAML2", "name": "S", "issuerMode": "CUSTOM_URL", "protocol": ["type": "SAML2"]])
        #expect(saml.json["issuerMode"] == nil)
        #expect(saml.json[path: "policy.trustClaims"]?.bool == false)
        let audience = saml.json[path: "protocol.credentials.trust.audience"]?.string
        #expect(audience?.hasPrefix("https://www.okta.com/saml2/service-provider/sp") == true)
        #expect(saml.json[path: "_links.metadata"] != nil)
        #expect(org("POST", "/api/v1/idps", ["type": "NONE", "name": "N"]).status == 400)
    }

    @Test("Identity providers: users are linked to accounts, and social accounts have tokens")
    func linksUsers() {
        let org = TestOrg()
        let user = org.user("ada").id
        let provider = org("POST", "/api/v1/idps", ["type": "GOOGLE", "name": "G", "protocol": ["type": "OIDC"]]).id
        let path = "/api/v1/idps/\(provider)/users"
        let link = org("POST", "\(path)/\(user)", ["externalId": "121749775026145"])
        #expect(link.status == 200)
        #expect(link.json["externalId"]?.string == "121749775026145")
        #expect(org("GET", path).json.count == 1)
        let tokens = org("GET", "\(path)/\(user)/credentials/tokens").json
        #expect(tokens[0]?.text("tokenAuthScheme") == "Bearer")
        let other = org.user("bob").id
        #expect(org("POST", "\(path)/\(other)", ["externalId": "121749775026145"]).status == 400)
        #expect(org("POST", "\(path)/\(other)", [:]).status == 400)
        #expect(org("DELETE", "\(path)/\(user)").status == 204)
        #expect(org("GET", "\(path)/\(user)").status == 404)
    }

    @Test("Identity providers: one with a routing rule cannot be deleted")
    func keepsRoutedProvider() throws {
        let org = TestOrg()
        let provider = org("POST", "/api/v1/idps", ["type": "OIDC", "name": "I", "protocol": ["type": "OIDC"]]).id
        let policy = try #require(org("GET", "/api/v1/policies?type=IDP_DISCOVERY").json[0]?.text("id"))
        let rules = "/api/v1/policies/\(policy)/rules"
        let rule = org(
            "POST", rules, ["name": "r", "actions": ["idp": ["providers": [["type": "OIDC", "id": JSON(provider)]]]]])
        #expect(rule.json["type"]?.string == "IDP_DISCOVERY")
        #expect(org("DELETE", "/api/v1/idps/\(provider)").errorCode == "E0000167")
        org("DELETE", "\(rules)/\(rule.id)")
        #expect(org("POST", "/api/v1/idps/\(provider)/lifecycle/deactivate").json["status"]?.string == "INACTIVE")
        #expect(org("DELETE", "/api/v1/idps/\(provider)").status == 204)
    }
}
