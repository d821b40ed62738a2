import OktaRuntime

/// Access certification campaigns: SCHEDULED, then ACTIVE, then COMPLETED.
enum Campaigns {
    static let kind = Governance.v1 + "/campaigns"
    private static let path = kind

    static let resource = Governance.resource(path, "Campaign", "ici") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.initialStatus = "SCHEDULED"
        $0.links = { _ in
            """
            {"launchCampaign":{"href":"<adminSelf>/launch","hints":{}},\
            "endCampaign":{"href":"<adminSelf>/end","hints":{}},\
            "reviews":{"href":"<admin>/governance/api/v1/reviews?filter=campaignId%20eq%20%22<id>%22","hints":{}},\
            "self":{"href":"<adminSelf>","hints":{}}}
            """
        }
        $0.defaults = """
            {"campaignType":"RESOURCE",\
            "resourceSettings":{"excludedResources":[],"individuallyAssignedAppsOnly":false,\
            "individuallyAssignedGroupsOnly":false,"includeEntitlements":false,\
            "onlyIncludeOutOfPolicyEntitlements":false,"includeAdminRoles":false,"includeAllOktaServiceAccounts":false},\
            "principalScopeSettings":{"type":"USERS","excludedUserIds":[],"userIds":[],"groupIds":[],\
            "includeOnlyActiveUsers":false,"onlyIncludeUsersWithSODConflicts":false},\
            "reviewerSettings":{"selfReviewDisabled":false,"justificationRequired":false,"bulkDecisionDisabled":false,\
            "reassignmentDisabled":false},\
            "notificationSettings":{"notifyReviewerWhenReviewAssigned":false,"notifyReviewerAtCampaignEnd":false,\
            "notifyReviewerWhenOverdue":false,"notifyReviewerDuringMidpointOfReview":false,\
            "notifyReviewPeriodEnd":false},\
            "remediationSettings":{"accessApproved":"NO_ACTION","accessRevoked":"NO_ACTION","noResponse":"NO_ACTION"}}
            """
        $0.present = { json, _, org in
            guard !org.features.serviceAccountReviews else { return }
            json.remove(["resourceSettings.includeAllOktaServiceAccounts", "resourceSettings.targetTypes"])
            let targets = json[path: "resourceSettings.targetResources"]?.elements ?? []
            json[path: "resourceSettings.targetResources"] = JSON(
                targets.map { target in
                    var target = target
                    target.remove(["includeAllAppServiceAccounts", "includeBundlesHavingSameEntitlementValues"])
                    return target
                })
        }
        $0.prepare = { json, _, _ throws(OrgFault) in try complete(&json) }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            guard ["SCHEDULED", "ERROR"].contains(json.text("status") ?? "") else {
                throw Governance.conflict("Campaign", "Only scheduled campaigns can be deleted.")
            }
        }
    }

    private static func complete(_ json: inout JSON) throws(OrgFault) {
        guard json.text("name")?.isEmpty == false else {
            throw OrgFault(status: 400, code: "E0000001", summary: "Campaign Name is required")
        }
        for member in ["scheduleSettings", "resourceSettings", "reviewerSettings", "remediationSettings"] {
            guard json[member]?.kind == .object else { throw .invalid(member, Checks.blank(member)) }
        }
        guard let start = OrgTime(json.text("scheduleSettings.startDate")) else {
            throw .invalid("startDate", "startDate: The field must be a date.")
        }
        guard let days = json[path: "scheduleSettings.durationInDays"]?.int, days > 0 else {
            throw .invalid("durationInDays", "durationInDays: The value must be positive.")
        }
        json[path: "scheduleSettings.endDate"] = JSON((start + days * 86_400).withoutFraction)
        // A one-off campaign has no recurrence.
        if json.text("scheduleSettings.type") == "ONE_OFF" { json.remove(["scheduleSettings.recurrence"]) }
        let targets = json[path: "resourceSettings.targetResources"]?.elements ?? []
        json[path: "resourceSettings.targetResources"] = JSON(
            targets.map { target in
                var target = target
                target.fill(from: [
                    "includeAllEntitlementsAndBundles": false, "includeBundlesHavingSameEntitlementValues": false,
                    "includeAllAppServiceAccounts": false,
                ])
                return target
            })
        if json[path: "resourceSettings.targetTypes"] == nil, let type = json[path: "resourceSettings.type"] {
            json[path: "resourceSettings.targetTypes"] = [type]
        }
    }

    private static func setStatus(_ status: String, _ id: String, _ call: Call, _ org: inout OrgState) {
        org.tables[kind][id]?["status"] = JSON(status)
        org.tables[kind][id]?["lastUpdated"] = JSON(org.now.withoutFraction)
        org.tables[kind][id]?["lastUpdatedBy"] = JSON(call.caller.id)
    }

    /// Starts the reviews of a campaign.
    private static func launch(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let (id, _, json) = try resource.find(call, org)
        guard json.text("status") == "SCHEDULED" else {
            throw Governance.conflict("Campaign", "Campaign must be scheduled before it can be started")
        }
        setStatus("ACTIVE", id, call, &org)
        Reviews.create(ofCampaign: id, json, call, &org)
        SystemLog.record("certification.campaign.launch", call, &org, targets: [])
        return .empty(202)
    }

    /// Ends the reviews of a campaign. Undecided ones are remediated according to the campaign's settings.
    private static func end(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let (id, _, json) = try resource.find(call, org)
        guard json.text("status") == "ACTIVE" else {
            throw OrgFault(status: 409, code: "E0000170", summary: "An inactive campaign may not be ended.")
        }
        let skips = try call.object()["skipRemediation"]?.bool == true
        setStatus("COMPLETED", id, call, &org)
        if !skips { try Reviews.close(ofCampaign: id, json, call, &org) }
        SystemLog.record("certification.campaign.close", call, &org, targets: [])
        return .empty(202)
    }

    static let all: [Operation] =
        Governance.operations(resource, total: false) + [
            Operation("POST", path + "/{campaignId}/launch") { call, org throws(OrgFault) in try launch(call, &org) },
            Operation("POST", path + "/{campaignId}/end") { call, org throws(OrgFault) in try end(call, &org) },
            Operation("POST", path + "/{campaignId}/reviews/reassign") { call, org throws(OrgFault) in
                let (id, _, json) = try resource.find(call, org)
                guard json.text("status") == "ACTIVE" else {
                    throw Governance.conflict("Campaign", "Only reviews of an active campaign can be reassigned.")
                }
                return try Reviews.reassign(ofCampaign: id, call, &org)
            },
        ]
}
