import OktaRuntime

/// Signing keys, client secrets and signing requests of apps.
enum AppKeys {
    private static let kind = "/api/v1/apps/{}/credentials/keys"

    /// Returns the id of the key that the org authorization server and all OpenID Connect apps share.
    static func orgKey(_ org: inout OrgState) -> String {
        if let known = org.tables["org.key"]["shared"]?.text("kid") { return known }
        let key = KeyCredential.new(years: 10, &org)
        org.tables["org.key"]["shared"] = key
        return key.text("kid") ?? ""
    }

    static func createFirst(_ app: JSON, _ id: String, _ org: inout OrgState) {
        if let kid = app.text("credentials.signing.kid") {
            let shared = org.tables["org.key"]["shared"]
            org.tables[kind, of: id][kid] =
                shared?.text("kid") == kid ? shared : KeyCredential.new(years: 10, id: kid, &org)
        }
        createFirstSecret(app, id, &org)
    }

    /// Adds the secret of an app's credentials to the list.
    static func createFirstSecret(_ app: JSON, _ id: String, _ org: inout OrgState) {
        if let secret = app.text("credentials.oauthClient.client_secret") {
            let first = org.ids.next("ocs")
            org.tables[secrets.kind, of: id][first] = [
                "id": JSON(first), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
                "status": "ACTIVE", "client_secret": JSON(secret), "secret_hash": JSON(org.ids.key(22)),
            ]
        }
    }

    static let secrets = Resource("/api/v1/apps/{appId}/credentials/secrets", "OAuth2ClientSecret", "ocs") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.createStatus = 201
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.prepare = { json, change, org throws(OrgFault) in
            if org.tables["/api/v1/apps/{}/credentials/secrets", of: change.parent].count >= 2 {
                throw .invalid(
                    "OAuth2ClientSecretMediated", "You've reached the maximum number of client secrets per client.")
            }
            try ClientSecrets.check(json, of: org.tables[Kinds.apps][change.parent])
            if json["client_secret"] == nil { json["client_secret"] = JSON(org.ids.key(64)) }
            if json["secret_hash"] == nil { json["secret_hash"] = JSON(org.ids.key(22)) }
        }
        $0.links = { json in
            json.text("status") == "ACTIVE"
                ? #"{"deactivate":{"href":"<self>/lifecycle/deactivate","hints":{"allow":["POST"]}}}"#
                : """
                {"activate":{"href":"<self>/lifecycle/activate","hints":{"allow":["POST"]}},\
                "delete":{"href":"<self>","hints":{"allow":["DELETE"]}}}
                """
        }
        $0.willSetStatus = { json, status, app, org throws(OrgFault) in
            let others = org.tables["/api/v1/apps/{}/credentials/secrets", of: app].all.filter { id, other in
                id != json.text("id") && other.text("status") == "ACTIVE"
            }
            if status == "INACTIVE", json.text("status") == "ACTIVE", others.isEmpty {
                throw .invalid("OAuth2ClientSecretMediated", "You can't deactivate the only active client secret.")
            }
        }
        $0.deleteRefusal = .invalid(
            "OAuth2ClientSecretMediated",
            "You can't delete an active client secret. Deactivate the secret before deleting it.")
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        _ = try Apps.find(call, org)
        guard let key = org.tables[kind, of: call[0]][call[1]] else {
            throw .notFound(call[1], "JsonWebKey")
        }
        return key
    }

    private static let requests = SigningRequests(path: "/api/v1/apps/{appId}/credentials/csrs", keys: kind) {
        call, org throws(OrgFault) in _ = try Apps.find(call, org)
    }

    static let all: [Operation] =
        secrets.operations() + requests.operations() + [
            Operation("GET", "/api/v1/apps/{appId}/credentials/keys") { call, org throws(OrgFault) in
                _ = try Apps.find(call, org)
                return try KeyCredential.shown(org.tables[kind, of: call[0]].all.map(\.json), org)
            },
            Operation("GET", "/api/v1/apps/{appId}/credentials/keys/{kid}") { call, org throws(OrgFault) in
                .json(try KeyCredential.shown(try find(call, org), org))
            },
            Operation("POST", "/api/v1/apps/{appId}/credentials/keys/generate") { call, org throws(OrgFault) in
                _ = try Apps.find(call, org)
                let years = call.query("validityYears").flatMap { Int($0) } ?? 0
                guard (2...10).contains(years) else {
                    throw .invalid(
                        "generateKey", "validityYears: Validity years out of range. It should be 2 - 10 years")
                }
                let key = KeyCredential.new(years: years, &org)
                org.tables[kind, of: call[0]][key.text("kid") ?? ""] = key
                return KeyCredential.created(try KeyCredential.shown(key, org), call)
            },
            Operation("POST", "/api/v1/apps/{appId}/credentials/keys/{kid}/clone") { call, org throws(OrgFault) in
                let key = try find(call, org)
                let target = call.query("targetAid") ?? ""
                guard org.tables[Kinds.apps][target] != nil else { throw .notFound(target, "AppInstance") }
                guard org.tables[kind, of: target][call[1]] == nil else {
                    throw .invalid("cloneKey", "Key already exists in the list of key credentials for the target app.")
                }
                org.tables[kind, of: target][call[1]] = key
                return KeyCredential.created(try KeyCredential.shown(key, org), call, of: target)
            },
        ]

    /// Returns the app's id in SAML URLs.
    private static func externalKey(of app: JSON) -> String { "exk" + (app.text("id") ?? "").dropFirst(3) }

    /// Returns the app with an id in SAML URLs.
    static func app(withExternalKey key: String, _ org: OrgState) -> JSON? {
        guard key.hasPrefix("exk") else { return nil }
        return org.tables[Kinds.apps].first { $0.text("id")?.dropFirst(3) == key.dropFirst(3) }?.json
    }

    /// Returns the issuer of an app's assertions.
    static func issuer(of app: JSON) -> String {
        (app.text("settings.signOn.idpIssuer") ?? "http://www.okta.com/${org.externalKey}")
            .replacing("${org.externalKey}", with: externalKey(of: app))
    }

    /// Returns the app's signing key as the API shows it.
    static func signingKey(of app: JSON, _ org: OrgState) throws(OrgFault) -> JSON? {
        guard let key = org.tables[kind, of: app.text("id") ?? ""][app.text("credentials.signing.kid") ?? ""] else {
            return nil
        }
        return try KeyCredential.shown(key, org)
    }

    /// Returns the SAML metadata of an app.
    static func metadata(_ app: JSON, _ call: Call, _ org: OrgState) throws(OrgFault) -> String {
        let id = app.text("id") ?? ""
        let name = app.text("name") ?? ""
        let entity = issuer(of: app)
        let certificate = try signingKey(of: app, org)?["x5c"]?[0]?.string ?? ""
        let location = "\(call.origin)/app/\(name)/exk\(id.dropFirst(3))/sso/saml"
        return """
            <?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="\(entity)" \
            xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" \
            protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">\
            <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>\(certificate)\
            </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
            <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>\
            <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="\(location)"/>\
            <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="\(location)"/>\
            </md:IDPSSODescriptor></md:EntityDescriptor>
            """
    }
}
