internal import OktaRuntime

/// Tools about access: which users have which apps, groups and roles.
enum AccessTools {
    static let all = [whoHasAccess, accessOfPerson, rolesOfPerson]

    private static let person = ToolInput(
        name: "person", kind: .string, text: "The user's login, mail address, full name or id.", isRequired: true)

    private static let whoHasAccess = AgentTool(
        name: "who_has_access", title: "Who has access",
        text: """
            Lists who has access to an app (its people, and the groups that give access) or who is in a group (its \
            people, and the apps that it gives access to). Give app or group.
            """,
        inputs: [
            ToolInput(name: "app", kind: .string, text: "The app's label or id."),
            ToolInput(name: "group", kind: .string, text: "The group's name or id."),
        ] + ToolInput.paging,
        needs: ["GET /api/v1/apps/{appId}/users", "GET /api/v1/groups/{groupId}/users"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () async throws(ToolFailure) in
            switch (call.string("app"), call.string("group")) {
            case (_?, nil):
                let id = try await call.id("app", in: .apps)
                return [
                    (
                        "people",
                        try call.list(
                            "GET /api/v1/apps/{appId}/users", ["appId": id],
                            usual: ["id", "status", "scope", "credentials.userName", "profile.name", "profile.email"])
                    ),
                    (
                        "groups",
                        try call.list(
                            "GET /api/v1/apps/{appId}/groups", ["appId": id, "expand": "group"],
                            usual: ["id", "priority", "_embedded.group.profile.name"])
                    ),
                ]
            case (nil, _?):
                let id = try await call.id("group", in: .groups)
                return [
                    (
                        "people",
                        try call.list(
                            "GET /api/v1/groups/{groupId}/users", ["groupId": id], usual: FindTools.personFields)
                    ),
                    (
                        "apps",
                        try call.list("GET /api/v1/groups/{groupId}/apps", ["groupId": id], usual: FindTools.appFields)
                    ),
                ]
            default: throw ToolFailure("who_has_access takes either app or group")
            }
        }
    }

    private static let accessOfPerson = AgentTool(
        name: "access_of_person", title: "What a person has access to",
        text: "Lists the groups, the apps and the admin roles of a user.",
        inputs: [person] + ToolInput.paging,
        needs: ["GET /api/v1/users/{id}/groups"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () async throws(ToolFailure) in
            let id = try await call.id("person", in: .users)
            return [
                (
                    "groups",
                    try call.list("GET /api/v1/users/{id}/groups", ["id": id], usual: FindTools.groupFields)
                ),
                (
                    "apps",
                    try call.list(
                        "GET /api/v1/apps", ["filter": "user.id eq \"\(id)\""], usual: FindTools.appFields)
                ),
                ("roles", try roles(call, id)),
            ]
        }
    }

    private static let rolesOfPerson = AgentTool(
        name: "list_roles", title: "Admin roles of a person",
        text: "Lists the admin roles that a user has, directly or through groups.",
        inputs: [person] + ToolInput.paging,
        needs: ["GET /api/v1/users/{userId}/roles"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () async throws(ToolFailure) in
            try roles(call, try await call.id("person", in: .users))
        }
    }

    private static func roles(_ call: ToolCall, _ id: String) throws(ToolFailure) -> AgentList {
        try call.list(
            "GET /api/v1/users/{userId}/roles", ["userId": id],
            usual: ["id", "label", "type", "status", "assignmentType", "created"])
    }
}
