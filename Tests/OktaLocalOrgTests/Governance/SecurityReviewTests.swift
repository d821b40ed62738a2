import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: security access reviews")
struct SecurityReviewTests {
    private let org = TestOrg()
    private let path = "/governance/api/v2/security-access-reviews"
    private let app: String
    private let user: String
    private let me: String

    init() {
        app = org.app()
        user = org.user("ada").id
        me = org("GET", "/api/v1/users/me").id
    }

    private func review(_ more: JSON = [:], by reviewer: String? = nil) -> TestOrg.Response {
        var body: JSON = [
            "principalId": JSON(user), "name": "After the incident",
            "reviewerSettings": ["type": "USER", "userSettings": ["includedUserIds": [JSON(reviewer ?? me)]]],
        ]
        body.merge(more)
        return org("POST", path, body)
    }

    private func items(_ review: String) -> [JSON] {
        org("GET", "\(path)/\(review)/accesses").json["data"]?.elements ?? []
    }

    private func subItems(_ review: String, _ item: JSON?) -> [JSON] {
        org("GET", "\(path)/\(review)/accesses/\(item?.text("id") ?? "")/sub-accesses").json["data"]?.elements ?? []
    }

    private func act(_ type: String, _ review: String, _ item: JSON?) -> TestOrg.Response {
        org("POST", "\(path)/\(review)/accesses/\(item?.text("id") ?? "")/actions", ["type": JSON(type)])
    }

    private var hasApp: Bool { org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 200 }

    @Test("Reviews: a new one is pending, then active for a week, and closes automatically")
    func opensAndCloses() {
        let made = review()
        #expect(made.status == 202 && made.json.text("status") == "PENDING")
        #expect(made.json.text("created") == "2025-11-24T16:00:00Z")
        #expect(made.json.text("endTime") == "2025-12-01T16:00:00Z")
        let profiles = made.json[path: "reviewerSettings.userSettings.includedUserProfiles"]
        #expect(profiles?[0]?.text("id") == me && profiles?[0]?.text("type") == "USER")
        let own = "\(path)/\(made.id)"
        #expect(org("GET", own).json.text("status") == "ACTIVE")
        #expect(org("GET", "\(path)/stats").json["activeCount"] == 1)
        let moved = org("PATCH", own, ["endTime": "2025-11-26T00:00:00Z"])
        #expect(moved.json.text("endTime") == "2025-11-26T00:00:00Z")
        org.clock.advance(by: 3 * 86_400)
        #expect(org("GET", own).json.text("status") == "CLOSED")
        #expect(org("GET", "\(path)/stats").json["closedCount"] == 1)
        let late = org("POST", own + "/comment", ["comment": "late"])
        #expect(late.status == 409 && late.errorCode == "E0000195")
        #expect(org("GET", own + "/actions").json["data"] == [])
    }

    @Test("Reviews: requests without reviewers, for an unknown user, or with an invalid end are rejected")
    func refuses() {
        #expect(review(["principalId": "00u0"]).status == 404)
        #expect(review(["endTime": "2025-11-25T00:00:00Z"]).errorCode == "E0000001")
        #expect(review(["endTime": "2026-12-01T00:00:00Z"]).errorCode == "E0000001")
        #expect(review(["reviewerSettings": ["userSettings": ["includedUserIds": []]]]).status == 400)
        #expect(review(by: "00u0").status == 404)
        #expect(org("GET", "\(path)/none").status == 404)
    }

    @Test("Review items: a directly assigned app is revoked and restored, with a history")
    func takesApps() {
        org("POST", "/api/v1/apps/\(app)/users", ["id": JSON(user)])
        let review = review().id
        let item = items(review).first
        #expect(item?.text("type") == "APPLICATION" && item?.text("resourceId") == app)
        #expect(item?.text("appInfo.assignmentType") == "INDIVIDUAL" && item?.text("severity") == "LOW")
        #expect(item?["supportedActions"] == ["REVOKE_ACCESS"])
        #expect(act("RESTORE_ACCESS", review, item).status == 400)
        #expect(act("REVOKE_ACCESS", review, item).status == 202)
        #expect(!hasApp)
        #expect(items(review).first?.text("remediationStatus") == "REMEDIATED")
        #expect(items(review).first?["supportedActions"] == ["RESTORE_ACCESS"])
        let all = org("GET", "\(path)/\(review)/actions").json["data"]?.elements ?? []
        #expect(all.map { $0.text("actionType") } == ["CLOSE_REVIEW", "RESTORE_ALL_ACCESS"])
        #expect(org("POST", "\(path)/\(review)/actions", ["actionType": "RESTORE_ALL_ACCESS"]).status == 202)
        #expect(hasApp)
        #expect(org("POST", "\(path)/\(review)/comment", ["comment": "All is well."]).status == 204)
        let history = org("GET", "\(path)/\(review)/history").json["data"]?.elements ?? []
        #expect(history.count == 4 && history.last?.text("message") == "All is well.")
        #expect(org("POST", "\(path)/\(review)/actions", ["actionType": "CLOSE_REVIEW"]).status == 202)
        #expect(act("REVOKE_ACCESS", review, item).status == 409)
    }

