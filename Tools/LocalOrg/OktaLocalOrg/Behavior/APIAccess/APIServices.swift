import OktaRuntime

/// API service integrations: OAuth clients that the Okta Integration Network describes.
enum APIServices {
    static let kind = "/integrations/api/v1/api-services"

    static let resource = Resource(kind, "AppInstance", "0oa") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.createStatus = 201
        $0.createdField = "createdAt"
        $0.updatedField = ""
        $0.hidden = ["clientSecret"]
        $0.prepare = { json, change, org throws(OrgFault) in
            let type = try Checks.text("type", of: json)
            json["name"] = JSON("\(type) API Service Integration")
            json["createdBy"] = JSON(change.call.caller.id)
            json.fill(from: ["properties": [:]])
            json["configGuideUrl"] = JSON("https://\(type).example.com/docs/okta-integration")
            json["clientSecret"] = JSON(org.ids.key(64))
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            addSecret(json.text("clientSecret") ?? "", of: change.id, &org)
        }
        $0.presentCreated = { shown, stored in shown["clientSecret"] = stored["clientSecret"] }
        $0.links = { _ in
            """
            {"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}},\
            "client":{"href":"<org>/oauth2/v1/clients/<id>","hints":{"allow":["GET"]}},\
            "logo":{"name":"small","href":"https://ok12static.oktacdn.com/assets/img/logos/default.png"}}
            """
        }
    }

    // MARK: Secrets

    private static let secretKind = kind + "/{}/credentials/secrets"
    private static let secretPath = kind + "/{apiServiceId}/credentials/secrets"

    @discardableResult
    private static func addSecret(_ secret: String, of service: String, _ org: inout OrgState) -> String {
        let id = org.ids.next("ocs")
        org.tables[secretKind, of: service][id] = [
            "id": JSON(id), "status": "ACTIVE", "client_secret": JSON(secret), "secret_hash": JSON(org.ids.key(22)),
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
        ]
        return id
    }

    private static func shown(_ id: String, _ call: Call, _ org: OrgState, isNew: Bool = false) -> JSON {
        var shown = org.tables[secretKind, of: call[0]][id] ?? .emptyObject
        let base = "\(call.origin)\(kind)/\(call[0])/credentials/secrets/\(id)"
        // Only the response that creates a secret shows it in full.
        if !isNew { shown["client_secret"] = JSON("***" + String(shown.text("client_secret")?.suffix(4) ?? "")) }
        let isActive = shown.text("status") == "ACTIVE"
        let verb = isActive ? "deactivate" : "activate"
        shown["_links"] = [verb: ["href": JSON("\(base)/lifecycle/\(verb)"), "hints": ["allow": ["POST"]]]]
        if !isActive { shown[path: "_links.delete"] = ["href": JSON(base), "hints": ["allow": ["DELETE"]]] }
        return shown
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "AppInstance") }
    }

    private static func findSecret(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        try find(call, org)
        guard let secret = org.tables[secretKind, of: call[0]][call[1]] else {
            throw .notFound(call[1], "OAuth2ClientSecret")
        }
        return secret
    }

    private static func refusal(_ cause: String) -> OrgFault { .invalid("OAuth2ClientSecretMediated", cause) }

    private static func setStatus(_ status: String, _ verb: String) -> Operation {
        Operation("POST", "\(secretPath)/{secretId}/lifecycle/\(verb)") { call, org throws(OrgFault) in
            _ = try findSecret(call, org)
            let active = org.tables[secretKind, of: call[0]].all.filter { $0.json.text("status") == "ACTIVE" }
            if status == "INACTIVE", active.map(\.id) == [call[1]] {
                throw refusal("You can't deactivate the only active client secret.")
            }
            org.tables[secretKind, of: call[0]][call[1]]?["status"] = JSON(status)
            org.tables[secretKind, of: call[0]][call[1]]?["lastUpdated"] = JSON(org.now.text)
            return .json(shown(call[1], call, org))
        }
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", secretPath) { call, org throws(OrgFault) in
                try find(call, org)
                let snapshot = org
                return .json(JSON(org.tables[secretKind, of: call[0]].all.map { shown($0.id, call, snapshot) }))
            },
            Operation("POST", secretPath) { call, org throws(OrgFault) in
                try find(call, org)
                guard org.tables[secretKind, of: call[0]].count < 2 else {
                    throw refusal("You've reached the maximum number of client secrets per client.")
                }
                let id = addSecret(org.ids.key(64), of: call[0], &org)
                return .json(shown(id, call, org, isNew: true), status: 201)
            },
            Operation("DELETE", secretPath + "/{secretId}") { call, org throws(OrgFault) in
                guard try findSecret(call, org).text("status") == "INACTIVE" else {
                    throw refusal("You can't delete an active client secret. Deactivate the secret before deleting it.")
                }
                org.tables[secretKind, of: call[0]][call[1]] = nil
                return .empty()
            },
            setStatus("ACTIVE", "activate"), setStatus("INACTIVE", "deactivate"),
        ]
}
