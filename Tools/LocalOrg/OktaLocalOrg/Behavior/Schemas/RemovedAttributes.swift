import OktaRuntime

/// Attributes that were deleted from a schema. Profiles lose their values.
enum RemovedAttributes {
    /// Removes the values from the profiles of the users with a schema.
    static func remove(_ names: Set<String>, fromUsersOf schemaID: String, _ org: inout OrgState) {
        var changed: [UserRecord] = []
        org.users.forEach { user in
            if org.schemaID(ofType: user.typeID) == schemaID, names.contains(where: { user.profile[$0] != nil }) {
                changed.append(user)
            }
            return true
        }
        for var user in changed {
            let members = (user.profile.json.members ?? []).filter { !names.contains($0.key) }
            user.profile = org.users.attributes(members)
            org.users.store(user)
        }
    }

    /// Removes the values from the profiles of groups.
    static func removeFromGroups(_ names: [String], _ org: inout OrgState) {
        guard !names.isEmpty else { return }
        for (id, json) in org.tables[Kinds.groups].all where json.text("type") != "APP_GROUP" {
            var profile = json["profile"] ?? .emptyObject
            profile.remove(names)
            if profile.count != json["profile"]?.count { org.tables[Kinds.groups][id]?["profile"] = profile }
        }
    }
}
