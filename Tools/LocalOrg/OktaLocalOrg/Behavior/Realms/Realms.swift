import OktaRuntime

/// Realms: separate populations of users in one org.
enum Realms {
    static let kind = "/api/v1/realms"

    static let resource = Resource(kind, "Realm", "guo") {
        $0.page = PageRule(10)
        $0.kept = ["isDefault"]
        $0.serverFields += ["isDefault"]
        $0.present = { json, _, org in if !org.features.realmTypes { json.remove(["profile.realmType"]) } }
        $0.defaults = #"{"profile":{"domains":[]},"isDefault":false}"#
        $0.event = "realm"
        $0.eventNames = ["create": "realm.created", "update": "realm.updated", "delete": "realm.deleted"]
        $0.links = { _ in #"{"self":{"rel":"self","href":"<self>","method":"GET"}}"# }
        $0.filterField = "search"
        $0.takesOrder = true
        $0.prepare = { json, change, org throws(OrgFault) in
            guard json["profile"]?.kind == .object else { throw .malformedBody }
            try Checks.text("profile.name", of: json)
            let name = json[path: "profile.name"]
            if org.tables[kind].all.contains(where: { $0.id != change.id && $0.json[path: "profile.name"] == name }) {
                throw .invalid("name", "name: An object with this field already exists in the current organization")
            }
            if let type = json.text("profile.realmType"), !["PARTNER", "DEFAULT"].contains(type) {
                throw .invalid("realmType", "realmType: The value must be one of PARTNER, DEFAULT")
            }
            for domain in json[path: "profile.domains"]?.elements ?? [] {
                guard let text = domain.string, !text.isEmpty, !text.contains(where: { forbidden.contains($0) }) else {
                    throw .invalid("domains", "domains: \(domain.string ?? "null") is not a valid domain.")
                }
            }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            if json["isDefault"]?.bool == true { throw undeletable("It is the default realm.") }
            let id = json.text("id")
            var isEmpty = true
            org.users.forEach { user in
                isEmpty = user.realmID != id
                return isEmpty
            }
            guard isEmpty else { throw undeletable("Users belong to it.") }
        }
    }

    /// Characters that realm domains cannot contain.
    private static let forbidden = Set("!$%^&()=*+,:;<>'[]|/?\\")

    private static func undeletable(_ reason: String) -> OrgFault {
        OrgFault(status: 400, code: "E0000178", summary: "This realm cannot be deleted. \(reason)")
    }

    static func createDefault(_ id: String, _ org: inout OrgState) {
        org.tables[kind][id] = [
            "id": JSON(id), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
            "profile": ["name": "Default Realm"], "isDefault": true,
        ]
    }
}
