#if LocalOrg
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Agents: writes")
struct AgentWriteTests {
    @Test("Agents: a write counts as done regardless of the values in its response")
    func unknownValues() async throws {
        let org = try await LocalOrg.start()
        // The catalog does not list the type, and declares other types for the other members.
        let group: JSON = [
            "id": "00gfuture12345678901", "type": "FUTURE_GROUP", "created": 5, "objectClass": ["future": [true]],
            "future": 1,
            "profile": ["name": "Before"],
        ]
        try org.engine.seed(objects: ["/api/v1/groups": [group]])
        let agent = AgentLines(org, allowsWrites: true)
        let call: JSON = [
            "action": "group update-group", "parameters": ["groupId": "00gfuture12345678901"],
            "body": ["profile": ["name": "After"]],
        ]
        var confirmed = call
        confirmed["confirmation"] = try await agent.call("call_write_action", call)["confirmation"]
        let done = try await agent.call("call_write_action", confirmed)
        #expect(done["status"] == 200)
        #expect(done["data"]?["type"] == "FUTURE_GROUP" && done["data"]?["objectClass"] == ["future": [true]])
        #expect(done["data"]?["profile"]?["name"] == "After")
        try org.expect("PUT /api/v1/groups/{}", times: 1, status: 200)
        await org.stop()
    }

    @Test("Agents: a server without --allow-writes changes nothing")
    func readOnly() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        let engineering = try await org.group("Engineering")
        let before = org.requests.count
        let listed = try await agent.request("tools/list")["result"]?["tools"]?.elements ?? []
        #expect(listed.allSatisfy { $0["annotations"]?["readOnlyHint"]?.bool == true })
        for action in CommandCatalog.all.actions where action.descriptor.method != .get {
            let values = action.descriptor.parameters.filter(\.isRequired).map {
                ($0.name, JSON("00g1ab2cd3EF4gh5ij6k"))
            }
            let text = try await agent.failure(
                "call_read_action",
                ["action": JSON("\(action.category) \(action.name)"), "parameters": JSON(members: values)])
            #expect(!text.isEmpty)
        }
        // A name is not even looked up.
        let looked = org.requests.count
        let deletion: JSON = ["action": "user delete-user", "parameters": ["id": "ada@example.com"]]
        let text = try await agent.failure("call_read_action", deletion)
        #expect(text.contains("changes something") && org.requests.count == looked, "\(text)")
        let unknown = try await agent.request(
            "tools/call", ["name": "call_write_action", "arguments": ["action": "group remove-group"]])
        #expect(unknown["error"]?["code"] == -32602)
        #expect(org.requests[before...].allSatisfy { $0.method == "GET" })
        #expect(try await agent.call("find_groups", ["query": "Eng"])["data"]?[0]?["id"]?.string == engineering)
        await org.stop()
    }

    @Test("Agents: a confirmation is valid for one call, once, and expires")
    func confirms() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        let doomed = try await org.group("Doomed")
        _ = try await org.group("Engineering")
        let deletion: JSON = ["action": "group remove-group", "parameters": ["groupId": "Doomed"]]
        func confirmed(_ call: JSON, by token: JSON?) -> JSON {
            var call = call
            call["confirmation"] = token
            return call
        }
        func deletions() -> Int { org.requests.filter { $0.method == "DELETE" }.count }
        var first = try await agent.call("call_write_action", deletion)
        #expect(first["sent"]?.bool == false)
        #expect(first["request"]?.string == "DELETE \(org.url)/api/v1/groups/\(doomed)")
        let other: JSON = ["action": "group remove-group", "parameters": ["groupId": "Engineering"]]
        #expect(
            try await agent.failure("call_write_action", confirmed(other, by: first["confirmation"]))
                .contains("another call"))
        #expect(
            try await agent.failure("call_write_action", confirmed(deletion, by: first["confirmation"]))
                .contains("used before"))
        first = try await agent.call("call_write_action", deletion)
        agent.advance(.seconds(301))
        #expect(
            try await agent.failure("call_write_action", confirmed(deletion, by: first["confirmation"]))
                .contains("expired"))
        #expect(
            try await agent.failure("call_write_action", confirmed(deletion, by: "0123456789abcdef"))
                .contains("unknown"))
        #expect(deletions() == 0)
        first = try await agent.call("call_write_action", deletion)
        agent.advance(.seconds(299))
        let done = try await agent.call("call_write_action", confirmed(deletion, by: first["confirmation"]))
        #expect(done["status"] == 204)
        #expect(deletions() == 1)
        await org.stop()
    }

    @Test("Agents: a change of some fields keeps the others, and another body needs another confirmation")
    func keepsFields() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org, allowsWrites: true)
        let group = try await org.create(
            "/api/v1/groups", ["profile": ["name": "Engineering", "description": "Builds things"]])
        var change: JSON = [
            "action": "group update-group", "parameters": ["groupId": "Engineering"],
            "changes": ["profile.name": "Research"],
        ]
        let first = try await agent.call("call_write_action", change)
        #expect(first["body"]?["profile"] == ["name": "Research", "description": "Builds things"])
        change["confirmation"] = first["confirmation"]
        change["changes"] = ["profile.name": "Marketing"]
        #expect(try await agent.failure("call_write_action", change).contains("another call"))
        change["confirmation"] = nil
        change["changes"] = ["profile.name": "Research"]
        change["confirmation"] = try await agent.call("call_write_action", change)["confirmation"]
        _ = try await agent.call("call_write_action", change)
        let read = try await org.client.request(.get, "/api/v1/groups/\(group)").json()
        #expect(read["profile"]?["name"] == "Research")
        #expect(read["profile"]?["description"] == "Builds things")
        await org.stop()
    }
}
#endif
