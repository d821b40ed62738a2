import OktaRuntime

/// The profile of the calling user, with the permissions of the schema.
enum MyProfile {
    private static let path = MyAccount.path + "/profile"

    private struct Attribute {
        let name: String
        let definition: JSON
        /// `READ_WRITE` or `READ_ONLY`. Hidden attributes are not listed.
        let permission: String
    }

    /// Returns the attributes of the schema that users can see.
    private static func attributes(_ user: UserRecord, _ org: OrgState) -> [Attribute] {
        let schema = org.tables[Kinds.userSchemas][org.schemaID(ofType: user.typeID)]
        return ["base", "custom"].flatMap { part in
            (schema?[path: "definitions.\(part).properties"]?.members ?? []).compactMap { name, definition in
                let permission = definition["permissions"]?.elements?.first { $0.text("principal") == "SELF" }
                let action = permission?.text("action") ?? "READ_WRITE"
                return action == "HIDE" ? nil : Attribute(name: name, definition: definition, permission: action)
            }
        }
    }

    private static func shown(_ user: UserRecord, _ call: Call, _ org: OrgState) -> JSON {
        let profile = JSON(
            members: attributes(user, org).map { ($0.name, user.profile[$0.name]?.json ?? .null) })
        return [
            "createdAt": JSON(user.created.text), "modifiedAt": JSON(user.lastUpdated.text), "profile": profile,
            "_links": [
                "self": ["href": JSON(call.origin + path)],
                "describedBy": ["href": JSON(call.origin + path + "/schema")],
            ],
        ]
    }

    private static func refusal(_ cause: String) -> OrgFault { .invalid("forUpdate", cause) }

    /// Replaces the profile. A request must have every attribute: a missing one is an error, not a removal.
    private static func replace(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var user = try MyAccount.user(call, org)
        guard let sent = try call.object()["profile"], sent.kind == .object else {
            throw .invalid("profile", Checks.blank("profile"))
        }
        let attributes = attributes(user, org)
        let known = Set(attributes.map(\.name))
        for (name, _) in sent.members ?? [] where !known.contains(name) {
            throw refusal("Property '\(name)' does not exist or is not accessible.")
        }
        var profile = user.profile.json
        for attribute in attributes {
            let name = attribute.name
            let present = user.profile[name]?.json ?? .null
            guard let value = sent[name] else {
                if attribute.permission == "READ_ONLY" { continue }
                throw refusal("Property '\(name)' needs a value passed.  To unset it, explicitly set it to null.")
            }
            guard value != present else { continue }
            if ["email", "secondEmail"].contains(name) {
                throw refusal(
                    "You cannot update email attributes using the profile endpoint. "
                        + "Use the emails endpoint to make any required changes.")
            }
            guard attribute.permission == "READ_WRITE" else {
                throw refusal(
                    "Property '\(name)' is read only.  The value supplied must exactly match the existing value.")
            }
            if attribute.definition.text("type") == "string", value.kind != .null, value.string == nil {
                throw refusal("Invalid value data type for property '\(name)'")
            }
            profile[name] = value
        }
        try UserProfiles.check(profile, typeID: user.typeID, user: user.id, org)
        user.profile = UserProfiles.stored(profile, &org)
        user.lastUpdated = org.now
        org.users.store(user)
        SystemLog.record("user.account.update_profile", call, &org, targets: [SystemLog.party(user)])
        return .json(shown(user, call, org))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            .json(shown(try MyAccount.user(call, org), call, org))
        },
        Operation("PUT", path) { call, org throws(OrgFault) in try replace(call, &org) },
        Operation("GET", path + "/schema") { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            return .json([
                "properties": JSON(members: attributes(user, org).map { ($0.name, $0.definition) }),
                "_links": [
                    "self": ["href": JSON(call.origin + path + "/schema")],
                    "user": ["href": JSON(call.origin + path)],
                ],
            ])
        },
    ]
}
