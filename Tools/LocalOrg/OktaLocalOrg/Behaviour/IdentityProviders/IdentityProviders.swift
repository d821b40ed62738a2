import OktaRuntime

/// Identity providers with their keys and signing requests.
enum IdentityProviders {
    static let kind = "/api/v1/idps"
    private static let keyKind = "/api/v1/idps/credentials/keys"
    private static let signingKind = "/api/v1/idps/{}/credentials/keys"

    static let resource = Resource(kind, "IdpTrust", "0oa") {
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = PageRule(20, dropped: ["q", "type"])
        $0.event = "system.idp.lifecycle"
        $0.selects = { json, call, _ throws(OrgFault) in
            if let type = call.query("type"), json.text("type") != type { return false }
            guard let text = call.query("q")?.lowercased() else { return true }
            return json.text("name")?.lowercased().hasPrefix(text) == true
        }
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, &org) }
        $0.links = { links(of: $0) }
        $0.answerReplace = { answer, _, _ in answer["created"] = .some(.null) }
        $0.willDelete = { json, _, org throws(OrgFault) in try refuseUsed(json, org) }
        // Every provider is born with a key, whether or not its requests are signed.
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            let key = KeyCredential.new(years: 10, id: json.text("protocol.credentials.signing.kid"), &org)
            org.tables[signingKind, of: change.id][key.text("kid") ?? ""] = key
        }
    }

    private static let types: Set = [
        "AMAZON", "APPLE", "DISCORD", "FACEBOOK", "GITHUB", "GITLAB", "GOOGLE", "IDV_CLEAR", "IDV_INCODE",
        "IDV_PERSONA",
        "IDV_STANDARD", "LINKEDIN", "LOGINGOV", "LOGINGOV_SANDBOX", "MICROSOFT", "OIDC", "OKTA_INTEGRATION", "PAYPAL",
        "PAYPAL_SANDBOX", "SALESFORCE", "SAML2", "SPOTIFY", "X509", "XERO", "YAHOO", "YAHOOJP", "AgentlessDSSO", "IWA",
    ]

    /// A provider that a routing rule leads to has to stay.
    private static func refuseUsed(_ json: JSON, _ org: OrgState) throws(OrgFault) {
        let id = json.text("id")
        let isUsed = Policies.all(ofType: "IDP_DISCOVERY", org).contains { policy in
            PolicyRules.all(ofPolicy: policy.text("id") ?? "", org).contains { rule in
                (rule[path: "actions.idp.providers"]?.elements ?? []).contains { $0.text("id") == id }
            }
        }
        if isUsed {
            throw .forbidden("E0000167", "The identity provider is used by a routing rule.")
        }
    }

    private static let endpoints: [String: (authorization: String, token: String)] = [
        "GOOGLE": ("https://accounts.google.com/o/oauth2/auth", "https://www.googleapis.com/oauth2/v3/token"),
        "FACEBOOK": ("https://www.facebook.com/dialog/oauth", "https://graph.facebook.com/v2.8/oauth/access_token"),
        "LINKEDIN": (
            "https://www.linkedin.com/oauth/v2/authorization", "https://www.linkedin.com/oauth/v2/accessToken"
        ),
        "MICROSOFT": (
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            "https://login.microsoftonline.com/common/oauth2/v2.0/token"
        ),
        "APPLE": ("https://appleid.apple.com/auth/authorize", "https://appleid.apple.com/auth/token"),
    ]

    private static func complete(
        _ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState
    ) throws(OrgFault) {
        guard let name = json.text("name"), !name.isEmpty else {
            throw .invalid("name", "name: The field cannot be left blank")
        }
        let type = json.text("type") ?? change.previous?.text("type") ?? ""
        guard types.contains(type) else { throw .invalid("type", "type: Invalid identity provider type.") }
        json["type"] = JSON(type)
        // Providers of two types may share a name.
        let isTaken = org.tables[kind].all.contains { id, other in
            id != change.id && other["name"] == json["name"] && other["type"] == json["type"]
        }
        if isTaken {
            throw .invalid("name", "name: An object with this field already exists in the current organization")
        }
        json.fill(from: [
            "policy": [
                "accountLink": ["filter": .null], "subject": ["filter": .null, "matchAttribute": .null],
                "maxClockSkew": 0,
            ]
        ])
        if org.features.transformedUsernames {
            json.fill(from: ["policy": ["transformedUsernameMatchingEnabled": false]])
        }
        if type == "SAML2" {
            json["issuerMode"] = nil as JSON?
            json.fill(from: ["policy": ["trustClaims": false]])
            if org.features.requestDigests, json[path: "protocol.algorithms.request.signature"] != nil {
                json.fill(from: ["protocol": ["algorithms": ["request": ["digest": "SHA-1"]]]])
            }
            let known = change.previous?[path: "protocol.credentials"]
            json.fill(from: [
                "protocol": [
                    "credentials": [
                        "trust": [
                            "audience": known?[path: "trust.audience"]
                                ?? JSON(
                                    "https://www.okta.com/saml2/service-provider/sp" + org.ids.text(18).lowercased()),
                            "revocation": .null, "revocationCacheLifetime": 0,
                        ],
                        "signing": ["kid": known?[path: "signing.kid"] ?? JSON(org.newKey())],
                    ]
                ]
            ])
        } else {
            if json["issuerMode"] == nil { json["issuerMode"] = "ORG_URL" }
            if json[path: "protocol.credentials.client.pkce_required"]?.kind == .null {
                json[path: "protocol.credentials.client.pkce_required"] = nil as JSON?
            }
            // Only assertions of SAML have a name to honor, and only its requests are signed by a digest.
            json.remove(["protocol.settings.honorPersistentNameId"])
            let algorithm = json.text("protocol.algorithms.request.signature.algorithm") ?? ""
            if algorithm.hasPrefix("SHA-") { json.remove(["protocol.algorithms"]) }
            if type == "OIDC" {
                if org.features.providerSettings { json.fill(from: ["protocol": ["settings": ["nameFormat": .null]]]) }
                if org.features.transformedUsernames { json.fill(from: ["policy": ["trustClaims": false]]) }
            }
            if json[path: "protocol.endpoints.slo.url"] != nil {
                json.fill(from: [
                    "protocol": [
                        "endpoints": ["slo": ["binding": "HTTP-REDIRECT"]], "settings": ["participateSlo": true],
                    ]
                ])
            }
            if let urls = endpoints[type], json[path: "protocol.endpoints"] == nil {
                json[path: "protocol.endpoints"] = [
                    "authorization": ["url": JSON(urls.authorization), "binding": "HTTP-REDIRECT"],
                    "token": ["url": JSON(urls.token), "binding": "HTTP-POST"],
                ]
            }
        }
    }

    private static func links(of json: JSON) -> JSONTemplate {
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        if json.text("type") == "SAML2" {
            return JSONTemplate(
                """
                {"metadata":{"href":"<self>/metadata.xml","type":"application/xml","hints":{"allow":["GET"]}},\
                "acs":{"href":"<org>/sso/saml2/<id>","type":"application/xml","hints":{"allow":["POST"]}},\
                "users":{"href":"<self>/users","hints":{"allow":["GET"]}},\
                "\(lifecycle)":{"href":"<self>/lifecycle/\(lifecycle)","hints":{"allow":["POST"]}}}
                """)
        }
        return """
            {"authorize":{"href":"<org>/oauth2/v1/authorize?idp=<id>&client_id={clientId}&response_type={responseType}&\
            response_mode={responseMode}&scope={scopes}&redirect_uri={redirectUri}&state={state}&nonce={nonce}",\
            "templated":true,"hints":{"allow":["GET"]}},\
            "clientRedirectUri":{"href":"<org>/oauth2/v1/authorize/callback","hints":{"allow":["POST"]}}}
            """
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
        return json
    }

    /// Keeps a key that signs what a provider sends, from the certificate of a body.
    private static func trusted(_ body: JSON, as kid: String, _ org: inout OrgState) throws(OrgFault) -> JSON {
        guard let chain = body["x5c"], chain.count > 0 else { throw .invalid("x5c", Checks.blank("x5c")) }
        guard let certificate = GivenCertificate(Array((chain[0]?.string ?? "").utf8)) else {
            throw .invalid("x5c", "x5c: The certificate cannot be read.")
        }
        var key = KeyCredential.new(id: kid, certificate: certificate, &org)
        key["alg"] = "RSA"
        key["x5c"] = chain
        org.tables[keyKind][kid] = key
        return key
    }

    private static let requests = SigningRequests(path: "/api/v1/idps/{idpId}/credentials/csrs", keys: signingKind) {
        call, org throws(OrgFault) in _ = try find(call, org)
    }

    static let all: [Operation] =
        [
            Operation("GET", keyKind) { call, org throws(OrgFault) in
                var rows: [(key: String, json: JSON)] = []
                for (id, key) in org.tables[keyKind].all { rows.append((id, try KeyCredential.shown(key, org))) }
                return try PageRule(20).reply(call, rows) { $0 }
            },
            Operation("POST", keyKind) { call, org throws(OrgFault) in
                let key = try trusted(try call.object(), as: org.ids.uuid(), &org)
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("PUT", keyKind + "/{kid}") { call, org throws(OrgFault) in
                guard let previous = org.tables[keyKind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
                var key = try trusted(try call.object(), as: call[0], &org)
                key["created"] = previous["created"]
                org.tables[keyKind][call[0]] = key
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("GET", keyKind + "/{kid}") { call, org throws(OrgFault) in
                guard let key = org.tables[keyKind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("DELETE", keyKind + "/{kid}") { call, org throws(OrgFault) in
                guard org.tables[keyKind][call[0]] != nil else { throw .notFound(call[0], "IdpTrust") }
                org.tables[keyKind][call[0]] = nil
                return .empty()
            },
            Operation("GET", kind + "/{idpId}/metadata.xml") { call, org throws(OrgFault) in
                let json = try find(call, org)
                let audience = json.text("protocol.credentials.trust.audience") ?? ""
                return .text(
                    """
                    <?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="\(audience)" \
                    xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:SPSSODescriptor \
                    protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">\
                    <md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" \
                    Location="\(call.origin)/sso/saml2/\(call[0])"/></md:SPSSODescriptor></md:EntityDescriptor>
                    """, type: "application/xml")
            },
            Operation("GET", signingPath) { call, org throws(OrgFault) in
                _ = try find(call, org)
                return try KeyCredential.shown(org.tables[signingKind, of: call[0]].all.map(\.json), org)
            },
            Operation("GET", signingPath + "/active") { call, org throws(OrgFault) in
                let json = try find(call, org)
                let keys = org.tables[signingKind, of: call[0]]
                let named = json.text("protocol.credentials.signing.kid").flatMap { keys[$0] }
                return try KeyCredential.shown((named ?? keys.all.first?.json).map { [$0] } ?? [], org)
            },
            Operation("POST", signingPath + "/generate") { call, org throws(OrgFault) in
                _ = try find(call, org)
                let years = call.query("validityYears").map { Int($0) ?? 0 } ?? 2
                guard (2...10).contains(years) else {
                    throw .invalid(
                        "generateKey", "validityYears: Validity years out of range. It should be 2 - 10 years")
                }
                let key = KeyCredential.new(years: years, &org)
                org.tables[signingKind, of: call[0]][key.text("kid") ?? ""] = key
                return KeyCredential.created(try KeyCredential.shown(key, org), call)
            },
            Operation("GET", signingPath + "/{kid}") { call, org throws(OrgFault) in
                _ = try find(call, org)
                guard let key = org.tables[signingKind, of: call[0]][call[1]] else {
                    throw .notFound(call[1], "IdpTrust")
                }
                return .json(try KeyCredential.shown(key, org))
            },
            Operation("POST", signingPath + "/{kid}/clone") { call, org throws(OrgFault) in
                _ = try find(call, org)
                guard let key = org.tables[signingKind, of: call[0]][call[1]] else {
                    throw .notFound(call[1], "IdpTrust")
                }
                let target = call.query("targetIdpId") ?? ""
                guard org.tables[kind][target] != nil else { throw .notFound(target, "IdpTrust") }
                org.tables[signingKind, of: target][call[1]] = key
                return KeyCredential.created(try KeyCredential.shown(key, org), call, of: target)
            },
        ] + requests.operations() + resource.operations()

    private static let signingPath = "/api/v1/idps/{idpId}/credentials/keys"
}
