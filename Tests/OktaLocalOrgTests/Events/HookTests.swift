import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: hooks")
struct HookTests {
    private static func eventHook(_ url: String, events: [String] = ["group.lifecycle.create"]) -> JSON {
        [
            "name": "H", "events": ["type": "EVENT_TYPE", "items": JSON(events.map { JSON($0) })],
            "channel": [
                "type": "HTTP", "version": "1.0.0",
                "config": [
                    "uri": JSON(url), "headers": [["key": "X-Own", "value": "own"]],
                    "authScheme": ["type": "HEADER", "key": "Authorization", "value": "secret"],
                ],
            ],
        ]
    }

    private static func inlineHook(_ url: String) -> JSON {
        [
            "name": "I", "type": "com.okta.user.pre-registration", "version": "1.0.0",
            "channel": [
                "type": "HTTP", "version": "1.0.0",
                "config": [
                    "uri": JSON(url), "authScheme": ["type": "HEADER", "key": "X-Key", "value": "secret"],
                ],
            ],
        ]
    }

    /// Responds to a verification as Okta's guide says, and accepts all events.
    private static let service: LoopbackServer.Handler = { request in
        guard let challenge = request.header("x-okta-verification-challenge") else { return .empty(204) }
        return .json(#"{"verification":"\#(challenge)"}"#)
    }

    private func respond(_ org: TestOrg, _ method: String, _ target: String, _ body: JSON? = nil) async
        -> TestOrg.Response
    {
        let request = LocalRequest(
            method, target, headers: [("authorization", "SSWS test"), ("host", "test.okta.com")],
            body: body?.bytes ?? [])
        let response = await org.engine.respond(to: request)
        return TestOrg.Response(response)
    }

    @Test("Event hooks: a service that returns the challenge is verified, and gets its events")
    func deliversEvents() async throws {
        try await LoopbackServer.run(Self.service) { server in
            let org = TestOrg()
            let hook = org("POST", "/api/v1/eventHooks", Self.eventHook(server.origin + "/hook"))
            // An event before the verification is not delivered.
            org("POST", "/api/v1/groups", ["profile": ["name": "before"]])
            let verified = await respond(org, "POST", "/api/v1/eventHooks/\(hook.id)/lifecycle/verify")
            #expect(verified.status == 200)
            #expect(verified.json["verificationStatus"]?.string == "VERIFIED")
            org("POST", "/api/v1/groups", ["profile": ["name": "after"]])
            _ = org.user("ada")
            let deliveries = await org.engine.deliveries()
            #expect(deliveries.map(\.kind) == [.verification, .event])
            #expect(deliveries.map(\.outcome) == [.delivered, .delivered])
            let requests = server.requests
            #expect(requests.map(\.method) == ["GET", "POST"])
            for request in requests {
                #expect(request.path == "/hook")
                #expect(request.header("authorization") == "secret")
                #expect(request.header("x-own") == "own")
            }
            let body = try JSON(parsing: requests[1].body)
            #expect(body.text("eventType") == "com.okta.event_hook")
            #expect(body.text("source") == "https://test.okta.com/api/v1/eventHooks/\(hook.id)")
            let events = try #require(body[path: "data.events"]?.elements)
            #expect(events.compactMap { $0.text("eventType") } == ["group.lifecycle.create"])
            await org.engine.hooks.stop()
        }
    }

    @Test("Event hooks: a service that does not return the challenge stays unverified")
    func refusesVerification() async throws {
        try await LoopbackServer.run({ _ in .json("{}") }) { server in
            let org = TestOrg()
            let hook = org("POST", "/api/v1/eventHooks", Self.eventHook(server.origin))
            let verified = await respond(org, "POST", "/api/v1/eventHooks/\(hook.id)/lifecycle/verify")
            #expect(verified.status == 400)
            #expect(verified.errorCode == "E0000001")
            let shown = org("GET", "/api/v1/eventHooks/\(hook.id)")
            #expect(shown.json["verificationStatus"]?.string == "UNVERIFIED")
            await org.engine.hooks.stop()
        }
    }

    @Test(
        "Hooks: a failed call is retried once, a rejected one is not",
        arguments: [(500, 2), (404, 1)])
    func retries(status: Int, attempts: Int) async throws {
        try await LoopbackServer.run({ _ in .empty(status) }) { server in
            let org = TestOrg()
            let hook = org("POST", "/api/v1/inlineHooks", Self.inlineHook(server.origin))
            let response = await respond(org, "POST", "/api/v1/inlineHooks/\(hook.id)/execute", ["data": [:]])
            #expect(response.status == 400)
            #expect(server.requests.count == attempts)
            let delivery = try #require(await org.engine.deliveries().last)
            #expect(delivery.outcome == .failed)
            #expect(delivery.statuses == Array(repeating: status, count: attempts))
            await org.engine.hooks.stop()
        }
    }

    @Test("Hooks: a service that does not respond in time is a failure", .hangLimit)
    func limitsTime() async throws {
        try await LoopbackServer.run({ _ in LoopbackResponse() }) { server in
            let org = TestOrg { $0.hookTimeout = .milliseconds(20) }
            let hook = org("POST", "/api/v1/inlineHooks", Self.inlineHook(server.origin))
            let response = await respond(org, "POST", "/api/v1/inlineHooks/\(hook.id)/execute", ["data": [:]])
            #expect(response.status == 400)
            let delivery = try #require(await org.engine.deliveries().last)
            #expect(delivery.outcome == .failed && delivery.statuses == [nil, nil])
            await org.engine.hooks.stop()
        }
    }

    @Test("Request journal: a request that a hook rejected has the status that its caller received")
    func notesStatus() async throws {
        try await LoopbackServer.run({ _ in .empty(404) }) { server in
            let org = TestOrg()
            let hook = org("POST", "/api/v1/inlineHooks", Self.inlineHook(server.origin))
            let response = await respond(org, "POST", "/api/v1/inlineHooks/\(hook.id)/execute", ["data": [:]])
            #expect(response.status == 400 && org.engine.requests.last?.status == 400)
            await org.engine.hooks.stop()
        }
    }

    @Test("Inline hooks: a test call sends the payload with the secret, and returns the service's response")
    func executes() async throws {
        try await LoopbackServer.run({ _ in .json(#"{"commands":[{"type":"com.okta.action.update"}]}"#) }) { server in
            let org = TestOrg()
            let hook = org("POST", "/api/v1/inlineHooks", Self.inlineHook(server.origin + "/i"))
            let response = await respond(
                org, "POST", "/api/v1/inlineHooks/\(hook.id)/execute", ["data": ["action": "ALLOW"]])
            #expect(response.status == 200)
            #expect(response.json["commands"]?[0]?.text("type") == "com.okta.action.update")
            let request = try #require(server.requests.first)
            #expect(request.header("x-key") == "secret")
            let body = try JSON(parsing: request.body)
            #expect(body.text("data.action") == "ALLOW")
            #expect(body.text("eventType") == "com.okta.user.pre-registration")
            await org.engine.hooks.stop()
        }
    }

    @Test("Hooks: URLs of other machines are not called, and are listed with the reason")
    func callsOnlyLoopback() async throws {
        let org = TestOrg()
        let hook = org("POST", "/api/v1/eventHooks", Self.eventHook("https://example.com/hook"))
        let verified = await respond(org, "POST", "/api/v1/eventHooks/\(hook.id)/lifecycle/verify")
        #expect(verified.json["verificationStatus"]?.string == "VERIFIED")
        org("POST", "/api/v1/groups", ["profile": ["name": "A"]])
        let deliveries = await org.engine.deliveries()
        #expect(deliveries.map(\.outcome) == [.notCalled, .notCalled])
        #expect(deliveries.allSatisfy { $0.problem?.isEmpty == false && $0.statuses.isEmpty })
        let listed = org("GET", "/_local/deliveries")
        #expect(listed.json.elements?.compactMap { $0.text("outcome") } == ["notCalled", "notCalled"])
    }

    @Test(
        "Hooks: only loopback addresses are this machine",
        arguments: [
            ("http://127.0.0.1:80/a", true), ("http://localhost", true), ("http://[::1]:8080/x", true),
            ("http://127.0.0.1.example.com", false), ("http://localhost.example.com", false),
            ("http://127.0.0.1@example.com/", false), ("https://example.com", false), ("ftp://127.0.0.1", false),
            ("http://1270.0.0.1", false), ("", false),
        ])
    func recognizesLoopback(url: String, isLoopback: Bool) {
        #expect((HookAddress(url)?.isLoopback ?? false) == isLoopback)
    }

    @Test("Event hooks: a new one is active and unverified, and its secret is never shown")
    func createsEventHook() {
        let org = TestOrg()
        let hook = org("POST", "/api/v1/eventHooks", Self.eventHook("https://example.com/1"))
        #expect(hook.status == 200)
        #expect(hook.json["status"]?.string == "ACTIVE")
        #expect(hook.json["verificationStatus"]?.string == "UNVERIFIED")
        #expect(hook.json["description"]?.kind == .null)
        #expect(hook.json[path: "events.filter"]?.kind == .null)
        #expect(hook.json[path: "channel.config.method"]?.string == "POST")
        for response in [hook, org("GET", "/api/v1/eventHooks/\(hook.id)")] {
            #expect(response.json[path: "channel.config.authScheme.key"]?.string == "Authorization")
            #expect(response.json[path: "channel.config.authScheme.value"] == nil)
            #expect(response.json[path: "channel.config.headers"]?[0]?.text("value") == "own")
        }
    }

    @Test(
        "Hooks: only an inactive hook can be deleted",
        arguments: ["eventHooks", "inlineHooks"])
    func deletesInactive(list: String) {
        let org = TestOrg()
        let url = "https://example.com"
        let hook = org("POST", "/api/v1/\(list)", list == "eventHooks" ? Self.eventHook(url) : Self.inlineHook(url))
        #expect(hook.json["status"]?.string == "ACTIVE")
        #expect((hook.json["verificationStatus"] == nil) == (list == "inlineHooks"))
        let path = "/api/v1/\(list)/\(hook.id)"
        #expect(org("DELETE", path).status == 400)
        #expect(org("POST", "\(path)/lifecycle/deactivate").json["status"]?.string == "INACTIVE")
        #expect(org("DELETE", path).status == 204)
        #expect(org("GET", path).errorCode == "E0000007")
    }

    @Test("Hooks: a hook without a name, address or events is rejected")
    func refusesHooks() {
        let org = TestOrg()
        var body = Self.eventHook("http://example.com")
        #expect(org("POST", "/api/v1/eventHooks", body).causes.first?.hasPrefix("uri: ") == true)
        body = Self.eventHook("https://example.com", events: [])
        #expect(org("POST", "/api/v1/eventHooks", body).causes == ["items: The field cannot be left blank"])
        body["name"] = nil as JSON?
        #expect(org("POST", "/api/v1/eventHooks", body).causes == ["name: The field cannot be left blank"])
        var inline = Self.inlineHook("https://example.com")
        inline["type"] = "com.okta.unknown"
        #expect(org("POST", "/api/v1/inlineHooks", inline).status == 400)
    }

    @Test("Inline hooks: an org has at most fifty, and their type and version are fixed")
    func limitsInlineHooks() {
        let org = TestOrg()
        let first = org("POST", "/api/v1/inlineHooks", Self.inlineHook("https://example.com"))
        for _ in 1..<50 {
            #expect(org("POST", "/api/v1/inlineHooks", Self.inlineHook("https://example.com")).status == 200)
        }
        #expect(org("POST", "/api/v1/inlineHooks", Self.inlineHook("https://example.com")).status == 400)
        var other = Self.inlineHook("https://example.com/2")
        other["type"] = "com.okta.saml.tokens.transform"
        let replaced = org("PUT", "/api/v1/inlineHooks/\(first.id)", other)
        #expect(replaced.json["type"]?.string == "com.okta.user.pre-registration")
        #expect(replaced.json[path: "channel.config.uri"]?.string == "https://example.com/2")
    }
}
