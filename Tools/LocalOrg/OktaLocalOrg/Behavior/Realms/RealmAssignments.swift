import OktaRuntime

/// Assignments of users to realms by conditions on their profiles.
enum RealmAssignments {
    static let kind = "/api/v1/realm-assignments"
    private static let operationKind = kind + "/operations"

    static let resource = Resource(kind, "RealmAssignment", "rul") {
        $0.initialStatus = "INACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleResponse = .noContent
        $0.order = .number("priority")
        $0.kept = ["isDefault"]
        $0.serverFields += ["isDefault"]
        $0.defaults = #"{"isDefault":false}"#
        $0.deleteRefusal = Checks.activeDeletion("realmAssignment")
        $0.links = { _ in #"{"self":{"rel":"self","href":"<self>","method":"GET"}}"# }
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json)
        }
    }

    /// Runs an assignment: moves its users to its realm. `ALL` runs the active assignments by priority; each user moves
    /// at most once.
    private static func execute(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let id = try Checks.text("assignmentId", of: try call.object())
        if id == "ALL" {
            let rows = org.tables[kind].all.map(\.json).filter { $0.text("status") == "ACTIVE" }
                .sorted { $0["priority"]?.int ?? 0 < $1["priority"]?.int ?? 0 }
            var moved: Set<String> = []
            for assignment in rows {
                let others = try apply(assignment, sparing: moved, &org)
                moved.formUnion(others)
            }
            return finished(nil, moved.count, call, &org)
        }
        guard let assignment = org.tables[kind][id] else { throw .notFound(id, "RealmAssignment") }
        let moved = try apply(assignment, sparing: [], &org)
        return finished(assignment, moved.count, call, &org)
    }

    /// Moves the users of an assignment, except `others`, and returns those who moved.
    private static func apply(
        _ assignment: JSON, sparing others: Set<String>, _ org: inout OrgState
    ) throws(OrgFault) -> Set<String> {
        let realm = assignment.text("actions.assignUserToRealm.realmId") ?? ""
        guard org.tables[Realms.kind][realm] != nil else { throw .notFound(realm, "Realm") }
        let expression = try expression(of: assignment)
        var moved: [UserRecord] = []
        org.users.forEach { user in
            let fits = expression.map { $0.evaluate(UserScope(user: user, org: org)) == .boolean(true) } ?? true
            if fits, user.realmID != realm, !others.contains(user.id) { moved.append(user) }
            return true
        }
        for var user in moved {
            user.realmID = realm
            user.lastUpdated = org.now
            org.users.store(user)
        }
        return Set(moved.map(\.id))
    }

    /// Returns the finished operation of one assignment or of all.
    private static func finished(
        _ assignment: JSON?, _ count: Int, _ call: Call, _ org: inout OrgState
    ) -> OrgResponse {
        let operation = org.ids.next("rre")
        let now = JSON(org.now.text)
        var json: JSON = [
            "id": JSON(operation), "type": "realm:assignment", "status": "COMPLETED", "created": now, "started": now,
            "completed": now, "numUserMoved": JSON(count),
        ]
        if let assignment {
            let realm = assignment.text("actions.assignUserToRealm.realmId") ?? ""
            json["realmId"] = JSON(realm)
            json["realmName"] = org.tables[Realms.kind][realm]?[path: "profile.name"] ?? .some(.null)
            var configuration = JSON.emptyObject
            for name in ["id", "name", "conditions", "actions"] { configuration[name] = assignment[name] }
            json["assignmentOperation"] = ["configuration": configuration]
        }
        json["_links"] = [
            "self": ["rel": "self", "href": JSON("\(call.origin)/api/v1/operations/\(operation)"), "method": "GET"]
        ]
        org.tables[operationKind][operation] = json
        return .json(json, status: 201)
    }

    /// Returns the condition of an assignment; nil if it has none. Attributes are written as `user.profile.department`
    /// here.
    private static func expression(of assignment: JSON) throws(OrgFault) -> Expression? {
        guard let text = assignment.text("conditions.expression.value") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let short = parts.enumerated().filter { index, part in
            !(part == "profile" && index > 0 && parts[index - 1].hasSuffix("user"))
        }.map { $0.element }.joined(separator: ".")
        do throws(ExpressionError) {
            return try ExpressionParser.parse(short)
        } catch {
            throw .invalid("conditions", "conditions: The expression cannot be read.")
        }
    }

    static let all: [Operation] =
        [
            Operation("GET", operationKind) { _, org throws(OrgFault) in
                .json(JSON(org.tables[operationKind].all.reversed().prefix(200).map(\.json)))
            },
            Operation("POST", operationKind) { call, org throws(OrgFault) in try execute(call, &org) },
        ] + resource.operations()
}
