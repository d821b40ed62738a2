#if LocalOrg
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Agents: tools", .longCalculation)
struct AgentToolTests {
    @Test("Agents: every tool responds")
    func everyTool() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        let ada = try await org.user("ada@example.com", "Ada", "Lovelace")
        let engineering = try await org.group("Engineering")
        let payroll = try await org.app("Payroll")
        _ = try await org.client.request(.put, "/api/v1/groups/\(engineering)/users/\(ada)")
        _ = try await org.client.request(
            .put, "/api/v1/apps/\(payroll)/groups/\(engineering)", body: .json(JSON.emptyObject))
        _ = try await org.client.request(
            .post, "/api/v1/users/\(ada)/roles", body: .json(["type": "HELP_DESK_ADMIN"] as JSON))

        let listed = try await agent.request("tools/list")["result"]?["tools"]?.elements ?? []
        var uncalled = Set(listed.compactMap { $0["name"]?.string })
        #expect(uncalled.count == 12)
        func call(_ tool: String, _ arguments: JSON = [:]) async throws -> JSON {
            uncalled.remove(tool)
            return try await agent.call(tool, arguments)
        }
        #expect(try await call("find_people", ["query": "Ada Love"])["data"]?[0]?["id"]?.string == ada)
        let searched = try await call("find_people", ["search": "profile.lastName eq \"Lovelace\""])
        #expect(searched["data"]?[0]?["profile.login"] == "ada@example.com")
        #expect(try await call("find_groups", ["query": "Eng"])["data"]?[0]?["id"]?.string == engineering)
        #expect(try await call("find_apps", ["query": "Pay"])["data"]?[0]?["id"]?.string == payroll)
        let access = try await call("who_has_access", ["app": "Payroll"])
        #expect(access["people"]?["data"]?[0]?["id"]?.string == ada)
        #expect(access["groups"]?["data"]?[0]?["id"]?.string == engineering)
        let members = try await call("who_has_access", ["group": "Engineering"])
        #expect(members["people"]?["data"]?[0]?["profile.login"] == "ada@example.com")
        #expect(members["apps"]?["data"]?[0]?["label"] == "Payroll")
        let accesses = try await call("access_of_person", ["person": "ada@example.com"])
        #expect(accesses["apps"]?["data"]?[0]?["label"] == "Payroll")
        #expect(accesses["roles"]?["data"]?[0]?["type"] == "HELP_DESK_ADMIN")
        #expect(try await call("list_roles", ["person": "Ada Lovelace"])["count"] == 1)
        let events = try await call("recent_events", ["filter": "eventType eq \"group.user_membership.add\""])
        #expect(events["data"]?[0]?["eventType"] == "group.user_membership.add")
        #expect(try await call("check_connection")["org"]?.string == org.url)
        let found = try await call("search_actions", ["query": "list group rules"])
        #expect(found["actions"]?.elements?.contains { $0["action"]?.string?.hasPrefix("group ") ?? false } == true)
        let page = try await call("describe_action", ["action": "group add-user-to-group"])
        #expect(page["call with"] == "call_write_action, with a confirmation")
        #expect(page["parameters"]?[0]?["takes"] == "an id, or a name that is unique")
        let read = try await call(
            "call_read_action", ["action": "group get-group", "parameters": ["group": "Engineering"]])
        #expect(read["data"]?["id"]?.string == engineering)
        let made = try await call(
            "call_write_action", ["action": "group create-group", "body": ["profile": ["name": "Sales"]]])
        #expect(made["data"]?["profile"]?["name"] == "Sales")
        #expect(uncalled.isEmpty, "not called: \(uncalled.sorted())")
        await org.stop()
    }

    @Test("Agents: a description has the types of a body, a limited size, and no shell commands")
    func describes() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        let user = try await agent.call("describe_action", ["action": "user create-user"])
        #expect(user["body"] == "CreateUserRequest")
        #expect(user["types"]?["UserProfile"]?["firstName"] == "string")
        for action in CommandCatalog.all.actions {
            let found = try await agent.call("describe_action", ["action": JSON("\(action.category) \(action.name)")])
            let text = CompactJSON.text(found)
            #expect(text.utf8.count < 40_000, "\(action.category) \(action.name)")
            #expect(!text.contains("--body") && !text.contains("--set"), "\(action.category) \(action.name)")
        }
        await org.stop()
    }

    @Test("Agents: a slightly wrong argument is understood, or the error names the right one")
    func nearlyRight() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 5)
        let agent = AgentLines(org, allowsWrites: true)
        for name in ["user listUsers", "user.listUsers", "okta user list-users", "user/list-users"] {
            let found = try await agent.call("describe_action", ["action": JSON(name)])
            #expect(found["action"] == "user list-users", "\(name)")
        }
        for name in ["list-users", "list_users", "listUsers"] {
            #expect(try await agent.failure("describe_action", ["action": JSON(name)]).contains("`user list-users`"))
        }
        let unknown = try await agent.failure("describe_action", ["action": "user lst-users"])
        #expect(unknown.contains("Did you mean list-users") && !unknown.contains("okta help"), "\(unknown)")
        // Abbreviated names are not accepted for write actions.
        let short = try await agent.failure(
            "call_write_action", ["action": "user deactivate", "parameters": ["id": "me"]])
        #expect(short.contains("Did you mean deactivate-user"), "\(short)")
        let parameter = try await agent.failure(
            "call_read_action", ["action": "user get-user", "parameters": ["userId": "me"]])
        #expect(parameter.contains("has no parameter 'userId'. It takes id"), "\(parameter)")
        let person = try await agent.failure("access_of_person", ["person": "nobody"])
        #expect(person.hasSuffix("The action `user list-users` lists them."), "\(person)")
        let one = try await agent.call("call_read_action", ["action": "user list-users", "parameters": ["limit": 1]])
        #expect(one["count"] == 1 && one["more"] == true)
        let fields = try await agent.call("find_people", ["fields": ["id", "profile.nope"]])
        #expect(fields["fieldsOfNoItem"] == ["profile.nope"])
        let text = try await agent.call(
            "call_write_action", ["action": "group create-group", "body": #"{"profile": {"name": "Text"}}"#])
        #expect(text["data"]?["profile"]?["name"] == "Text")
        await org.stop()
    }

    @Test("Agents: a search lists exact names first, and advises if it finds none")
    func searches() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        func first(_ query: String) async throws -> String? {
            try await agent.call("search_actions", ["query": JSON(query), "limit": 1])["actions"]?[0]?["action"]?.string
        }
        #expect(try await first("create user") == "user create-user")
        #expect(try await first("list group members") == "group list-group-members")
        #expect(try await first("deactivate application") == "application deactivate-application")
        #expect(try await first("system log")?.hasPrefix("log ") == true)
        let none = try await agent.call("search_actions", ["query": "frobnicate the users"])
        #expect(none["count"] == 0 && none["hint"]?.string?.contains("fewer") == true)
        await org.stop()
    }

    @Test("Agents: lists are paged without gaps, and no result exceeds its size")
    func pages() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        org.seed(users: 130)
        let all = try await org.client.pages("/api/v1/users", query: ["limit": "200"]).collect()
        for (limit, fields) in [(7, ["id"]), (50, ["*"]), (200, ["*"])] {
            var ids: [String] = []
            var cursor: JSON?
            repeat {
                var arguments: JSON = ["limit": JSON(limit), "fields": JSON(fields.map { JSON($0) })]
                arguments["cursor"] = cursor
                let result = try await agent.call("find_people", arguments)
                let data = result["data"]?.elements ?? []
                #expect(data.count <= limit)
                #expect(result["count"]?.int == data.count)
                #expect((result["bytes"]?.int ?? .max) <= 40_000)
                ids += data.compactMap { $0["id"]?.string }
                cursor = result["cursor"]
            } while cursor != nil
            #expect(Set(ids).count == ids.count)
            #expect(ids.count == all.count)
        }
        await org.stop()
    }

    @Test("Agents: an oversized object is named, and its fields can be read")
    func omits() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        let group = try await org.create(
            "/api/v1/groups",
            ["profile": ["name": "Long", "description": JSON(String(repeating: "x", count: 1000))]])
        let reading: JSON = ["action": "group get-group", "parameters": ["groupId": JSON(group)]]
        #expect(try await agent.call("call_read_action", reading)["data"]?["id"]?.string == group)
        let app = try await org.app("Big")
        let notes = JSON(String(repeating: "note ", count: 12_000))
        let body: JSON = [
            "name": "bookmark", "label": "Big", "signOnMode": "BOOKMARK",
            "settings": ["app": ["url": "https://example.com"], "notes": ["admin": notes]],
        ]
        _ = try await org.client.request(.put, "/api/v1/apps/\(app)", body: .json(body))
        let list = try await agent.call("find_apps", ["query": "Big", "fields": ["*"]])
        #expect(list["data"]?[0]?["omitted"] != nil, "\(list.text.prefix(300))")
        #expect(list["data"]?[0]?["id"]?.string == app)
        let picked = try await agent.call("find_apps", ["query": "Big", "fields": ["label"]])
        #expect(picked["data"]?[0] == ["label": "Big"])
        await org.stop()
    }

    @Test("Agents: secrets are hidden")
    func hides() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        let app = try await agent.call(
            "call_write_action",
            [
                "action": "application create-application",
                "body": [
                    "name": "oidc_client", "label": "Job", "signOnMode": "OPENID_CONNECT",
                    "credentials": ["oauthClient": ["token_endpoint_auth_method": "client_secret_basic"]],
                    "settings": [
                        "oauthClient": [
                            "application_type": "service", "grant_types": ["client_credentials"],
                            "response_types": ["token"],
                        ]
                    ],
                ],
            ])
        let client = app["data"]?["credentials"]?["oauthClient"]
        #expect(client?["client_secret"] == "<hidden>", "\(app.text)")
        #expect(client?["token_endpoint_auth_method"] == "client_secret_basic")
        await org.stop()
    }

    @Test("Agents: errors contain the org's message and advice")
    func explains() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        var text = try await agent.failure(
            "call_write_action", ["action": "group create-group", "body": ["profile": [:]]])
        #expect(text.contains("E0000001"))
        text = try await agent.failure("who_has_access", ["app": "Nowhere"])
        #expect(text.contains("there is no app 'Nowhere'"))
        text = try await agent.failure("find_people", ["limit": 5000])
        #expect(text == "the argument limit must be a whole number from 1 to 200, not 5000")
        text = try await agent.failure("find_people", ["querry": "x"])
        #expect(text.contains("It takes query, search, limit, cursor, fields"))
        text = try await agent.failure("find_people", ["cursor": "made-up"])
        #expect(text.contains("unknown"))
        text = try await agent.failure("call_read_action", ["action": "group get-grup"])
        #expect(text.contains("get-grup"))
        text = try await agent.failure("recent_events", ["since": "yesterday"])
        #expect(text.contains("is not a time"))
        text = try await agent.failure("recent_events", ["since": "999999999999999999999d"])
        #expect(text.contains("too long ago"))
        await org.stop()
    }
}
#endif
