import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: governance")
struct GovernanceTests {
    private let path = "/governance/api/v1"

    private func app(_ org: TestOrg) -> String {
        org("POST", "/api/v1/apps", ["name": "oidc_client", "label": "A", "signOnMode": "OPENID_CONNECT"]).id
    }

    private func campaign(_ org: TestOrg, _ resource: String, noResponse: String = "NO_ACTION") -> TestOrg.Answer {
        org(
            "POST", "\(path)/campaigns",
            [
                "name": "C",
                "scheduleSettings": [
                    "type": "ONE_OFF", "startDate": "2026-01-01T00:00:00Z", "durationInDays": 2, "timeZone": "UTC",
                ],
                "resourceSettings": ["type": "GROUP", "targetResources": [["resourceId": JSON(resource)]]],
                "reviewerSettings": ["type": "USER", "reviewerId": JSON(org("GET", "/api/v1/users/me").id)],
                "remediationSettings": [
                    "accessApproved": "NO_ACTION", "accessRevoked": "DENY", "noResponse": JSON(noResponse),
                ],
            ])
    }

    @Test("Campaigns: scheduled, launched, ended; each step once, and only scheduled ones can be deleted")
    func runsCampaign() {
        let org = TestOrg()
        let group = org.group("Staff").id
        let users = ["ada", "bob"].map { org.user($0).id }
        for user in users { org("PUT", "/api/v1/groups/\(group)/users/\(user)") }
        let campaign = campaign(org, group, noResponse: "DENY")
        #expect(campaign.status == 201)
        #expect(campaign.json["status"]?.string == "SCHEDULED")
        #expect(campaign.json[path: "scheduleSettings.endDate"]?.string == "2026-01-03T00:00:00Z")
        #expect(campaign.response.header("location")?.hasSuffix(campaign.id) == true)
        let self_ = campaign.json[path: "_links.self.href"]?.string
        #expect(self_ == "https://test-admin.okta.com\(path)/campaigns/\(campaign.id)")
        let own = "\(path)/campaigns/\(campaign.id)"
        #expect(org("POST", "\(own)/end").errorCode == "E0000170")
        #expect(org("POST", "\(own)/launch").status == 202)
        #expect(org("POST", "\(own)/launch").errorCode == "E0000195")
        #expect(org("DELETE", own).status == 409)
        let filter = "filter=campaignId%20eq%20%22\(campaign.id)%22"
        let reviews = org("GET", "\(path)/reviews?\(filter)").json["data"]?.elements ?? []
        #expect(Set(reviews.compactMap { $0.text("principalProfile.id") }) == Set(users))
        #expect(reviews.allSatisfy { $0.text("decision") == "UNREVIEWED" })
        let reassign: JSON = [
            "reviewerId": JSON(users[0]), "reviewIds": [JSON(reviews[0].text("id") ?? "")], "note": "away",
        ]
        let reassigned = org("POST", "\(own)/reviews/reassign", reassign)
        #expect(reassigned.json["data"]?[0]?.text("reviewerProfile.id") == users[0])
        #expect(org("POST", "\(own)/reviews/reassign", reassign).errorCode == "E0000174")
        // What nobody reviewed is taken away, as the campaign says.
        #expect(org("POST", "\(own)/end").status == 202)
        #expect(org("GET", own).json["status"]?.string == "COMPLETED")
        #expect(org("GET", "/api/v1/groups/\(group)/users").json.count == 0)
    }

    @Test("Campaigns: an end without remediation leaves the access; a campaign without a name is refused")
    func skipsRemediation() {
        let org = TestOrg()
        let group = org.group("Staff").id
        org("PUT", "/api/v1/groups/\(group)/users/\(org.user("ada").id)")
        let own = "\(path)/campaigns/\(campaign(org, group, noResponse: "DENY").id)"
        org("POST", "\(own)/launch")
        #expect(org("POST", "\(own)/end", ["skipRemediation": true]).status == 202)
        #expect(org("GET", "/api/v1/groups/\(group)/users").json.count == 1)
        #expect(org("POST", "\(path)/campaigns", [:]).status == 400)
        let scheduled = campaign(org, group).id
        #expect(org("DELETE", "\(path)/campaigns/\(scheduled)").status == 204)
    }

