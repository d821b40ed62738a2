import OktaRuntime

/// Custom authorization servers with their scopes, claims, policies, rules, keys and clients.
enum AuthorizationServers {
    static let kind = "/api/v1/authorizationServers"

    /// The issuer of a server's tokens, below an origin.
    static func issuer(of server: JSON, _ origin: String) -> String {
        let name = server["default"]?.bool == true ? "default" : server.text("id") ?? ""
        return "\(origin)/oauth2/\(name)"
    }

    static let resource = Resource(kind, "AuthorizationServer", "aus") {
        $0.createStatus = 201
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .noContent
        $0.page = PageRule(200)
        $0.queryField = "name"
        // `default` names the server that an org is born with.
        $0.aliasField = "name"
        $0.serverFields += ["issuer", "default"]
        $0.kept = ["credentials", "issuerMode", "default"]
        $0.event = "oauth2.as"
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let name = json.text("name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
            guard json["audiences"]?.count ?? 0 > 0 else {
                throw .invalid("audiences", "audiences: The field cannot be left blank")
            }
            if org.tables[kind].first(where: { $0.text("name") == name && $0.text("id") != change.id }) != nil {
                throw .invalid("name", "name: An object with this field already exists in the current organization")
            }
            if json["issuerMode"] == nil { json["issuerMode"] = "DYNAMIC" }
            if json["default"] == nil { json["default"] = false }
            if json[path: "credentials.signing.kid"] == nil {
                let kept = change.previous?["credentials"]
                json.fill(from: [
                    "credentials": kept ?? AuthorizationServerKeys.credentials(org.newKey(), org)
                ])
                if json.text("credentials.signing.rotationMode") == "MANUAL" {
                    json.remove(["credentials.signing.nextRotation"])
                }
            }
        }
        $0.present = { json, call, org in
            json["issuer"] = JSON(issuer(of: json, call.origin))
            if !org.features.serverDefaults { json["default"] = nil as JSON? }
            if !org.features.resourceServerKeys { json[path: "_links.resourceServerCredentialsKeys"] = nil as JSON? }
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create, let kid = json.text("credentials.signing.kid") else { return }
            createBuiltIn(change.id, kid, &org)
        }
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                """
                {"rotateKey":{"href":"<self>/credentials/lifecycle/keyRotate","hints":{"allow":["POST"]}},\
                "metadata":[{"name":"oauth-authorization-server","href":"<org>/oauth2/<id>/.well-known/oauth-authorization-server",\
                "hints":{"allow":["GET"]}},{"name":"openid-configuration",\
                "href":"<org>/oauth2/<id>/.well-known/openid-configuration","hints":{"allow":["GET"]}}],\
                "keys":{"href":"<self>/credentials/keys","hints":{"allow":["GET"]}},\
                "claims":{"href":"<self>/claims","hints":{"allow":["GET","POST"]}},\
                "policies":{"href":"<self>/policies","hints":{"allow":["GET","POST"]}},\
                "self":{"href":"<self>","hints":{"allow":["GET","DELETE","PUT"]}},\
                "resourceServerCredentialsKeys":{"href":"<self>/resourceservercredentials/keys","hints":{"allow":["GET"]}},\
                "scopes":{"href":"<self>/scopes","hints":{"allow":["GET","POST"]}},\
                "\(lifecycle)":{"href":"<self>/lifecycle/\(lifecycle)","hints":{"allow":["POST"]}}}
                """)
        }
    }

    static let scopes = Resource(kind + "/{authServerId}/scopes", "OAuth2Scope", "scp") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = PageRule(200)
        $0.queryField = "name"
        $0.kept = ["system"]
        $0.serverFields += ["system"]
        $0.present = { json, _, org in if !org.features.descriptions { json["apiResourceId"] = nil as JSON? } }
        $0.defaults = """
            {"system":false,"metadataPublish":"NO_CLIENTS","consent":"IMPLICIT","optional":false,"apiResourceId":null,\
            "default":false}
            """
        $0.links = { json in
            json["system"]?.bool == true
                ? #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT"]}}}"#
                : #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}}}"#
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let name = json.text("name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
            let table = org.tables["/api/v1/authorizationServers/{}/scopes", of: change.parent]
            if table.first(where: { $0.text("name") == name && $0.text("id") != change.id }) != nil {
                throw .invalid("name", "name: 'name' must be unique.")
            }
        }
    }

    static let claims = Resource(kind + "/{authServerId}/claims", "OAuth2Claim", "ocl") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.serverFields += ["system"]
        $0.kept = ["system", "name", "claimType", "valueType", "value"]
        $0.prepare = { json, _, _ throws(OrgFault) in
            guard let name = json.text("name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
        }
        $0.present = { json, _, org in if !org.features.descriptions { json["apiResourceId"] = nil as JSON? } }
        $0.defaults = """
            {"claimType":"RESOURCE","valueType":"EXPRESSION","conditions":{"scopes":[]},"system":false,\
            "alwaysIncludeInToken":true,"apiResourceId":null}
            """
        $0.links = { json in
            json["system"]?.bool == true
                ? #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT"]}}}"#
                : #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}}}"#
        }
    }

    static let policies = Resource(kind + "/{authServerId}/policies", "Policy", "00p") {
        $0.createStatus = 201
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .noContent
        $0.page = nil
        $0.order = .number("priority")
        $0.kept = ["type", "priority"]
        $0.defaults =
            #"{"system":false,"priority":1,"type":"OAUTH_AUTHORIZATION_POLICY","conditions":{"clients":{"include":[]}}}"#
        $0.links = { Policies.links(of: $0, mappings: false) }
    }

    static let rules = Resource(kind + "/{authServerId}/policies/{policyId}/rules", "PolicyRule", "0pr") {
        $0.createStatus = 201
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .noContent
        $0.page = nil
        $0.order = .number("priority")
        $0.kept = ["type", "priority"]
        $0.defaults = """
            {"system":false,"type":"RESOURCE_ACCESS","conditions":{"people":{"users":{"exclude":[]}},\
            "grantTypes":{"include":[]},"scopes":{"include":[]}},\
            "actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,\
            "refreshTokenWindowMinutes":10080}}}
            """
        $0.links = { PolicyRules.links(of: $0) }
        $0.prepare = { json, change, org throws(OrgFault) in
            try AuthorizationServerRules.check(json)
            let count = org.tables["/api/v1/authorizationServers/{}/policies/{}/rules", of: change.parent].count
            let last = change.verb == .create ? count + 1 : count
            json["priority"] = JSON(min(max(json["priority"]?.int ?? last, 1), last))
        }
    }

    // MARK: What a server is born with

    private static func createBuiltIn(_ id: String, _ kid: String, _ org: inout OrgState) {
        for (name, description) in [
            ("openid", "Signals that a request is an OpenID request."),
            ("profile", "Allows this application to access your profile information."),
            ("email", "Allows this application to access your email address."),
            ("address", "Allows this application to access your address."),
            ("phone", "Allows this application to access your phone number."),
            ("offline_access", "This keeps you signed in to the application, even when you are not using it."),
        ] {
            let scope = org.ids.next("scp")
            org.tables[scopes.kind, of: id][scope] = [
                "id": JSON(scope), "name": JSON(name), "displayName": JSON(name), "description": JSON(description),
                "system": true, "metadataPublish": "ALL_CLIENTS", "consent": "IMPLICIT", "optional": false,
                "apiResourceId": .null, "default": false,
            ]
        }
        let always: Set = ["sub", "name", "email", "preferred_username"]
        for name in [
            "sub", "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
            "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at", "email",
            "email_verified", "address", "phone_number",
        ] {
            let claim = org.ids.next("ocl")
            let isSubject = name == "sub"
            org.tables[claims.kind, of: id][claim] = [
                "id": JSON(claim), "name": JSON(name), "status": "ACTIVE",
                "claimType": isSubject ? "RESOURCE" : "IDENTITY", "valueType": isSubject ? "EXPRESSION" : "SYSTEM",
                "value": isSubject ? "(appuser != null) ? appuser.userName : app.clientId" : .null,
                "conditions": ["scopes": []], "system": true,
                "alwaysIncludeInToken": JSON(always.contains(name)), "apiResourceId": .null,
            ]
        }
        AuthorizationServerKeys.createFirst(kid, of: id, &org)
    }

    /// The policy of the server `default`, which lets every app in. Servers that are made later have none, so that they
    /// issue no tokens until they get one.
    static func createDefaultPolicy(_ server: String, _ org: inout OrgState) {
        let policy = org.ids.next("00p")
        let dates: JSON = ["created": JSON(org.now.text), "lastUpdated": JSON(org.now.text)]
        var json: JSON = [
            "id": JSON(policy), "status": "ACTIVE", "name": "Default Policy",
            "description": "Default policy description",
            "priority": 1, "system": false, "conditions": ["clients": ["include": ["ALL_CLIENTS"]]],
            "type": "OAUTH_AUTHORIZATION_POLICY",
        ]
        json.merge(dates)
        org.tables[policies.kind, of: server][policy] = json
        let rule = org.ids.next("0pr")
        var ruleJSON: JSON = [
            "id": JSON(rule), "status": "ACTIVE", "name": "Default Policy Rule", "priority": 1, "system": false,
            "type": "RESOURCE_ACCESS",
            "conditions": [
                "people": [
                    "users": ["include": [], "exclude": []], "groups": ["include": ["EVERYONE"], "exclude": []],
                ],
                "grantTypes": [
                    "include": [
                        "implicit", "client_credentials", "authorization_code", "password",
                        "urn:ietf:params:oauth:grant-type:device_code",
                    ]
                ],
                "scopes": ["include": ["*"]],
            ],
            "actions": [
                "token": [
                    "accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0,
                    "refreshTokenWindowMinutes": 10_080,
                    "inlineHook": .null,
                ]
            ],
        ]
        ruleJSON.merge(dates)
        org.tables[rules.kind, of: policy][rule] = ruleJSON
    }

    private static let associatedKind = kind + "/{}/associatedServers"

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "AuthorizationServer") }
    }

    static let all: [Operation] =
        resource.operations() + scopes.operations() + claims.operations() + policies.operations()
        + rules.operations() + AuthorizationServerKeys.all + [
            Operation("GET", kind + "/{authServerId}/associatedServers") { call, org throws(OrgFault) in
                try find(call, org)
                return .json(JSON(associated(call, org)))
            },
            Operation("POST", kind + "/{authServerId}/associatedServers") { call, org throws(OrgFault) in
                try find(call, org)
                for id in (try call.object()["trusted"]?.elements ?? []).compactMap(\.string) {
                    guard org.tables[kind][id] != nil else { throw .notFound(id, "AuthorizationServer") }
                    org.tables[associatedKind, of: call[0]][id] = ["id": JSON(id)]
                }
                return .json(JSON(associated(call, org)))
            },
            Operation("DELETE", kind + "/{authServerId}/associatedServers/{otherId}") { call, org throws(OrgFault) in
                try find(call, org)
                org.tables[associatedKind, of: call[0]][call[1]] = nil
                return .empty()
            },
        ]

    /// Associated servers are listed without links.
    private static func associated(_ call: Call, _ org: OrgState) -> [JSON] {
        org.tables[associatedKind, of: call[0]].all.compactMap { id, _ in
            guard let server = org.tables[kind][id] else { return nil }
            var shown = resource.shown(server, id: id, call, org)
            shown["_links"] = .some(.null)
            return shown
        }
    }
}
