internal import OktaRuntime

/// Tools that find people, groups and apps.
enum FindTools {
    static let personFields = [
        "id", "status", "profile.login", "profile.email", "profile.firstName", "profile.lastName", "profile.title",
        "profile.department", "lastLogin",
    ]
    static let groupFields = ["id", "type", "profile.name", "profile.description"]
    static let appFields = ["id", "label", "name", "status", "signOnMode"]

    static let all = [people, groups, apps]

    private static let expression = ToolInput(
        name: "search", kind: .string,
        text: "An Okta search expression, such as: status eq \"ACTIVE\" and profile.department eq \"Sales\".")

    private static let people = AgentTool(
        name: "find_people", title: "Find people",
        text:
            "Finds users by the beginning of a name, mail address or login, by a full name, or by a search expression.",
        inputs: [
            ToolInput(
                name: "query", kind: .string,
                text: "The beginning of a name, mail address or login, or first and last name; omit it to list all."),
            expression,
        ] + ToolInput.paging,
        needs: ["GET /api/v1/users"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () throws(ToolFailure) in
            let values = try search(call) { text in
                let fields = ["firstName", "lastName", "email", "login"]
                guard let space = text.firstIndex(of: " ") else { return beginning(fields, text) }
                let last = text[text.index(after: space)...]
                return "\(beginning(["firstName"], text[..<space])) and \(beginning(["lastName"], last))"
            }
            return try call.list("GET /api/v1/users", values, usual: personFields)
        }
    }

    private static let groups = AgentTool(
        name: "find_groups", title: "Find groups",
        text: "Finds groups by the beginning of their name, or by a search expression.",
        inputs: [
            ToolInput(name: "query", kind: .string, text: "The beginning of the name; omit it to list all."),
            expression,
        ] + ToolInput.paging,
        needs: ["GET /api/v1/groups"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () throws(ToolFailure) in
            let values = try search(call) { beginning(["name"], $0[...]) }
            return try call.list("GET /api/v1/groups", values, usual: groupFields)
        }
    }

    private static let apps = AgentTool(
        name: "find_apps", title: "Find apps",
        text: "Finds apps by the beginning of their label or name.",
        inputs: [
            ToolInput(name: "query", kind: .string, text: "The beginning of the label; omit it to list all."),
            ToolInput(name: "status", kind: .choice(["ACTIVE", "INACTIVE"]), text: "Only apps with this status."),
        ] + ToolInput.paging,
        needs: ["GET /api/v1/apps"]
    ) { call async throws(ToolFailure) -> JSON in
        try await call.result { () throws(ToolFailure) in
            var values: [String: String] = [:]
            if let query = call.string("query") { values["q"] = query }
            if let status = call.string("status") { values["filter"] = "status eq \"\(status)\"" }
            return try call.list("GET /api/v1/apps", values, usual: appFields)
        }
    }

    /// Returns the search for a query or a search expression. The org's own text query suits only short lists, since
    /// it does not paginate.
    private static func search(
        _ call: ToolCall, _ expression: (String) -> String
    ) throws(ToolFailure) -> [String: String] {
        switch (call.string("query"), call.string("search")) {
        case (_?, _?): throw ToolFailure("query and search exclude each other", advice: "Give one of them.")
        case (let query?, nil): return ["search": expression(query)]
        case (nil, let search?): return ["search": search]
        case (nil, nil): return [:]
        }
    }

    private static func beginning(_ fields: [String], _ text: some StringProtocol) -> String {
        fields.map { "profile.\($0) sw \(SearchText.quoted(String(text)))" }.joined(separator: " or ")
    }
}