    @Test("Governance lists: an envelope with the next page, and refusals of pages that there are not")
    func pagesLists() {
        let org = TestOrg()
        for number in 1...5 { org("POST", "\(path)/collections", ["name": JSON("C\(number)")]) }
        var target: String? = "\(path)/collections?limit=2"
        var names: [String] = []
        var pages = 0
        while let next = target, pages < 10 {
            let answer = org("GET", next)
            names += answer.json["data"]?.elements?.compactMap { $0.text("name") } ?? []
            #expect(answer.json[path: "metadata.total"]?.int == 5)
            #expect(answer.json[path: "_links.self.href"] != nil)
            target = answer.json[path: "_links.next.href"]?.string.map { TestOrg.path($0) }
            pages += 1
        }
        #expect(names == ["C1", "C2", "C3", "C4", "C5"])
        #expect(pages == 3)
        for query in ["limit=0", "limit=201", "limit=x", "after=unknown", "after="] {
            #expect(org("GET", "\(path)/collections?\(query)").errorCode == "E0000029")
        }
        #expect(org("GET", "\(path)/collections?filter=nonsense").errorCode == "E0000053")
    }

    @Test(
        "Governance lists: some need a filter",
        arguments: [
            "/governance/api/v1/entitlements", "/governance/api/v1/entitlements/values", "/governance/api/v1/grants",
            "/governance/api/v1/principal-entitlements", "/governance/api/v1/principal-access",
            "/governance/api/v1/resource-labels", "/governance/api/v2/catalogs/default/entries",
            "/governance/api/v2/my/catalogs/default/entries",
        ])
    func needsFilter(target: String) {
        let answer = TestOrg()("GET", target)
        #expect(answer.status == 400)
        #expect(answer.errorCode == "E0000028")
    }

    @Test("Entitlements: values have names across orgs, and change one by one")
    func createsEntitlement() {
        let org = TestOrg()
        let app = app(org)
        let body: JSON = [
            "name": "License", "externalValue": "license", "dataType": "array", "multiValue": true,
            "parent": ["externalId": JSON(app), "type": "APPLICATION"],
            "values": [["name": "Basic", "externalValue": "basic"]],
        ]
        let entitlement = org("POST", "\(path)/entitlements", body)
        #expect(entitlement.status == 201)
        #expect(entitlement.id.hasPrefix("esp"))
        let value = entitlement.json["values"]?[0]
        #expect(value?.text("orn")?.hasSuffix(":entitlement-values:\(value?.text("id") ?? "")") == true)
        #expect(entitlement.json["parentResourceOrn"]?.string?.hasSuffix(":apps:oidc_client:\(app)") == true)
        #expect(org("POST", "\(path)/entitlements", body).status == 409)
        let added: JSON = [
            [
                "op": "ADD", "path": "/values/-", "refType": "ENTITLEMENT-VALUE",
                "value": ["name": "Pro", "externalValue": "pro"],
            ]
        ]
        let patched = org("PATCH", "\(path)/entitlements/\(entitlement.id)", added)
        #expect(patched.json["values"]?.elements?.compactMap { $0.text("name") } == ["Pro"])
        #expect(org("GET", "\(path)/entitlements/\(entitlement.id)").json["values"]?.count == 2)
        let filter = "filter=parent.externalId%20eq%20%22\(app)%22%20AND%20parent.type%20eq%20%22APPLICATION%22"
        #expect(org("GET", "\(path)/entitlements?\(filter)").json["data"]?.count == 1)
        #expect(org("DELETE", "\(path)/entitlements/\(entitlement.id)").status == 204)
    }

