import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for apps, their credentials and assignments.
@Suite("Recorded orgs: apps")
struct AppFactTests {
    private let org = TestOrg()

    private func app(_ body: JSON) -> TestOrg.Response { org("POST", "/api/v1/apps", body) }

    private func bookmark(_ label: String = "B") -> TestOrg.Response {
        app([
            "name": "bookmark", "label": JSON(label), "signOnMode": "BOOKMARK",
            "settings": ["app": ["url": "https://a.example"]],
        ])
    }

    private func openID(_ name: JSON? = "oidc_client", _ method: String = "client_secret_basic") -> TestOrg.Response {
        var body: JSON = [
            "label": "Shop", "signOnMode": "OPENID_CONNECT",
            "credentials": ["oauthClient": ["token_endpoint_auth_method": JSON(method)]],
            "settings": [
                "oauthClient": [
                    "application_type": "web", "grant_types": ["authorization_code", "refresh_token"],
                    "redirect_uris": ["https://example.com"],
                ]
            ],
        ]
        body["name"] = name
        return app(body)
    }

    private func saml(_ label: String = "S") -> TestOrg.Response {
        app([
            "label": JSON(label), "signOnMode": "SAML_2_0", "settings": ["signOn": ["ssoAcsUrl": "https://a.example"]],
        ])
    }

