import OktaRuntime

/// Custom authorization servers with their scopes, claims, policies, rules, keys and clients.
enum AuthorizationServers {
    static let kind = "/api/v1/authorizationServers"

    /// Returns the issuer of a server's tokens.
    static func issuer(of server: JSON, _ origin: String) -> String {
        let name = server["default"]?.bool == true ? "default" : server.text("id") ?? ""
        return "\(origin)/oauth2/\(name)"
    }

    static let resource = Resource(kind, "AuthorizationServer", "aus") {
        $0.createStatus = 201
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleResponse = .noContent
        $0.page = PageRule(200)
        $0.queryField = "name"
        // `default` is the name of the built-in server.
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
            if json["description"] == nil { json["description"] = .some(.null) }
            // A new server rotates its keys; the request cannot change that.
            if change.verb == .create { json["credentials"] = AuthorizationServerKeys.credentials(org.newKey(), org) }
            if json[path: "credentials.signing.kid"] == nil, let kept = change.previous?["credentials"] {
                json.fill(from: ["credentials": kept])
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
        // The response to a replacement has the date of the previous change; the next read has the new one.
        $0.presentReplaced = { shown, _, previous in shown["lastUpdated"] = previous["lastUpdated"] }
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
        $0.present = { json, _, org in
            if !org.features.descriptions { json["apiResourceId"] = nil as JSON? }
            if !org.features.scopeConsent { json.remove(["consent", "optional", "displayName"]) }
        }
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
        $0.present = { json, _, org in
            if !org.features.descriptions { json["apiResourceId"] = nil as JSON? }
            // Claims whose value Okta sets have no expression.
            if json.text("valueType") == "SYSTEM" { json["value"] = nil as JSON? }
        }
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

    /// Configures what policies and their rules have in common.
    private static func byPriority(_ resource: inout Resource) {
        resource.createStatus = 201
        resource.initialStatus = "ACTIVE"
        resource.lifecycle = Resource.onAndOff
        resource.lifecycleResponse = .noContent
        resource.page = nil
        resource.order = .number("priority")
        resource.kept = ["type", "priority"]
        resource.prepare = { json, change, org throws(OrgFault) in
            let name = try Checks.text("name", of: json)
            if org.tables["/api/v1/authorizationServers/{}/policies", of: change.parent].first(where: {
                $0.text("name") == name && $0.text("id") != change.id
            }) != nil {
                throw .invalid("name", "name: Policy name already in use")
            }
            try ConditionReferences.check(json["conditions"], org)
        }
    }

    static let policies = Resource(kind + "/{authServerId}/policies", "Policy", "00p") {
        byPriority(&$0)
        $0.defaults =
            #"{"system":false,"priority":1,"type":"OAUTH_AUTHORIZATION_POLICY","conditions":{"clients":{"include":[]}}}"#
        $0.links = { Policies.links(of: $0, mappings: false) }
    }

    static let rules = Resource(kind + "/{authServerId}/policies/{policyId}/rules", "PolicyRule", "0pr") {
        byPriority(&$0)
        $0.defaults = """
            {"system":false,"type":"RESOURCE_ACCESS","conditions":{"people":{"users":{"exclude":[]}},\
            "grantTypes":{"include":[]},"scopes":{"include":[]}},\
            "actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,\
            "refreshTokenWindowMinutes":10080}}}
            """
        $0.links = { PolicyRules.links(of: $0) }
        $0.prepare = { json, change, org throws(OrgFault) in
            let kind = "/api/v1/authorizationServers/{}/policies/{}/rules"
            try PolicyRules.checkName(json, change.id, kind: kind, policy: change.parent, org)
            try AuthorizationServerRules.check(json, org)
            try ConditionReferences.check(json["conditions"], org)
            let count = org.tables[kind, of: change.parent].count
            let last = change.verb == .create ? count + 1 : count
            json["priority"] = JSON(min(max(json["priority"]?.int ?? last, 1), last))
        }
    }

    static let associatedKind = kind + "/{}/associatedServers"

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "AuthorizationServer") }
    }

    /// The operations, which only orgs with API Access Management have.
    static let all: [Operation] = operations.map { operation in
        Operation(operation.method, operation.path) { call, org throws(OrgFault) in
            guard org.features.customAuthorizationServers else { throw .featureMissing }
            return try operation.run(call, &org)
        }
    }

    private static let operations: [Operation] =
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

    /// Returns the associated servers, which are listed without links.
    private static func associated(_ call: Call, _ org: OrgState) -> [JSON] {
        org.tables[associatedKind, of: call[0]].all.compactMap { id, _ in
            guard let server = org.tables[kind][id] else { return nil }
            var shown = resource.shown(server, id: id, call, org)
            shown["_links"] = .some(.null)
            return shown
        }
    }
}
