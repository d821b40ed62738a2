#if LocalOrg
import HTTPTypes
import Okta
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Names: look-ups in an org")
struct NameResolverTests {
    private func id(_ org: LocalOrg, _ path: RequestPath, _ body: JSON) async throws -> String {
        let response = try await org.client.request(.post, path, body: .json(body))
        return try #require(try response.json()["id"]?.string)
    }

    private func group(_ org: LocalOrg, _ name: String) async throws -> String {
        try await id(org, "/api/v1/groups", ["profile": ["name": JSON(name)]])
    }

    private func app(_ org: LocalOrg, _ label: String) async throws -> String {
        try await id(
            org, "/api/v1/apps",
            [
                "name": "bookmark", "label": JSON(label), "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://example.com", "requestIntegration": false]],
            ])
    }

    private func user(_ org: LocalOrg, _ login: String, mail: String, _ first: String, _ last: String) async throws
        -> String
    {
        try await id(
            org, "/api/v1/users",
            [
                "profile": [
                    "login": JSON(login), "email": JSON(mail), "firstName": JSON(first), "lastName": JSON(last),
                ]
            ])
    }

    private func resolve(
        _ org: LocalOrg, _ category: String, _ action: String, _ values: [String: String]
    ) async throws -> [String: String] {
        let action = try CommandCatalog.all.category(category).action(action)
        return try await NameResolver(org.client).resolve(values, of: action)
    }

    private func failure(_ body: () async throws -> Void) async -> CommandFailure? {
        do {
            try await body()
            return nil
        } catch { return error as? CommandFailure }
    }

    @Test("Names: a group, a user and an app are found by name")
    func finds() async throws {
        let org = try await LocalOrg.start()
        let engineering = try await group(org, "Engineering")
        _ = try await group(org, "Engineering West")
        let quoted = try await group(org, #"The "A" \ team"#)
        let ada = try await user(org, "ada@example.com", mail: "ada.l@example.com", "Ada", "Lovelace")
        let payroll = try await app(org, "Payroll")
        _ = try await app(org, "Payroll (old)")
        var found = try await resolve(
            org, "group", "add-user-to-group", ["groupId": "Engineering", "userId": "ada@example.com"])
        #expect(found == ["groupId": engineering, "userId": ada])
        for name in ["engineering", engineering] {
            #expect(try await resolve(org, "group", "get-group", ["groupId": name]) == ["groupId": engineering])
        }
        #expect(try await resolve(org, "group", "get-group", ["groupId": #"The "A" \ team"#]) == ["groupId": quoted])
        for name in ["Ada Lovelace", "ada.l@example.com", "ADA@example.com"] {
            let resolver = NameResolver(org.client)
            #expect(try await resolver.id(of: name, in: .users) == ada, "\(name)")
        }
        found = try await resolve(org, "application", "get-application", ["appId": "Payroll"])
        #expect(found == ["appId": payroll])
        await org.stop()
    }

    @Test("Names: objects within another, objects of a type, and wrapped lists")
    func findsOthers() async throws {
        let org = try await LocalOrg.start()
        let policy = try await id(
            org, "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": "Office", "description": "In the office"])
        let rule = try await id(
            org, "/api/v1/policies/\(policy)/rules",
            ["type": "SIGN_ON", "name": "Wired", "actions": ["signon": ["access": "ALLOW"]]])
        let found = try await resolve(org, "policy", "get-policy-rule", ["policyId": "Office", "ruleId": "Wired"])
        #expect(found == ["policyId": policy, "ruleId": rule])
        let zone = try await id(
            org, "/api/v1/zones",
            ["type": "IP", "name": "Lab", "gateways": [["type": "CIDR", "value": "192.0.2.0/24"]]])
        let named = try await resolve(org, "networkzone", "get-network-zone", ["zoneId": "Lab"])
        #expect(named == ["zoneId": zone])
        await org.stop()
    }

    @Test("Names: ids and words of the API cost no request, and a name costs one lookup for all rows")
    func asksSeldom() async throws {
        let org = try await LocalOrg.start()
        let engineering = try await group(org, "Engineering")
        let before = org.requests.count
        let ids = ["groupId": engineering, "userId": "00u1ab2cd3EF4gh5ij6k"]
        #expect(try await resolve(org, "group", "add-user-to-group", ids) == ids)
        #expect(try await resolve(org, "user", "get-user", ["id": "me"]) == ["id": "me"])
        #expect(org.requests.count == before)
        let resolver = NameResolver(org.client)
        for _ in 0..<5 { #expect(try await resolver.id(of: "Engineering", in: .groups) == engineering) }
        #expect(org.requests.count == before + 1)
        await org.stop()
    }

    @Test("Names: the error for an ambiguous or unknown name says what to do")
    func refuses() async throws {
        let org = try await LocalOrg.start()
        let ids = [try await app(org, "Payroll"), try await app(org, "payroll")]
        #expect(try await NameResolver(org.client).id(of: "payroll", in: .apps) == ids[1])
        let ambiguous = await failure { _ = try await NameResolver(org.client).id(of: "PAYROLL", in: .apps) }
        #expect(ambiguous?.exitCode == .usage)
        for id in ids { #expect(ambiguous?.message.contains(id) == true, "\(ambiguous?.message ?? "")") }
        _ = try await group(org, "Engineering")
        let unknown = await failure { _ = try await NameResolver(org.client).id(of: "Enginering", in: .groups) }
        #expect(unknown?.message == "there is no group 'Enginering'")
        #expect(unknown?.advice == "Did you mean Engineering? `okta group list-groups` lists them.")
        let everywhere = await failure {
            _ = try await resolve(org, "policy", "get-policy", ["policyId": "Default Policy"])
        }
        #expect(everywhere?.message.contains("is the name of") == true, "\(everywhere?.message ?? "none")")
        let nobody = await failure { _ = try await NameResolver(org.client).id(of: "nobody@example.org", in: .users) }
        #expect(nobody?.message == "there is no user 'nobody@example.org'")
        await org.stop()
    }
}
#endif
