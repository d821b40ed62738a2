import OktaRuntime

enum IdentityProviders {
    static let kind = "/api/v1/idps"

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
        $0.presentReplaced = { shown, _, _ in shown["created"] = .some(.null) }
        $0.willDelete = { json, _, org throws(OrgFault) in try refuseUsed(json, org) }
        // Every new provider gets a key, whether or not its requests are signed.
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            IdentityProviderKeys.addFirst(to: change.id, json.text("protocol.credentials.signing.kid"), &org)
        }
    }

    private static let types: Set = [
        "AMAZON", "APPLE", "DISCORD", "FACEBOOK", "GITHUB", "GITLAB", "GOOGLE", "IDV_CLEAR", "IDV_INCODE",
        "IDV_PERSONA",
        "IDV_STANDARD", "LINKEDIN", "LOGINGOV", "LOGINGOV_SANDBOX", "MICROSOFT", "OIDC", "OKTA_INTEGRATION", "PAYPAL",
        "PAYPAL_SANDBOX", "SALESFORCE", "SAML2", "SPOTIFY", "X509", "XERO", "YAHOO", "YAHOOJP", "AgentlessDSSO", "IWA",
    ]

    /// Throws for a provider that a routing rule uses, which cannot be deleted.
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
        // Names are unique within a type.
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
            completeSAML(&json, change, &org)
        } else {
            completeSignIn(&json, type, org)
        }
    }

    /// Completes a SAML provider.
    private static func completeSAML(_ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState) {
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
    }

    /// Completes a provider of another protocol than SAML, such as OpenID Connect.
    private static func completeSignIn(_ json: inout JSON, _ type: String, _ org: OrgState) {
        if json["issuerMode"] == nil { json["issuerMode"] = "ORG_URL" }
        if json[path: "protocol.credentials.client.pkce_required"]?.kind == .null {
            json[path: "protocol.credentials.client.pkce_required"] = nil as JSON?
        }
        // Only SAML has persistent name ids, and a digest in the signature algorithm of requests.
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

    /// Returns the identity provider in the path.
    static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
        return json
    }

    static let all: [Operation] =
        [
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
            }
        ] + resource.operations()
}
