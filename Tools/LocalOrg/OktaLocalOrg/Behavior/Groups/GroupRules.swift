import OktaRuntime

/// Group rules: an active rule assigns the users that match its condition to its groups.
enum GroupRules {
    static let kind = "/api/v1/groups/rules"

    static let resource = Resource(kind, "GroupRule", "0pr") {
        $0.initialStatus = "INACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleResponse = .noContent
        $0.deleteStatus = 202
        $0.page = PageRule(50)
        $0.kept = ["type"]
        $0.serverFields += ["allGroupsValid"]
        $0.defaults = #"{"type":"group_rule","allGroupsValid":true}"#
        $0.event = "group.rule"
        $0.selects = { json, call, _ throws(OrgFault) in
            guard let text = call.query("search")?.lowercased() else { return true }
            return json.text("name")?.lowercased().contains(text) == true
        }
        $0.present = { json, call, org in
            let groups = org.tables[Kinds.groups]
            if call.expands("groupIdToGroupNameMap") {
                let names = Self.groups(of: json).compactMap { id in groups[id]?[path: "profile.name"].map { (id, $0) }
                }
                json[path: "_embedded.groupIdToGroupNameMap"] = JSON(members: names)
            }
            json["allGroupsValid"] = JSON(Self.groups(of: json).allSatisfy { groups[$0] != nil })
            if !org.features.validGroups { json["allGroupsValid"] = nil as JSON? }
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let name = json.text("name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
            if name.count > 50 {
                throw .invalid("name", "name: The field must be between 1 and 50 characters")
            }
            if let type = json.text("type"), type != "group_rule" {
                throw .invalid("type", "type: The value must be group_rule")
            }
            if change.verb == .replace, change.previous?.text("status") == "ACTIVE" {
                throw .invalid("GroupRule", "Cannot update an active group rule.")
            }
            let expression = json.text("conditions.expression.value") ?? ""
            try check(expression, org)
            let groups = groups(of: json)
            guard !groups.isEmpty else {
                throw .invalid("groupIds", "groupIds: The field cannot be left blank")
            }
            for group in groups {
                guard let target = org.tables[Kinds.groups][group] else { throw .notFound(group, "UserGroup") }
                if target.text("type") != "OKTA_GROUP" {
                    throw .invalid("groupIds", "groupIds: Rules can assign users to groups of Okta only.")
                }
            }
            // Objects that are deleted later stay in the rule, which can still be activated.
            if change.verb != .merge { try ConditionReferences.check(json["conditions"], org) }
            if json[path: "conditions.people"] != nil {
                for part in ["users", "groups"] where json[path: "conditions.people.\(part).exclude"] == nil {
                    json[path: "conditions.people.\(part).exclude"] = []
                }
            }
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .merge, let status = json.text("status"),
                status != change.previous?.text("status")
            else { return }
            if status == "ACTIVE" {
                applyToAll(json, change.call, &org)
            } else {
                withdraw(json.text("id") ?? "", change.call, &org)
            }
        }
        $0.willDelete = { json, call, org throws(OrgFault) in
            if json.text("status") == "ACTIVE" {
                throw .invalid("GroupRule", "Cannot delete an active group rule.")
            }
            if call.flag("removeUsers") == true { withdraw(json.text("id") ?? "", call, &org) }
        }
    }

    /// Returns the groups that a rule assigns users to.
    private static func groups(of rule: JSON) -> [String] {
        (rule[path: "actions.assignUserToGroups.groupIds"]?.elements ?? []).compactMap(\.string)
    }

    /// Throws for an expression that is invalid, is not a condition, or uses an unknown attribute.
    private static func check(_ text: String, _ org: OrgState) throws(OrgFault) {
        do throws(ExpressionError) {
            let expression = try ExpressionParser.parse(text)
            guard expression.isCondition else {
                throw ExpressionError(message: "The expression must be true or false")
            }
            let schemas = org.tables[Kinds.userSchemas].all.map(\.json)
            for name in expression.attributes {
                let isKnown = schemas.contains { schema in
                    ["base", "custom"].contains { schema[path: "definitions.\($0).properties"]?[name] != nil }
                }
                // Not all attributes are in the schema.
                guard isKnown || ["id", "status"].contains(name) else {
                    throw ExpressionError(message: "user.\(name)")
                }
            }
        } catch {
            throw .invalid("expression", "Invalid property or function in expression: \(error.message)")
        }
    }

    /// Invalidates the active rules that assign users to a deleted group.
    static func groupDeleted(_ group: String, _ org: inout OrgState) {
        for (id, rule) in org.tables[kind].all
        where rule.text("status") == "ACTIVE" && groups(of: rule).contains(group) {
            org.tables[kind][id]?["status"] = "INVALID"
        }
    }

    /// Runs all active rules for a new or changed user.
    static func apply(toUser id: String, _ call: Call, _ org: inout OrgState) {
        let table = org.tables[kind]
        guard !table.isEmpty, let user = org.users[id] else { return }
        for (_, rule) in table.all where rule.text("status") == "ACTIVE" {
            if let expression = expression(of: rule) { run(rule, expression, user, call, &org) }
        }
    }

    private static func applyToAll(_ rule: JSON, _ call: Call, _ org: inout OrgState) {
        guard let expression = expression(of: rule) else { return }
        var users: [UserRecord] = []
        org.users.forEach { user in
            users.append(user)
            return true
        }
        for user in users { run(rule, expression, user, call, &org) }
    }

    private static func expression(of rule: JSON) -> Expression? {
        rule.text("conditions.expression.value").flatMap { try? ExpressionParser.parse($0) }
    }

    private static func run(
        _ rule: JSON, _ expression: Expression, _ user: UserRecord, _ call: Call, _ org: inout OrgState
    ) {
        guard let id = rule.text("id") else { return }
        let excluded = (rule[path: "conditions.people.users.exclude"]?.elements ?? []).compactMap(\.string)
        let fits =
            user.status != .deprovisioned && !excluded.contains(user.id)
            && expression.evaluate(UserScope(user: user, org: org)).isTrue
        for group in groups(of: rule)
        where org.tables[Kinds.groups][group] != nil {
            if fits {
                GroupMembers.add(user.id, to: group, rule: id, call, &org)
            } else if org.memberships.byRule["\(group)/\(user.id)"] == id {
                GroupMembers.remove(user.id, from: group, call, &org)
            }
        }
    }

    /// Removes the memberships that a rule created.
    private static func withdraw(_ id: String, _ call: Call, _ org: inout OrgState) {
        for (key, rule) in org.memberships.byRule.sorted(by: { $0.key < $1.key }) where rule == id {
            let parts = key.split(separator: "/")
            guard parts.count == 2 else { continue }
            GroupMembers.remove(String(parts[1]), from: String(parts[0]), call, &org)
        }
    }
}