    @Test("Apps: every sign-on mode has status 200 and the common defaults")
    func fillsDefaults() {
        for made in [bookmark(), openID(), saml()] {
            let json = made.json
            #expect(made.status == 200 && json.text("status") == "ACTIVE" && json["features"]?.count == 0)
            #expect(json[path: "accessibility.selfService"]?.bool == false)
            #expect(json[path: "accessibility.loginRedirectUrl"]?.kind == .null)
            #expect(json[path: "visibility.autoSubmitToolbar"]?.bool == false)
            #expect(json.text("credentials.userNameTemplate.type") == "BUILT_IN")
            #expect(json[path: "settings.notifications.vpn.message"]?.kind == .null)
            #expect(json[path: "settings.notes.admin"]?.kind == .null)
            #expect(json[path: "settings.manualProvisioning"]?.bool == false)
            let links = Set((json["_links"]?.members ?? []).map(\.key))
            #expect(
                links.isSuperset(of: ["uploadLogo", "appLinks", "groups", "logo", "users", "deactivate", "policies"]))
            #expect(json.text("orn")?.hasSuffix(":apps:\(json.text("name") ?? ""):\(made.id)") == true)
        }
    }

    @Test("Apps: Universal Logout is disabled for OpenID Connect and custom SAML, and unsupported elsewhere")
    func showsUniversalLogout() {
        #expect(openID().json.text("universalLogout.status") == "DISABLED")
        #expect(saml().json.text("universalLogout.supportType") == "FULL")
        #expect(bookmark().json["universalLogout"]?.members?.map(\.key) == ["status"])
        #expect(bookmark().json.text("universalLogout.status") == "UNSUPPORTED")
    }

    @Test("Apps: labels need not be unique, template names stay, and names are in lower case")
    func names() {
        #expect(bookmark("Same").status == 200)
        let second = bookmark("Same")
        #expect(second.status == 200 && second.json.text("name") == "bookmark")
        let other = app(["name": "Zoom_US", "label": "Z", "signOnMode": "AUTO_LOGIN"])
        #expect(other.json.text("name") == "zoom_us" && other.json.text("signOnMode") == "BROWSER_PLUGIN")
    }

    @Test(
        "App keys: OpenID Connect apps share one, each SAML app has a separate one for ten years, a bookmark has none")
    func signs() {
        let kid = { (response: TestOrg.Response) in response.json.text("credentials.signing.kid") }
        #expect(kid(openID()) != nil && kid(openID()) == kid(openID()))
        let (first, second) = (saml(), saml())
        #expect(kid(first) != nil && kid(first) != kid(second))
        #expect(kid(first)?.utf8.count == 43)
        #expect(bookmark().json[path: "credentials.signing"]?.count == 0)
        let keys = org("GET", "/api/v1/apps/\(first.id)/credentials/keys").json
        let (created, expires) = (keys[0]?.text("created") ?? "", keys[0]?.text("expiresAt") ?? "")
        #expect((Int(expires.prefix(4)) ?? 0) - (Int(created.prefix(4)) ?? 0) == 10)
        #expect(keys.count == 1 && keys[0]?.text("use") == "sig")
    }

    @Test("SAML: a custom app has these sign-on settings, and its metadata names one entity per app")
    func completesSAML() {
        let made = saml()
        let signOn = made.json[path: "settings.signOn"] ?? [:]
        #expect(signOn.text("idpIssuer") == "http://www.okta.com/${org.externalKey}")
        #expect(signOn["spIssuer"]?.kind == .null && signOn["requestCompressed"]?.bool == false)
        #expect(signOn["inlineHooks"]?.count == 0 && signOn["acsEndpoints"]?.count == 0)
        #expect(signOn[path: "assertionEncryption.enabled"]?.bool == false)
        let metadata = { (id: String) in
            String(decoding: org("GET", "/api/v1/apps/\(id)/sso/saml/metadata").raw.body, as: UTF8.self)
        }
        #expect(metadata(made.id).contains("entityID=\"http://www.okta.com/exk"))
        #expect(metadata(made.id) != metadata(saml().id))
    }

    @Test("OpenID Connect: an omitted client id, secret and settings have defaults")
    func completesOpenID() {
        let made = openID()
        let client = made.json[path: "credentials.oauthClient"] ?? [:]
        #expect(client.text("client_id") == made.id && client.text("client_secret")?.utf8.count == 64)
        #expect(client["autoKeyRotation"]?.bool == true)
        let settings = made.json[path: "settings.oauthClient"] ?? [:]
        #expect(settings["client_uri"]?.kind == .null && settings["logo_uri"]?.kind == .null)
        #expect(settings.text("issuer_mode") == "DYNAMIC" && settings.text("wildcard_redirect") == "DISABLED")
        #expect(settings.text("idp_initiated_login.mode") == "DISABLED")
        #expect(settings.text("refresh_token.rotation_type") == "STATIC")
        #expect(made.json[path: "visibility.hide.web"]?.bool == true)
        let replaced = org("PUT", "/api/v1/apps/\(made.id)", made.json)
        #expect(replaced.json[path: "credentials.oauthClient.client_secret"] != nil)
        #expect(org("GET", "/api/v1/apps/\(made.id)").json[path: "credentials.oauthClient.client_secret"] == nil)
    }

    @Test("OpenID Connect: the client of a catalog app is not shown")
    func hidesCatalogClient() {
        let made = openID("zoomus")
        #expect(made.status == 200 && made.json[path: "settings.oauthClient"] == nil)
        #expect(made.json[path: "credentials.oauthClient"] == nil)
        #expect(made.json[path: "_links.clientCredentials"] != nil)
    }

    @Test("Plugins: the scheme is that of the user's own password, and empty template strings are null")
    func completesPlugin() {
        let made = app([
            "name": "template_swa", "label": "T", "signOnMode": "BROWSER_PLUGIN",
            "credentials": ["userName": "", "password": ["value": "x"]],
            "settings": ["app": ["url": "https://a.example", "loginUrlRegex": "", "buttonField": "b"]],
        ])
        #expect(made.json.text("credentials.scheme") == "EDIT_USERNAME_AND_PASSWORD")
        #expect(made.json[path: "credentials.revealPassword"]?.bool == false)
        #expect(made.json[path: "credentials.password"] == nil && made.json[path: "credentials.userName"] == nil)
        for field in ["loginUrlRegex", "redirectUrl", "checkbox"] {
            #expect(made.json[path: "settings.app.\(field)"]?.kind == .null, "\(field)")
        }
    }

    @Test("Apps: a replacement keeps omitted ids, dates and groups, and always changes lastUpdated")
    func replaces() {
        for made in [openID(), saml(), bookmark()] {
            org.clock.advance(by: 60)
            var body = made.json
            for member in ["credentials", "_links", "universalLogout", "orn", "created"] { body[member] = nil as JSON? }
            body[path: "settings.notifications"] = nil as JSON?
            let now = org("PUT", "/api/v1/apps/\(made.id)", body)
            #expect(now.status == 200 && now.id == made.id)
            for path in [
                "created", "orn", "status", "credentials.signing", "credentials.userNameTemplate",
                "settings.notifications", "universalLogout", "visibility.appLinks",
            ] {
                #expect(now.json[path: path] == made.json[path: path], "\(path)")
            }
            #expect(now.json["lastUpdated"] != made.json["lastUpdated"])
        }
    }

    @Test("Apps: an inactive template or catalog app can be replaced")
    func replacesInactive() {
        let made = bookmark()
        org("POST", "/api/v1/apps/\(made.id)/lifecycle/deactivate")
        let now = org("PUT", "/api/v1/apps/\(made.id)", made.json)
        #expect(now.status == 200 && now.json.text("status") == "INACTIVE")
    }

    @Test("Client secrets: are shown completely, and an active one cannot be deleted")
    func showsSecrets() {
        let path = "/api/v1/apps/\(openID().id)/credentials/secrets"
        let made = org("POST", path)
        #expect(made.status == 201 && made.json.text("client_secret")?.utf8.count == 64)
        #expect(made.json.text("secret_hash")?.utf8.count == 22)
        for response in [
            org("GET", "\(path)/\(made.id)"), org("POST", "\(path)/\(made.id)/lifecycle/deactivate"),
            org("POST", "\(path)/\(made.id)/lifecycle/activate"),
        ] {
            #expect(response.status == 200 && response.json["client_secret"] == made.json["client_secret"])
        }
        #expect(org("GET", path).json.count == 2)
        #expect(org("DELETE", "\(path)/\(made.id)").status == 400)
        let inactive = org("POST", "\(path)/\(made.id)/lifecycle/deactivate").json
        #expect(inactive[path: "_links.activate"] != nil && inactive[path: "_links.delete"] != nil)
        #expect(org("DELETE", "\(path)/\(made.id)").status == 204)
    }

    @Test("Provisioning: an app without it has an unknown connection and no features")
    func lacksProvisioning() {
        let id = bookmark().id
        let connection: JSON = ["status": "UNKNOWN", "profile": ["authScheme": "UNKNOWN"]]
        #expect(org("GET", "/api/v1/apps/\(id)/connections/default").json == connection)
        let response = org("POST", "/api/v1/apps/\(id)/connections/default", ["profile": ["authScheme": "UNKNOWN"]])
        #expect(response.status == 200 && response.json == connection)
        #expect(org("GET", "/api/v1/apps/\(id)/features").causes == ["Provisioning is not supported."])
        let unknown = org("GET", "/api/v1/apps/\(id)/features/OTHER")
        #expect(unknown.json.text("errorSummary")?.hasSuffix("OTHER (PublicAppFeatureSetName)") == true)
    }

    @Test("App users: have these members, those of OpenID Connect apps the claims, those of bookmarks none")
    func assigns() {
        let user = org.user("ada").id
        let assigned = org("POST", "/api/v1/apps/\(openID().id)/users", ["id": JSON(user)]).json
        #expect(
            Set((assigned.members ?? []).map(\.key)) == [
                "id", "externalId", "created", "lastUpdated", "scope", "status", "statusChanged", "passwordChanged",
                "syncState", "credentials", "profile", "_links",
            ])
        #expect(assigned.text("scope") == "USER" && assigned.text("syncState") == "DISABLED")
        #expect(assigned["passwordChanged"]?.kind == .null && assigned["externalId"]?.kind == .null)
        #expect(assigned.text("credentials.userName") == "ada@example.com" && assigned["profile"]?.count == 20)
        let plain = org("POST", "/api/v1/apps/\(bookmark().id)/users", ["id": JSON(user)])
        #expect(plain.json["profile"]?.count == 0)
    }

    @Test("App groups: the priority is as sent, or 0, and another assignment changes it")
    func ranksGroups() {
        let id = bookmark().id
        let group = org.group("A").id
        let path = "/api/v1/apps/\(id)/groups/\(group)"
        let first = org("PUT", path, [:])
        #expect(first.status == 200 && first.json["priority"]?.int == 0 && first.json["profile"]?.count == 0)
        #expect(org("PUT", path, ["priority": 4]).json["priority"]?.int == 4)
        #expect(org("DELETE", path).status == 204)
    }
}