    @Test("Grants: a bundle's values are what a user effectively has, until the grant ends")
    func grantsBundle() {
        let org = TestOrg()
        let app = app(org)
        let user = org.user("ada").id
        let entitlement = org(
            "POST", "\(path)/entitlements",
            [
                "name": "License", "externalValue": "license", "dataType": "array", "multiValue": true,
                "parent": ["externalId": JSON(app), "type": "APPLICATION"],
                "values": [["name": "Basic", "externalValue": "b"], ["name": "Pro", "externalValue": "p"]],
            ])
        let pro = entitlement.json["values"]?[1]?["id"] ?? .null
        let target: JSON = ["externalId": JSON(app), "type": "APPLICATION"]
        let bundle = org(
            "POST", "\(path)/entitlement-bundles",
            [
                "name": "Pros", "target": target,
                "entitlements": [["id": JSON(entitlement.id), "values": [["id": pro]]]],
            ])
        #expect(bundle.json["status"]?.string == "ACTIVE")
        #expect(bundle.json["orn"]?.string?.hasSuffix(":entitlement-bundles:\(bundle.id)") == true)
        let grant = org(
            "POST", "\(path)/grants",
            [
                "grantType": "ENTITLEMENT-BUNDLE", "entitlementBundleId": JSON(bundle.id),
                "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
                "scheduleSettings": ["expirationDate": "2030-01-01T00:00:00Z", "timeZone": "UTC"],
            ])
        #expect(grant.status == 201)
        let filter =
            "filter=parent.externalId%20eq%20%22\(app)%22%20AND%20targetPrincipal.externalId%20eq%20%22\(user)%22"
        func values() -> [String] {
            let data = org("GET", "\(path)/principal-entitlements?\(filter)").json["data"]?.elements ?? []
            return data.flatMap { $0["values"]?.elements?.compactMap { $0.text("name") } ?? [] }
        }
        #expect(values() == ["Pro"])
        let ended = org(
            "PATCH", "\(path)/grants/\(grant.id)",
            ["id": JSON(grant.id), "scheduleSettings": ["expirationDate": "2020-01-01T00:00:00Z"]])
        #expect(ended.status == 200)
        #expect(values().isEmpty)
        #expect(org("POST", "\(path)/entitlement-bundles", ["target": target]).errorCode == "E0000028")
    }

    @Test("Collections: an assignment gives the apps, and its deletion takes them")
    func assignsCollection() {
        let org = TestOrg()
        let app = app(org)
        let user = org.user("ada").id
        let collection = org("POST", "\(path)/collections", ["name": "C"])
        #expect(collection.json["orn"]?.string?.hasPrefix("orn:okta:governance:") == true)
        let own = "\(path)/collections/\(collection.id)"
        let orn = org("GET", "/api/v1/apps/\(app)").json["orn"] ?? .null
        #expect(org("POST", "\(own)/resources", [["resourceOrn": orn]]).json["data"]?.count == 1)
        #expect(org("POST", "\(own)/resources", [["resourceOrn": "orn:okta:x:unknown"]]).errorCode == "E0000028")
        let principal: JSON = ["externalId": JSON(user), "type": "OKTA_USER"]
        let assigned = org("POST", "\(own)/assignments", [["principal": principal, "actor": "API"]])
        #expect(assigned.status == 201)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 200)
        #expect(org("GET", own).json[path: "counts.principalAssignmentCount"]?.int == 1)
        let again = org("POST", "\(own)/assignments", [["principal": principal]])
        #expect(again.json[0]?["id"] == assigned.json[0]?["id"])
        let id = assigned.json[0]?.text("id") ?? ""
        #expect(org("DELETE", "\(own)/assignments/\(id)").status == 204)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 404)
    }

