import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: request types")
struct RequestTypeTests {
    private let path = "/governance/api/v1"
    private let team: JSON = ["id": "61eb0f06c462d20007f051ac", "name": "Admins"]

    /// Returns an org with a team. Only the Access Requests console creates teams.
    private func org() -> TestOrg {
        let org = TestOrg()
        org.engine.adopt(team, below: "\(path)/teams")
        return org
    }

    private func type(giving resource: String, of kind: String = "GROUPS", more: JSON = [:]) -> JSON {
        var body: JSON = [
            "name": "Access", "description": "d", "ownerId": team["id"] ?? .null, "status": "ACTIVE",
            "resourceSettings": ["type": JSON(kind), "targetResources": [["resourceId": JSON(resource)]]],
            "approvalSettings": ["type": "SERIAL", "approvals": [["approverType": "MANAGER"]]],
        ]
        body.merge(more)
        return body
    }

    @Test("Request types: responses have defaults, names and ids, and types can be published and unpublished")
    func createsType() {
        let org = org()
        let group = org.group("Staff").id
        let field: JSON = ["prompt": "Why?", "type": "TEXT"]
        let more: JSON = ["status": "DRAFT", "requestSettings": ["type": "EVERYONE", "requesterFields": [field]]]
        let type = org("POST", "\(path)/request-types", type(giving: group, more: more))
        #expect(type.status == 201)
        #expect(type.id.utf8.count == 24)
        #expect(type.json["accessDuration"]?.kind == .null)
        #expect(type.json[path: "resourceSettings.targetResources"]?[0]?.text("resourceName") == "Staff")
        let approval = type.json[path: "approvalSettings.approvals"]?[0]
        #expect(approval?["approverFields"]?.count == 0)
        #expect(approval?.text("description") == "Approval from the requester's manager")
        let question = type.json[path: "requestSettings.requesterFields"]?[0]
        #expect(question?.text("id")?.utf8.count == 36)
        #expect(question?["required"]?.bool == true)
        let own = "\(path)/request-types/\(type.id)"
        #expect(org("POST", "\(own)/publish").json["status"]?.string == "ACTIVE")
        let listed = org("GET", "\(path)/request-types?filter=status%20eq%20%22ACTIVE%22").json["data"]?[0]
        #expect(listed?.text("name") == "Access")
        #expect(listed?["approvalSettings"] == nil)
        #expect(org("POST", "\(own)/un-publish").json["status"]?.string == "DRAFT")
        #expect(org("DELETE", own).status == 204)
        #expect(org("GET", own).errorCode == "E0000007")
    }

    @Test(
        "Request types: errors state the location in the body",
        arguments: [
            (["ownerId": "61eb0f06c462d20007f051ad"], "ownerId must be a Team in your organization."),
            (["approvalSettings": ["type": "SERIAL", "approvals": []]], "must NOT have fewer than 1 items"),
            (["requestSettings": ["type": "MEMBER_OF"]], "must have required property 'requesterMemberOf'"),
            (
                [
                    "requestSettings": [
                        "type": "EVERYONE", "requesterFields": [["prompt": "Which?", "type": "SELECT"]],
                    ]
                ], "must have required property 'options'"
            ),
            (
                ["requestSettings": ["type": "EVERYONE", "requesterFields": [["prompt": "Which?", "type": "RADIO"]]]],
                "must be equal to one of the allowed values: SELECT, TEXT, DATE-TIME"
            ),
            (["accessDuration": "P40DT65H"], "must be a duration in days, hours or minutes"),
        ] as [(JSON, String)])
    func refuses(change: JSON, cause: String) {
        let org = org()
        let response = org("POST", "\(path)/request-types", type(giving: org.group("Staff").id, more: change))
        #expect(response.errorCode == "E0000001")
        #expect(response.causes == [cause])
    }

