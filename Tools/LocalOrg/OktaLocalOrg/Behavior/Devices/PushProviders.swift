import OktaRuntime

/// Push providers: services that send the push notifications of custom apps.
enum PushProviders {
    static let kind = "/api/v1/push-providers"

    static let resource = Resource(kind, "PushProviderConfigEntity", "ppc") {
        $0.createdField = ""
        $0.updatedField = "lastUpdatedDate"
        $0.page = nil
        $0.hidden = ["configuration.tokenSigningKey", "configuration.serviceAccountJson"]
        $0.kept = ["providerType"]
        $0.links = { _ in Links.own }
        $0.selects = { json, call, _ throws(OrgFault) in
            call.query("type").map { $0 == json.text("providerType") } ?? true
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            let causes = ["providerType", "configuration"].filter { json[$0] == nil }
            if change.verb == .create, let first = causes.first {
                throw .invalid(first, causes: causes.map(Checks.blank))
            }
            if json["providerType"] != nil { try Checks.choice("providerType", of: json, ["APNS", "FCM"]) }
            try Checks.unique("name", of: json, change, kind: kind, org)
            if let project = json.text("configuration.serviceAccountJson.project_id") {
                json[path: "configuration.projectId"] = JSON(project)
            }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            let id = json.text("id") ?? ""
            let isUsed = org.tables[Kinds.authenticators].all.contains { $0.json.text.contains("\"\(id)\"") }
            if isUsed {
                throw OrgFault(
                    status: 409, code: "E0000187",
                    summary: "Cannot delete push provider because it is being used by a custom app authenticator.")
            }
        }
    }
}
