import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: System Log")
struct SystemLogTests {
    private func types(_ response: TestOrg.Response) -> [String] {
        (response.json.elements ?? []).compactMap { $0.text("eventType") }
    }

    @Test("System Log: an event has actor, action, target, client and transaction")
    func describesEvent() throws {
        let org = TestOrg()
        let created = org(
            "POST", "/api/v1/groups", ["profile": ["name": "A"]],
            headers: [("User-Agent", "tests/1"), ("X-Forwarded-For", "192.0.2.7, 10.0.0.1")])
        let event = try #require(org("GET", "/api/v1/logs").json[0])
        #expect(
            Set((event.members ?? []).map(\.key)) == [
                "actor", "client", "device", "authenticationContext", "displayMessage", "eventType", "outcome",
                "published", "securityContext", "severity", "debugContext", "legacyEventType", "transaction", "uuid",
                "version", "request", "target",
            ])
        #expect(event.text("eventType") == "group.lifecycle.create")
        #expect(event.text("displayMessage") == "Create Okta group")
        #expect(event.text("published") == "2025-11-24T16:00:00.000Z")
        #expect(event.text("severity") == "INFO" && event.text("outcome.result") == "SUCCESS")
        #expect(event.text("actor.type") == "User" && event.text("actor.alternateId") == "admin@local.example.com")
        #expect(event["target"]?[0]?.text("id") == created.id)
        #expect(event["target"]?[0]?.text("type") == "UserGroup" || event["target"]?[0]?.text("displayName") == "A")
        #expect(event.text("client.userAgent.rawUserAgent") == "tests/1")
        #expect(event.text("client.ipAddress") == "192.0.2.7")
        #expect(event.text("transaction.id") == created.raw.header("x-okta-request-id"))
        #expect(event.text("transaction.detail.requestApiTokenId")?.hasPrefix("00T") == true)
        #expect(event.text("debugContext.debugData.requestUri") == "/api/v1/groups")
        #expect(event.text("uuid")?.utf8.count == 36)
    }

    @Test("System Log: a filter, keywords, both orders and both bounds select events")
    func queries() {
        let org = TestOrg()
        let first = org.group("Alpha").id
        org.clock.advance(by: 10)
        _ = org.group("Beta")
        org.clock.advance(by: 10)
        let user = org.user("ada").id
        let found = { (query: String) in types(org("GET", "/api/v1/logs?\(query)")) }
        #expect(found("filter=eventType+sw+%22group.%22") == ["group.lifecycle.create", "group.lifecycle.create"])
        #expect(found("filter=target.id+eq+%22\(first)%22") == ["group.lifecycle.create"])
        #expect(
            found("filter=target.id+eq+%22\(user)%22+and+not+(eventType+co+%22activate%22)").first
                == "user.lifecycle.create")
        #expect(found("filter=published+gt+%222025-11-24T16:00:15Z%22").first == "user.lifecycle.create")
        #expect(found("filter=debugContext.debugData.requestUri+eq+%22/api/v1/groups%22").count == 2)
        #expect(found("filter=outcome.result+eq+%22SUCCESS%22+").count == 4)
        #expect(found("q=beta+GROUP").count == 1)
        #expect(found("sortOrder=DESCENDING").last == "group.lifecycle.create")
        #expect(found("since=2025-11-24T16:00:05.500Z&until=2025-11-24T16:00:10.001Z").count == 1)
        #expect(found("since=2025-11-24T16:00:10Z&until=2025-11-24T16:00:20Z").count == 1)
        #expect(found("since=2025-11-24T17:00:00%2B01:00&limit=1").count == 1)
    }

    @Test(
        "System Log: undocumented parameters and values are rejected",
        arguments: [
            "limit=1001", "limit=-1", "limit=x", "sortOrder=UP", "since=yesterday", "until=1", "after=nothing",
            "after=1_99", "filter=eventType+is+1", "since=2025-01-02T00:00:00Z&until=2025-01-01T00:00:00Z",
            "q=1+2+3+4+5+6+7+8+9+10+11", "q=\(String(repeating: "x", count: 41))",
        ])
    func refuses(_ query: String) { #expect(TestOrg()("GET", "/api/v1/logs?\(query)").status == 400) }

    @Test("System Log: a polling query always has a next page, which later has new events, and a bounded one ends")
    func polls() throws {
        let org = TestOrg()
        for name in ["A", "B", "C"] { _ = org.group(name) }
        var page = org("GET", "/api/v1/logs?limit=2&since=2025-11-24T00:00:00Z")
        #expect(types(page).count == 2)
        page = org("GET", TestOrg.path(page.link("next")))
        #expect(types(page).count == 1)
        page = org("GET", TestOrg.path(page.link("next")))
        #expect(types(page).isEmpty)
        _ = org.group("D")
        page = org("GET", TestOrg.path(page.link("next")).replacing("limit=2", with: "limit=50"))
        #expect(types(page).count == 1)
        #expect(page.link("next") != nil)
        let bounds = "since=2025-11-24T00:00:00Z&until=2025-11-25T00:00:00Z&limit=3"
        let first = org("GET", "/api/v1/logs?\(bounds)")
        let second = org("GET", TestOrg.path(first.link("next")))
        #expect(types(first).count == 3 && types(second).count == 1 && second.link("next") == nil)
        #expect(org("GET", "/api/v1/logs?limit=0").json.count == 0)
    }

    @Test("System Log: pages in descending order do not move when events are added")
    func keepsOrder() {
        let org = TestOrg()
        for name in ["A", "B", "C"] { _ = org.group(name) }
        let names = { (response: TestOrg.Response) in
            (response.json.elements ?? []).compactMap { $0["target"]?[0]?.text("displayName") }
        }
        let first = org("GET", "/api/v1/logs?sortOrder=DESCENDING&limit=2")
        _ = org.user("ada")
        let second = org("GET", TestOrg.path(first.link("next")))
        #expect(second.json.count == 1)
        #expect(second.link("next") == nil)
        #expect(Set(names(first) + names(second)).count == names(first).count + names(second).count)
    }

    @Test("System Log: a query without a start covers a week")
    func showsWeek() {
        let org = TestOrg()
        _ = org.group("A")
        org.clock.advance(by: 8 * 86_400)
        _ = org.group("B")
        #expect(org("GET", "/api/v1/logs").json.count == 1)
        #expect(org("GET", "/api/v1/logs?since=2025-11-01T00:00:00Z").json.count == 2)
    }

    @Test("System Log: routes have Okta's documented types, and other changes get types from their path")
    func namesTypes() {
        let expected = [
            ("PUT", "/api/v1/groups/{groupId}", "group.profile.update"), ("POST", "/api/v1/zones", "zone.create"),
            ("POST", "/api/v1/zones/{id}/lifecycle/deactivate", "zone.deactivate"),
            ("PUT", "/api/v1/policies/{id}/rules/{ruleId}", "policy.rule.update"),
            ("POST", "/api/v1/policies/{id}/rules", "policy.rule.add"),
            ("DELETE", "/api/v1/authorizationServers/{id}/scopes/{scopeId}", "oauth2.scope.deleted"),
            ("DELETE", "/api/v1/api-tokens/{id}", "system.api_token.revoke"),
            ("PUT", "/api/v1/brands/{id}/themes/{themeId}", "system.theme.update"),
            ("POST", "/governance/api/v1/campaigns/{id}/launch", "certification.campaign.launch"),
        ]
        for (method, path, type) in expected {
            let operation = Operation(method, path) { _, _ throws(OrgFault) in .empty() }
            #expect(ChangeEvents.type(of: operation) == type, "\(method) \(path)")
        }
        let types = OperationCatalog.router.operations.filter { $0.method != "GET" }.map(ChangeEvents.type)
        #expect(types.allSatisfy { !$0.contains("{") && $0.contains(".") })
        #expect(Set(types.filter(EventTypes.isDocumented)).count >= 60)
    }

    @Test("System Log: every successful change writes an event")
    func followsChanges() {
        let walk = OperationWalk()
        walk.run()
        #expect(walk.silent == [])
        // Most of the operations that can change something changed something.
        #expect(walk.changed.count >= 300, "only \(walk.changed.count): \(walk.refused)")
        #expect(Set(walk.types).count >= 60)
    }

    @Test("System Log: a password, a type, a role and a reset are events of their subjects")
    func namesSubjects() {
        let org = TestOrg()
        let (user, group) = (org.user("ada", password: "Abcd1234!x").id, org.group("G").id)
        let type = org("POST", "/api/v1/meta/types/user", ["name": "t", "displayName": "T"]).id
        let before = org("GET", "/api/v1/logs?limit=1000").json.count
        org("POST", "/api/v1/users/\(user)", ["credentials": ["password": ["value": "Xbcd1234!x"]]])
        org("POST", "/api/v1/users/\(user)", ["profile": ["lastName": "L"], "type": ["id": JSON(type)]])
        org("POST", "/api/v1/users/\(user)/lifecycle/reset_factors")
        let role = org("POST", "/api/v1/users/\(user)/roles", ["type": "HELP_DESK_ADMIN"]).id
        org("DELETE", "/api/v1/users/\(user)/roles/\(role)")
        org("POST", "/api/v1/groups/\(group)/roles", ["type": "HELP_DESK_ADMIN"])
        let events = (org("GET", "/api/v1/logs?limit=1000").json.elements ?? []).dropFirst(before)
        #expect(
            events.map { "\($0.text("eventType") ?? "") \($0["target"]?[0]?.text("id") ?? "")" } == [
                "user.account.update_password \(user)", "user.account.update_user_type \(user)",
                "user.account.update_profile \(user)", "user.mfa.factor.reset_all \(user)",
                "user.account.privilege.grant \(user)", "user.account.privilege.revoke \(user)",
                "group.privilege.grant \(group)",
            ])
    }

    @Test("System Log: an app that a user gets or loses through a group is an event of both")
    func recordsAssignmentsThroughGroups() {
        let org = TestOrg()
        let (ada, bob) = (org.user("ada").id, org.user("bob").id)
        let group = org.group("Wiki users").id
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "bookmark", "label": "Wiki", "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://example.com"]],
            ]
        ).id
        org("PUT", "/api/v1/groups/\(group)/users/\(ada)")
        let before = org("GET", "/api/v1/logs?limit=1000").json.count
        org("PUT", "/api/v1/apps/\(app)/groups/\(group)")
        org("PUT", "/api/v1/groups/\(group)/users/\(bob)")
        org("POST", "/api/v1/users/\(bob)/lifecycle/deactivate")
        org("DELETE", "/api/v1/apps/\(app)/groups/\(group)")
        let events = (org("GET", "/api/v1/logs?limit=1000").json.elements ?? []).dropFirst(before)
        let found = events.map { event in
            "\(event.text("eventType") ?? "") \(event["target"]?[0]?.text("id") ?? "")"
        }
        #expect(
            found == [
                "group.application_assignment.add \(app)", "application.user_membership.add \(ada)",
                "group.user_membership.add \(bob)", "application.user_membership.add \(bob)",
                "user.lifecycle.deactivate \(bob)", "application.user_membership.remove \(bob)",
                "group.application_assignment.remove \(app)", "application.user_membership.remove \(ada)",
            ])
    }
}
