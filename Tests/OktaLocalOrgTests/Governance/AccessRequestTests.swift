import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: access requests")
struct AccessRequestTests {
    private let path = "/governance/api/v1"

    @Test("Access requests: an active condition offers a resource, and an approved request grants it")
    func requestsAccess() throws {
        let org = TestOrg()
        let app = org.app()
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
        #expect(done[path: "requestApproval.decisions"]?[0]?.text("decision") == "APPROVED")
        #expect(done.text("riskAssessment.requestSubmissionType") == "ALLOWED_WITH_NO_OVERRIDES")
        #expect(done.text("_links.approvalSequence.href")?.hasSuffix("/68920b41386747a673869356") == true)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 200)
        org("POST", "\(conditions)/\(condition.id)/deactivate")
        #expect(org("POST", "\(v2)/requests", body).status == 403)
    }

    @Test("Request settings: disabled ones, and those that only overrides have, are omitted")
    func changesRequestSettings() {
        let org = TestOrg()
        let settings = "/governance/api/v2/resources/\(org.app())/request-settings"
        let overrides: JSON = [
            "requestSubmissionType": "ALLOWED_WITH_OVERRIDES", "approvalSequenceId": "68920b41386747a673869356",
        ]
        let on = org(
            "PATCH", settings,
            ["requestOnBehalfOfSettings": ["allowed": true], "riskSettings": ["defaultSetting": overrides]])
        #expect(on.json.text("riskSettings.defaultSetting.approvalSequenceId") == "68920b41386747a673869356")
        let off: JSON = [
            "requestOnBehalfOfSettings": .null,
            "riskSettings": ["defaultSetting": ["requestSubmissionType": "RESTRICTED"]],
        ]
        let shown = org("PATCH", settings, off).json
        #expect(shown["requestOnBehalfOfSettings"] == nil)
        #expect(shown[path: "riskSettings.defaultSetting"]?.count == 1)
        #expect(org("GET", settings).json["requestOnBehalfOfSettings"] == nil)
    }

    @Test("Governance settings: changes are merged, and a user appoints one delegate")
    func changesSettings() {
        let org = TestOrg()
        let changed = org(
            "PATCH", "\(path)/settings", ["escalations": ["accessRequests": ["endUserCanEscalate": true]]])
        #expect(changed.json[path: "escalations.accessRequests.endUserCanEscalate"]?.bool == true)
        #expect(changed.json["governanceAI"] != nil)
        let user = org.user("ada").id
        let me = org("GET", "/api/v1/users/me").id
        func appoint(_ id: String) -> TestOrg.Response {
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
