import OktaRuntime

/// Reviews of a campaign: one for each user and resource.
enum Reviews {
    static let kind = Governance.v1 + "/reviews"

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        let id = json.text("id") ?? ""
        let campaign = json.text("campaignId") ?? ""
        var shown = json
        shown["_links"] = [
            "self": ["href": JSON("\(call.adminOrigin)\(kind)/\(id)"), "hints": [:]],
            "reassignReview": [
                "href": JSON("\(call.adminOrigin)\(Campaigns.kind)/\(campaign)/reviews/reassign"), "hints": [:],
            ],
        ]
        return shown
    }

    /// Returns a user in the form of reviews.
    private static func profile(_ user: String, _ org: OrgState) -> JSON {
        var json = Governance.principal(user, org)
        json["type"] = "USER"
        return json
    }

    /// Returns whether a campaign covers a user.
    private static func isInScope(_ user: String, _ scope: JSON?, _ org: OrgState) -> Bool {
        func list(_ name: String) -> [String] { (scope?[name]?.elements ?? []).compactMap(\.string) }
        if list("excludedUserIds").contains(user) { return false }
        if scope?["includeOnlyActiveUsers"]?.bool == true, org.users[user]?.status != .active { return false }
        let users = list("userIds")
        let groups = list("groupIds")
        guard !users.isEmpty || !groups.isEmpty else { return true }
        return users.contains(user) || groups.contains { org.memberships.contains(user, in: $0) }
    }

    /// Creates the reviews when a campaign starts.
    static func create(ofCampaign campaign: String, _ json: JSON, _ call: Call, _ org: inout OrgState) {
        let excluded = Set(
            (json[path: "resourceSettings.excludedResources"]?.elements ?? []).compactMap { $0.text("resourceId") })
        let reviewer = json.text("reviewerSettings.reviewerId") ?? json.text("reviewerSettings.fallBackReviewerId")
        let type = json.text("reviewerSettings.type") ?? "USER"
        for target in json[path: "resourceSettings.targetResources"]?.elements ?? [] {
            guard let resource = target.text("resourceId"), !excluded.contains(resource) else { continue }
            for user in GovernedAccess.holders(resource, org)
            where isInScope(user, json["principalScopeSettings"], org) {
                let id = org.ids.next("icr")
                let time = JSON(org.now.withoutFraction)
                var review: JSON = [
                    "id": JSON(id), "createdBy": JSON(call.caller.id), "created": time, "lastUpdated": time,
                    "lastUpdatedBy": JSON(call.caller.id), "campaignId": JSON(campaign), "resourceId": JSON(resource),
                    "decision": "UNREVIEWED", "remediationStatus": "NONE",
                    "principalProfile": profile(user, org),
                    "reviewerType": JSON(type == "GROUP" ? "GROUP" : "USER"),
                    "assignmentType": JSON(GovernedAccess.isGroup(resource, org) ? "GROUP" : "INDIVIDUAL"),
                    "riskRuleConflicts": [], "delegated": false,
                ]
                review["reviewerProfile"] = profile(reviewer ?? call.caller.id, org)
                org.tables[kind][id] = review
            }
        }
    }

    /// Remediates undecided reviews if the campaign's settings say so.
    static func close(ofCampaign campaign: String, _ json: JSON, _ call: Call, _ org: inout OrgState) throws(OrgFault) {
        let takes = json.text("remediationSettings.noResponse") == "DENY"
        for (id, review) in org.tables[kind].all
        where review.text("campaignId") == campaign && review.text("decision") == "UNREVIEWED" {
            if takes, let user = review.text("principalProfile.id"), let resource = review.text("resourceId") {
                try GovernedAccess.take(resource, from: user, call, &org)
            }
            org.tables[kind][id]?["remediationStatus"] = JSON(takes ? "SUCCESS" : "NONE")
            org.tables[kind][id]?["lastUpdated"] = JSON(org.now.withoutFraction)
        }
    }

    static func reassign(
        ofCampaign campaign: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let reviewer = try Checks.text("reviewerId", of: body)
        try Checks.text("note", of: body)
        guard let ids = body["reviewIds"]?.elements?.compactMap(\.string), !ids.isEmpty else {
            throw .invalid("reviewIds", Checks.blank("reviewIds"))
        }
        guard org.users[reviewer] != nil else { throw .notFound(reviewer, "User") }
        for id in ids {
            guard let review = org.tables[kind][id], review.text("campaignId") == campaign else {
                throw .notFound(id, "Review")
            }
            if review.text("reviewerProfile.id") == reviewer {
                throw OrgFault(
                    status: 409, code: "E0000174",
                    summary: "When the review(s) is/are already reassigned to intended reviewer.")
            }
        }
        let profile = self.profile(reviewer, org)
        for id in ids {
            org.tables[kind][id]?["reviewerProfile"] = profile
            let note: JSON = ["id": JSON(org.ids.next("rin")), "note": body["note"] ?? ""]
            org.tables[kind][id]?["note"] = note
            org.tables[kind][id]?["lastUpdated"] = JSON(org.now.withoutFraction)
            org.tables[kind][id]?["lastUpdatedBy"] = JSON(call.caller.id)
        }
        let list = "\(call.adminOrigin)\(kind)"
        return .json([
            "data": JSON(ids.compactMap { org.tables[kind][$0] }.map { shown($0, call) }),
            "_links": [
                "self": ["href": JSON(call.adminOrigin + call.target.path)],
                "reviews": ["href": JSON("\(list)?filter=campaignId%20eq%20%22\(campaign)%22")],
            ],
        ])
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            try Governance.page(call, org.tables[kind].all.map { ($0.id, $0.json) }, total: false) { shown($0, call) }
        },
        Operation("GET", kind + "/{reviewId}") { call, org throws(OrgFault) in
            guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "Review") }
            return .json(shown(json, call))
        },
    ]
}
