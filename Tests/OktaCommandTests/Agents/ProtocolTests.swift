#if LocalOrg
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Agents: protocol")
struct ProtocolTests {
    @Test(
        "Protocol: the handshake agrees on a version",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"), ("2030-01-01", "2025-11-25"),
        ])
    func agrees(_ offer: String, _ agreed: String) async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        await agent.send(#"{"jsonrpc":"2.0","id":0,"method":"tools/list"}"#)
        #expect(try await agent.next()["error"]?["code"] == -32602)
        await agent.send(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\#(offer)"}}"#)
        let response = try await agent.next()
        #expect(response["result"]?["protocolVersion"]?.string == agreed)
        await agent.send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        await agent.send(#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#)
        #expect(try await agent.next()["result"] == [:])
        await agent.send(#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#)
        #expect(try await agent.next()["result"]?["tools"]?.count == 11)
        // Batches belong to one version only.
        await agent.send(#"[{"jsonrpc":"2.0","id":4,"method":"ping"},{"jsonrpc":"2.0","id":5,"method":"ping"}]"#)
        let batch = try await agent.next()
        if agreed == "2025-03-26" {
            #expect(Set(batch.elements?.compactMap { $0["id"]?.int } ?? []) == [4, 5])
        } else {
            #expect(batch["error"]?["code"] == -32600)
        }
        await org.stop()
    }

    @Test("Protocol: a request that names its version needs no handshake")
    func perRequest() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        let found = try await agent.request("server/discover")["result"]
        #expect(found?["supportedVersions"] == ["2026-07-28"])
        #expect(found?["resultType"] == "complete")
        #expect(found?["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "okta")
        #expect(try await agent.request("ping")["error"]?["code"] == -32601)
        await agent.send(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1999-01-01"}}}"#
        )
        let refused = try await agent.next()["error"]
        #expect(refused?["code"] == -32022)
        #expect(refused?["data"] == ["supported": ["2026-07-28"], "requested": "1999-01-01"])
        await org.stop()
    }

    @Test(
        "Protocol: invalid messages get JSON-RPC errors",
        arguments: [
            ("{", -32700, nil), ("[1,2", -32700, nil), ("\"text\"", -32600, nil), ("[]", -32600, nil),
            (#"{"id":7,"method":"ping"}"#, -32600, 7), (#"{"jsonrpc":"2.0","id":7}"#, -32600, 7),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, nil),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, nil),
            (#"{"jsonrpc":"2.0","id":7,"method":5}"#, -32600, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"ping","params":[1]}"#, -32600, 7),
            (#"{"jsonrpc":"2.0","id":7,"method":"resources/list"}"#, -32601, 7),
        ] as [(String, Int, Int?)])
    func refuses(_ line: String, _ code: Int, _ id: Int?) async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        await agent.send(line)
        let response = try await agent.next()
        #expect(response["error"]?["code"]?.int == code)
        #expect(response["id"]?.int == id)
        await org.stop()
    }

    @Test("Protocol: a cancelled request has no response")
    func cancels() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        org.engine.add(Fault(.delay, path: "/api/v1/groups", milliseconds: 20_000))
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
        await agent.send(
            #"{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"find_groups","arguments":{},\#(meta)}}"#
        )
        await agent.send(
            #"{"jsonrpc":"2.0","id":"slow","method":"tools/list","params":{\#(meta)}}"#)
        #expect(try await agent.next()["error"]?["code"] == -32600)
        await agent.send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow"}}"#)
        // The id can be reused.
        let response = try await agent.request("tools/list", id: "slow")
        #expect(response["result"]?["tools"] != nil)
        // A stream of notifications has no response either.
        let opened = try? JSON(
            parsing:
                #"{"jsonrpc":"2.0","id":9,"method":"subscriptions/listen","params":{"notifications":{},\#(meta)}}"#)
        await agent.send(opened?.text ?? "")
        #expect(try await agent.next()["method"] == "notifications/subscriptions/acknowledged")
        await agent.send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}}"#)
        #expect(try await agent.request("tools/list", id: 9)["result"] != nil)
        await agent.server.finish()
        await org.stop()
    }

    @Test("Protocol: text from the org stays on one line")
    func oneLine() async throws {
        let org = try await LocalOrg.start()
        let agent = AgentLines(org)
        let name = "A\nB\r\n\u{2028}\u{0}\"\\ {\"jsonrpc\":\"2.0\"} 👩‍👩‍👧"
        let id = try await org.create("/api/v1/groups", ["profile": ["name": JSON(name)]])
        let result = try await agent.call("find_groups", ["search": JSON("id eq \"\(id)\"")])
        #expect(result["data"]?[0]?["profile.name"]?.string == name)
        // The response repeats the id as sent, even if its line contained whitespace.
        await agent.send("{\"jsonrpc\":\"2.0\",\"id\":\"a\\u000ab\\ud800\",\t\"method\":\"ping\"}")
        #expect(try await agent.next()["result"] == [:])
        await org.stop()
    }
}
#endif