    @Test("Review items: an app through a group is revoked with the group, and a rule's membership needs manual work")
    func takesGroups() {
        let group = org.group("Staff").id
        org("PUT", "/api/v1/apps/\(app)/groups/\(group)", [:])
        org("PUT", "/api/v1/groups/\(group)/users/\(user)")
        let first = review().id
        let item = items(first).first
        #expect(item?.text("appInfo.assignmentType") == "GROUP" && item?["subAccessTypes"] == ["GROUP"])
        let sub = subItems(first, item).first
        #expect(sub?.text("name") == "Staff" && sub?.text("groupInfo.assignmentType") == "INDIVIDUAL")
        #expect(act("REVOKE_ACCESS", first, item).status == 202)
        #expect(!hasApp)
        #expect(act("RESTORE_ACCESS", first, item).status == 202)
        #expect(hasApp)
        #expect(act("REVOKE_ACCESS", first, sub).status == 202)
        #expect(!hasApp)
        let rule = org(
            "POST", "/api/v1/groups/rules",
            [
                "type": "group_rule", "name": "R",
                "conditions": [
                    "expression": ["type": "urn:okta:expression:1.0", "value": "user.firstName == \"ada\""]
                ],
                "actions": ["assignUserToGroups": ["groupIds": [JSON(group)]]],
            ]
        ).id
        org("POST", "/api/v1/groups/rules/\(rule)/lifecycle/activate")
        #expect(hasApp)
        let second = review().id
        let managed = items(second).first
        #expect(managed?["manualRemediationTypes"] == ["GROUP_RULE"])
        #expect(act("REVOKE_ACCESS", second, managed).status == 400)
        #expect(act("FLAG_FOR_MANUAL_REMEDIATION", second, managed).status == 202)
        #expect(items(second).first?.text("remediationStatus") == "PENDING_MANUAL_REMEDIATION")
        #expect(act("FLAG_FOR_MANUAL_RESTORATION", second, managed).status == 202)
        #expect(items(second).first?.text("remediationStatus") == "PENDING_MANUAL_RESTORATION")
    }

    @Test("Review items: an entitlement value is revoked with its grant and restored; a conflict is an anomaly")
    func takesValues() {
        org("POST", "/api/v1/apps/\(app)/users", ["id": JSON(user)])
        let entitlement = org(
            "POST", "/governance/api/v1/entitlements",
            [
                "name": "Duty", "externalValue": "duty", "dataType": "array", "multiValue": true,
                "parent": ["externalId": JSON(app), "type": "APPLICATION"],
                "values": [["name": "Approve", "externalValue": "a"], ["name": "Pay", "externalValue": "p"]],
            ])
        let values = (entitlement.json["values"]?.elements ?? []).compactMap { $0.text("id") }
        let criteria = values.map { value -> JSON in
            [
                "name": JSON(value), "attribute": "principal.effective_grants", "operation": "CONTAINS_ONE",
                "value": [
                    "type": "ENTITLEMENTS", "value": [["id": JSON(entitlement.id), "values": [["id": JSON(value)]]]],
                ],
            ]
        }
        let rule = org(
            "POST", "/governance/api/v1/risk-rules",
            [
                "name": "Approve and pay", "type": "SEPARATION_OF_DUTIES",
                "resources": [["resourceOrn": JSON("orn:okta:idp:o:apps:oidc_client:\(app)")]],
                "conflictCriteria": ["and": JSON(criteria)],
            ])
        org(
            "POST", "/governance/api/v1/grants",
            [
                "grantType": "CUSTOM", "action": "ALLOW",
                "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
                "target": ["externalId": JSON(app), "type": "APPLICATION"],
                "entitlements": [["id": JSON(entitlement.id), "values": JSON(values.map { ["id": JSON($0)] })]],
            ])
        let review = review().id
        let item = items(review).first
        #expect(item?.text("severity") == "HIGH")
        let subs = subItems(review, item)
        #expect(subs.map { $0.text("name") } == ["Approve", "Pay"])
        let anomalies = { (target: JSON?) in
            org("GET", "\(path)/\(review)/accesses/\(target?.text("id") ?? "")/anomalies").json["data"]?.elements ?? []
        }
        let conflict = anomalies(subs.first).first?["sodConflicts"]?[0]
        #expect(conflict?.text("id") == rule.id && conflict?.text("operator") == "AND")
        let lists = conflict?["conflictedEntitlements"]?.elements ?? []
        let sources = lists.map { $0["entitlements"]?[0]?["values"]?[0]?["sourceOfConflict"]?.bool }
        #expect(sources == [true, false])
        #expect(act("REVOKE_ACCESS", review, subs.first).status == 202)
        #expect(Grants.values(of: user, at: app, org.engine.edit { $0.org }) == [values[1]])
        #expect(anomalies(item).isEmpty)
        #expect(act("RESTORE_ACCESS", review, subs.first).status == 202)
        #expect(anomalies(item).count == 1)
    }

    @Test("My reviews: a reviewer sees only assigned reviews, and the reviewed user with roles")
    func showsOwn() {
        let other = org.user("bob").id
        let hidden = review(by: other).id
        let own = review(["name": "Own"]).id
        let mine = "/governance/api/v2/my/security-access-reviews"
        #expect(org("GET", mine).json["data"]?.elements?.map { $0.text("id") } == [own])
        #expect(org("GET", "\(mine)/stats").json["activeCount"] == 1)
        #expect(org("GET", "\(mine)/\(hidden)").status == 404)
        let names = org("GET", "\(path)?orderBy=name%20desc").json["data"]?.elements?.map { $0.text("name") }
        #expect(names == ["Own", "After the incident"])
        #expect(org("GET", "\(path)?orderBy=name%20up").status == 400)
        org("POST", "/api/v1/users/\(user)/roles", ["type": "APP_ADMIN"])
        let principal = org("GET", "\(mine)/\(own)/principal").json
        #expect(principal.text("id") == user && principal["oktaAdminRoles"]?.count == 1)
        #expect(org("POST", "\(mine)/\(own)/summary").status == 401)
        org("PATCH", "/governance/api/v1/settings", ["governanceAI": ["securityAccessReview": ["enabled": true]]])
        #expect(org("POST", "\(mine)/\(own)/summary").json.text("message")?.isEmpty == false)
    }
}