    @Test("Request types: one whose group was deleted is disabled, and accepts no requests")
    func disables() {
        let org = org()
        let group = org.group("Staff").id
        let type = org("POST", "\(path)/request-types", type(giving: group))
        org("DELETE", "/api/v1/groups/\(group)")
        #expect(org("GET", "\(path)/request-types/\(type.id)").json["status"]?.string == "DISABLED")
        #expect(org("POST", "\(path)/request-types/\(type.id)/publish").errorCode == "E0000195")
        let request = org("POST", "\(path)/requests", ["requestTypeId": JSON(type.id), "subject": "Please"])
        #expect(request.status == 409)
        #expect(request.causes.first?.hasSuffix("Current status: DISABLED") == true)
    }

    @Test("Requests: one without approval grants the group immediately, others wait")
    func requests() {
        let org = org()
        let group = org.group("Staff").id
        let user = org.user("ada").id
        let free = org(
            "POST", "\(path)/request-types", type(giving: group, more: ["approvalSettings": ["type": "NONE"]]))
        func body(_ type: TestOrg.Response, _ more: JSON = [:]) -> JSON {
            var body: JSON = [
                "requestTypeId": JSON(type.id), "subject": "Please", "requesterUserIds": [JSON(user)],
            ]
            body.merge(more)
            return body
        }
        let given = org("POST", "\(path)/requests", body(free))
        #expect(given.status == 201)
        #expect(given.json["requestStatus"]?.string == "RESOLVED")
        #expect(given.json["actions"]?[0]?.text("action") == "ADD_USER_TO_GROUP")
        let members = org("GET", "/api/v1/groups/\(group)/users").json.elements ?? []
        #expect(members.compactMap { $0.text("id") } == [user])
        let asked = org("POST", "\(path)/request-types", type(giving: group))
        let waiting = org("POST", "\(path)/requests", body(asked))
        #expect(waiting.json["requestStatus"]?.string == "OPEN")
        #expect(waiting.json["approvals"]?[0]?.text("status") == "PENDING")
        #expect(waiting.json["permalinkId"]?.int == 2)
        let open = org("GET", "\(path)/requests?filter=requestStatus%20eq%20%22OPEN%22&orderBy=created%20desc")
        #expect(open.json["data"]?.elements?.compactMap { $0.text("id") } == [waiting.id])
        #expect(org("GET", "\(path)/requests?orderBy=subject").errorCode == "E0000029")
        #expect(org("POST", "\(path)/requests/\(waiting.id)/messages", ["message": "m"]).status == 201)
        #expect(org("POST", "\(path)/requests/unknown/messages", ["message": "m"]).status == 404)
    }

    @Test("Requests: answers must match the questions, and requesters must be in the type's group")
    func checksRequests() {
        let org = org()
        let group = org.group("Staff").id
        let user = org.user("ada").id
        let fields: JSON = [
            ["prompt": "Until?", "type": "DATE-TIME"],
            ["prompt": "Which?", "type": "SELECT", "required": false, "options": [["value": "a"]]],
        ]
        let settings: JSON = ["type": "MEMBER_OF", "requesterMemberOf": [JSON(group)], "requesterFields": fields]
        let type = org("POST", "\(path)/request-types", type(giving: group, more: ["requestSettings": settings]))
        let questions = type.json[path: "requestSettings.requesterFields"]
        func ask(_ values: JSON) -> TestOrg.Response {
            org(
                "POST", "\(path)/requests",
                [
                    "requestTypeId": JSON(type.id), "subject": "Please", "requesterUserIds": [JSON(user)],
                    "requesterFieldValues": values,
                ])
        }
        #expect(ask([]).errorCode == "E0000006")
        for member in [user, org("GET", "/api/v1/users/me").id] {
            org("PUT", "/api/v1/groups/\(group)/users/\(member)")
        }
        #expect(ask([]).status == 409)
        let date = questions?[0]?["id"] ?? .null
        let choice = questions?[1]?["id"] ?? .null
        #expect(ask([["id": date, "value": "soon"]]).causes == ["must be date-time"])
        let time: JSON = ["id": date, "value": "2026-01-01T00:00:00Z"]
        #expect(ask([time, ["id": choice, "value": ["b"]]]).status == 400)
        let response = ask([time, ["id": choice, "value": ["a"]]])
        #expect(response.status == 201)
        #expect(response.json["requesterFieldValues"]?[1]?["value"]?[0]?.string == "a")
    }
}
