import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: campaigns")
struct CampaignTests {
    private let path = "/governance/api/v1"

    private func campaign(_ org: TestOrg, _ resource: String, noResponse: String = "NO_ACTION") -> TestOrg.Response {
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

    @Test("Campaigns: each state change happens once, and only scheduled campaigns can be deleted")
    func runsCampaign() {
        let org = TestOrg()
        let group = org.group("Staff").id
        let users = ["ada", "bob"].map { org.user($0).id }
        for user in users { org("PUT", "/api/v1/groups/\(group)/users/\(user)") }
        let campaign = campaign(org, group, noResponse: "DENY")
        #expect(campaign.status == 201)
        #expect(campaign.json["status"]?.string == "SCHEDULED")
        #expect(campaign.json[path: "scheduleSettings.endDate"]?.string == "2026-01-03T00:00:00Z")
        #expect(campaign.raw.header("location")?.hasSuffix(campaign.id) == true)
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
        // The campaign revokes access that was not reviewed.
        #expect(org("POST", "\(own)/end").status == 202)
        #expect(org("GET", own).json["status"]?.string == "COMPLETED")
        #expect(org("GET", "/api/v1/groups/\(group)/users").json.count == 0)
    }

    @Test("Campaigns: an end without remediation keeps the access, and a campaign needs a name")
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

    @Test("Campaigns: a bulk decision follows the recommendations, except for decided reviews")
    func decidesMany() {
        let org = TestOrg()
        let group = org.group("Staff").id
        for name in ["ada", "bob"] { org("PUT", "/api/v1/groups/\(group)/users/\(org.user(name).id)") }
        let campaign = campaign(org, group).id
        org("POST", "\(path)/campaigns/\(campaign)/launch")
        let reviews = org("GET", "\(path)/reviews").json["data"]?.elements ?? []
        // A local org does not perform the analysis behind recommendations.
        var review = reviews[0]
        review["govAnalyzerRecommendationContext"] = ["recommendedReviewDecision": "APPROVE"]
        org.engine.adopt(review, below: "\(path)/reviews")
        let list = "\(path)/my/campaigns/\(campaign)/reviews/bulk-decisions"
        let body: JSON = [
            "criteria": [
                "type": "GOVERNANCE_ANALYZER", "govAnalyzerCriteria": ["recommendedActionDecision": "APPROVE"],
            ], "reviewDecision": "APPROVE", "notes": "fine",
        ]
        let first = org("POST", list, body)
        #expect(first.status == 202)
        #expect(first.json["eligibleReviewRecordCount"]?.int == 1)
        #expect(org("POST", list, body).status == 409)
        let job = "\(list)/jobs/\(first.json.text("jobId") ?? "")"
        #expect(org("GET", job).json["status"]?.string == "COMPLETED")
        let decided = org("GET", "\(path)/reviews/\(review.text("id") ?? "")").json
        #expect(decided.text("decision") == "APPROVE")
        #expect(decided.text("note.note") == "fine")
        #expect(org("POST", list, body).json["eligibleReviewRecordCount"]?.int == 0)
        #expect(org("GET", "\(list)/jobs/unknown").status == 404)
    }
}