    @Test("Labels: values are assigned to resources, and a label that is used cannot be deleted")
    func assignsLabels() {
        let org = TestOrg()
        let app = app(org)
        let label = org(
            "POST", "\(path)/labels", ["name": "Sensitivity", "values": [["name": "high"], ["name": "low"]]])
        let id = label.json["labelId"]?.string ?? ""
        let high = label.json["values"]?[0]?["labelValueId"] ?? .null
        let orn = org("GET", "/api/v1/apps/\(app)").json["orn"] ?? .null
        let body: JSON = ["resourceOrns": [orn], "labelValueIds": [high]]
        let assigned = org("POST", "\(path)/resource-labels/assign", body)
        #expect(assigned.json["data"]?[0]?["labels"]?[0]?.text("name") == "Sensitivity")
        let filter = "filter=orn%20eq%20%22\(orn.string ?? "")%22"
        #expect(org("GET", "\(path)/resource-labels?\(filter)").json["data"]?.count == 1)
        #expect(org("DELETE", "\(path)/labels/\(id)").status == 409)
        #expect(org("POST", "\(path)/resource-labels/unassign", body).status == 204)
        #expect(org("DELETE", "\(path)/labels/\(id)").status == 204)
        for number in 1...10 {
            #expect(
                org("POST", "\(path)/labels", ["name": JSON("L\(number)"), "values": [["name": "v"]]]).status == 201)
        }
        #expect(org("POST", "\(path)/labels", ["name": "L11", "values": [["name": "v"]]]).status == 400)
    }

    @Test("Access requests: an active condition offers a resource, and an approved request gives it")
    func requestsAccess() throws {
        let org = TestOrg()
        let app = app(org)
        let user = org.user("ada").id
        let v2 = "/governance/api/v2"
        let conditions = "\(v2)/resources/\(app)/request-conditions"
        let condition = org(
            "POST", conditions,
            [
                "name": "All", "approvalSequenceId": "68920b41386747a673869356",
                "requesterSettings": ["type": "EVERYONE"], "accessScopeSettings": ["type": "RESOURCE_DEFAULT"],
            ])
        #expect(condition.json["status"]?.string == "INACTIVE")
        #expect(condition.json["priority"]?.int == 0)
        let filter = "filter=not(parent%20pr)"
        #expect(org("GET", "\(v2)/catalogs/default/entries?\(filter)").json["data"]?.count == 0)
        #expect(org("POST", "\(conditions)/\(condition.id)/activate").json["status"]?.string == "ACTIVE")
        #expect(org("POST", "\(conditions)/\(condition.id)/activate").errorCode == "E0000195")
        let entry = try #require(org("GET", "\(v2)/catalogs/default/entries?\(filter)").json["data"]?[0]?["id"])
        let body: JSON = [
            "requested": ["type": "CATALOG_ENTRY", "entryId": entry],
            "requestedFor": ["externalId": JSON(user), "type": "OKTA_USER"],
        ]
        let request = org("POST", "\(v2)/requests", body)
        #expect(request.status == 202)
        #expect(request.json["status"]?.string == "SUBMITTED")
        #expect(org("GET", "\(v2)/requests/\(request.id)").json["status"]?.string == "PENDING")
        let task = try #require(org("GET", "\(v2)/tasks").json["data"]?[0]?.text("id"))
        #expect(org("POST", "\(v2)/tasks/\(task)/resolve", ["value": "MAYBE"]).errorCode == "E0000002")
        #expect(
            org("POST", "\(v2)/my/tasks/\(task)/resolve", ["value": "APPROVED"]).json["status"]?.string == "COMPLETED")
        #expect(org("POST", "\(v2)/tasks/\(task)/resolve", ["value": "DENIED"]).errorCode == "E0000002")
        let done = org("GET", "\(v2)/requests/\(request.id)").json
        #expect(done["status"]?.string == "APPROVED")
        #expect(done["grantStatus"]?.string == "GRANTED")
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 200)
        org("POST", "\(conditions)/\(condition.id)/deactivate")
        #expect(org("POST", "\(v2)/requests", body).status == 403)
    }

    @Test("Governance settings: changes are merged, and a user appoints one other as delegate")
    func changesSettings() {
        let org = TestOrg()
        let changed = org(
            "PATCH", "\(path)/settings", ["escalations": ["accessRequests": ["endUserCanEscalate": true]]])
        #expect(changed.json[path: "escalations.accessRequests.endUserCanEscalate"]?.bool == true)
        #expect(changed.json["governanceAI"] != nil)
        let user = org.user("ada").id
        let me = org("GET", "/api/v1/users/me").id
        func appoint(_ id: String) -> TestOrg.Answer {
            org(
                "PATCH", "\(path)/my/settings",
                ["delegates": ["appointments": [["delegate": ["externalId": JSON(id), "type": "OKTA_USER"]]]]])
        }
        #expect(appoint(me).status == 400)
        #expect(appoint(user).json[path: "delegates.appointments"]?.count == 1)
        let filter = "filter=delegatorId%20eq%20%22\(me)%22"
        #expect(org("GET", "\(path)/delegates?\(filter)").json["data"]?.count == 1)
    }
}
