#if LocalOrg
import OktaRuntime
import OktaTestSupport

@testable import OktaLocalOrg

/// The objects for the names in texts, such as `<user>`.
extension ActionScene {
    /// Names of objects that the catalog's create actions make, with their lists.
    private static let lists = [
        "user": "/api/v1/users", "group": "/api/v1/groups", "app": "/api/v1/apps", "policy": "/api/v1/policies",
        "server": "/api/v1/authorizationServers", "role": "/api/v1/iam/roles", "idp": "/api/v1/idps",
        "realm": "/api/v1/realms", "brand": "/api/v1/brands", "assignment": "/api/v1/realm-assignments",
    ]

    /// Creates the object for a name, and returns its id or the value that the name represents.
    func object(_ name: String) -> String {
        if let list = Self.lists[name] { return made(list, below: list) }
        switch name {
        case "n":
            number += 1
            return String(number)
        case "own": return own
        case "relation":
            let list = "/api/v1/meta/schemas/user/linkedObjects"
            return create(list).text("primary.name") ?? ""
        case "mapping":
            _ = object("app")
            return call("GET", "/api/v1/mappings").json[0]?.text("id") ?? ""
        case "certificate":
            let app = call("POST", "/api/v1/apps", ActionBodies.samlApp).json.text("id") ?? ""
            return call("GET", "/api/v1/apps/\(app)/credentials/keys").json[0]?["x5c"]?[0]?.string ?? ""
        case "public": return call("POST", "/api/v1/apps", ActionBodies.publicApp).json.text("id") ?? ""
        case "hookKey": return create("/api/v1/hook-keys").text("keyId") ?? ""
        case "stream": return call("POST", "/api/v1/ssf/stream", ActionBodies.stream).json.text("stream_id") ?? ""
        case "aerial":
            return call("POST", "/api/v1/org/privacy/aerial/grant", #"{"accountId":"a<n>"}"#).json.text("accountId")
                ?? ""
        case "accessCode":
            return call("POST", "/api/v1/authenticators", #"{"key":"tac","name":"Code"}"#).json.text("id") ?? ""
        case "phone": return authenticator("phone_number")
        case "activePhone": return activeAuthenticator("phone_number")
        case "directoryGroup":
            return make(.seed(#"{"type":"APP_GROUP","profile":{"name":"ad<n>"}}"#), below: "/api/v1/groups")
        case "password": return authenticator("okta_password")
        case "securityKey": return authenticator("webauthn")
        case "question": return authenticator("security_question")
        case "ownDomainKey":
            // The org's own domain needs no verification.
            let key = authenticator("webauthn")
            call(
                "PUT", "/api/v1/authenticators/\(key)/methods/webauthn",
                #"{"type":"webauthn","settings":{"rpId":{"domain":{"name":"test.okta.com"}}}}"#)
            return key
        case "consentApp":
            let app = call("POST", "/api/v1/apps", #"{"name":"google","label":"G<n>","signOnMode":"AUTO_LOGIN"}"#)
            let id = app.json.text("id") ?? ""
            call("POST", "/api/v1/apps/\(id)/connections/default", #"{"profile":{"authScheme":"OAUTH2"}}"#)
            return id
        default: return secret(name) ?? governed(name) ?? account(name) ?? ""
        }
    }

    func create(_ list: String) -> JSON { call("POST", list, body("POST", list)).json }

    /// Returns the authenticator with a key, or a new one if the org has none.
    private func authenticator(_ key: String) -> String {
        let all = call("GET", "/api/v1/authenticators").json.elements ?? []
        if let id = all.first(where: { $0.text("key") == key })?.text("id") { return id }
        return call("POST", "/api/v1/authenticators", #"{"key":"\#(key)","name":"\#(key)"}"#).json.text("id") ?? ""
    }

    func activeAuthenticator(_ key: String) -> String {
        let id = authenticator(key)
        call("POST", "/api/v1/authenticators/\(id)/lifecycle/activate")
        return id
    }

    // MARK: Sign-in

    /// Sessions, passwords and codes.
    private func secret(_ name: String) -> String? {
        switch name {
        case "session": call("POST", "/api/v1/sessions", #"{"sessionToken":"<sessionToken>"}"#).json.text("id")
        case "sessionToken":
            call(
                "POST", "/api/v1/authn",
                #"{"username":"\#(call("GET", "/api/v1/users/\(object("user"))").json.text("profile.login") ?? "")","#
                    + #""password":"Password-1234"}"#
            ).json.text("sessionToken")
        case "passcode": engine.passCode(ofFactor: factor)
        case "preparedKey": preparedKey()
        case "activeKey":
            call("POST", "/webauthn-registration/api/v1/activate", ActionBodies.activation)
                .json["authenticatorEnrollmentIds"]?[0]?.string
        case "keyOwner": keyOwner
        case "code": engine.messages.last?.code
        case "myPassword":
            call("PUT", "/idp/myaccount/password", #"{"profile":{"password":"Password-1234"}}"#).status < 300
                ? "Password-1234" : nil
        case "noPassword": call("DELETE", "/idp/myaccount/password").status < 300 ? "" : nil
        case "myProfile":
            call("GET", "/idp/myaccount/profile").json["profile"].map { String(decoding: $0.bytes, as: UTF8.self) }
        default: nil
        }
    }

    /// Creates a security key that is pending at its provider, and records its owner.
    private func preparedKey() -> String? {
        let json = call("POST", "/webauthn-registration/api/v1/enroll", ActionBodies.preparation).json
        keyOwner = json.text("userId") ?? ""
        return json["credRequests"]?[0]?.text("authenticatorEnrollmentId")
    }

    // MARK: Governance

    private func governed(_ name: String) -> String? {
        let v1 = "/governance/api/v1"
        let v2 = "/governance/api/v2"
        switch name {
        case "assignedApp":
            let app = object("app")
            call("POST", "/api/v1/apps/\(app)/users", #"{"id":"<user>"}"#)
            return app
        case "entitledApp": return create("\(v1)/entitlements").text("parent.externalId")
        case "grantedApp": return create("\(v1)/grants").text("target.externalId")
        case "sequence":
            return make(.seed(#"{"name":"s<n>"}"#), below: "\(v2)/resources/\(object("app"))/request-sequences")
        case "riskRule":
            let entitlement = create("\(v1)/entitlements")
            return ActionBodies.riskRule(
                app: entitlement.text("parent.externalId") ?? "", entitlement: entitlement.text("id") ?? "",
                value: entitlement["values"]?[0]?.text("id") ?? "", number: object("n"))
        case "labelValue": return create("\(v1)/labels")["values"]?[0]?.text("labelValueId")
        case "usedLabelValue":
            let value = object("labelValue")
            call(
                "POST", "\(v1)/resource-labels/assign",
                #"{"resourceOrns":["orn:okta:idp:o:apps:oidc_client:<app>"],"labelValueIds":["\#(value)"]}"#)
            return value
        case "review":
            if let review = call("GET", "\(v1)/reviews").json["data"]?[0] { return review.text("id") }
            let campaign = create("\(v1)/campaigns").text("id") ?? ""
            call("POST", "\(v1)/campaigns/\(campaign)/launch")
            return call("GET", "\(v1)/reviews").json["data"]?[0]?.text("id")
        case "entry":
            // Everyone may request this app.
            let app = object("app")
            let list = "\(v2)/resources/\(app)/request-conditions"
            let condition = call("POST", list, body("POST", "\(v2)/resources/{}/request-conditions")).json.text("id")
            call("POST", "\(list)/\(condition ?? "")/activate")
            // Users may make requests for others.
            call(
                "PATCH", "\(v2)/resources/\(app)/request-settings", #"{"requestOnBehalfOfSettings":{"allowed":true}}"#)
            return call("GET", "\(v2)/my/catalogs/default/entries?filter=not(parent%20pr)").json["data"]?.elements?
                .last?.text("id")
        case "accessReview":
            // The calling admin is the reviewed user and the reviewer.
            let me = call("GET", "/api/v1/users/me").json.text("id") ?? ""
            call("POST", "/api/v1/apps/\(object("app"))/users", #"{"id":"\#(me)"}"#)
            return call("POST", "\(v2)/security-access-reviews", ActionBodies.accessReview(of: me)).json.text("id")
        case "appOrn": return call("GET", "/api/v1/apps/\(object("app"))").json.text("orn")
        case "team":
            let id = "61eb0f06c462d20007f051ac"
            engine.adopt(["id": JSON(id), "name": "t", "created": "2026-01-01T00:00:00Z"], below: "\(v1)/teams")
            return id
        case "requestType": return create("\(v1)/request-types").text("id")
        case "campaign":
            // The calling admin is the reviewer.
            let me = call("GET", "/api/v1/users/me").json.text("id") ?? ""
            let body = body("POST", "\(v1)/campaigns").replacing(
                #""reviewerId":"<user>""#, with: #""reviewerId":"\#(me)""#)
            let campaign = call("POST", "\(v1)/campaigns", body).json.text("id") ?? ""
            call("POST", "\(v1)/campaigns/\(campaign)/launch")
            return campaign
        case "bulkJob":
            let campaign = call("GET", "\(v1)/campaigns").json["data"]?[0]?.text("id") ?? ""
            let list = "\(v1)/my/campaigns/{}/reviews/bulk-decisions"
            let path = list.replacing("{}", with: campaign)
            return call("POST", path, body("POST", list)).json.text("jobId")
        case "summaries":
            call("PATCH", "\(v1)/settings", #"{"governanceAI":{"securityAccessReview":{"enabled":true}}}"#)
            return ""
        case "task":
            call("POST", "\(v2)/requests", body("POST", "\(v2)/requests"))
            return call("GET", "\(v2)/my/tasks").json["data"]?[0]?.text("id")
        default: return nil
        }
    }
}
#endif
