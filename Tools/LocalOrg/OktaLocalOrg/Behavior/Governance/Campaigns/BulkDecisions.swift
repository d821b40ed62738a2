import OktaRuntime

/// Bulk decisions of a reviewer: approve the reviews of a campaign for which the analysis recommends approval. A job
/// does so; here it completes when its status is read.
enum BulkDecisions {
    private static let reviews = Governance.v1 + "/my/campaigns/{campaignId}/reviews"
    private static let path = reviews + "/bulk-decisions"
    private static let jobs = Governance.v1 + "/my/campaigns/{}/reviews/bulk-decisions/jobs"
    private static let connections = Operation.normal(reviews) + "/{}/agent-resource-connections/{}"

    private static func submit(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard org.tables[Campaigns.kind][call[0]] != nil else { throw .notFound(call[0], "Campaign") }
        let body = try call.object()
        try Checks.choice("criteria.type", of: body, ["GOVERNANCE_ANALYZER"])
        try Checks.choice("reviewDecision", of: body, ["APPROVE"])
        if body["notes"] != nil { try Checks.text("notes", of: body, maximum: 300) }
        let wanted = try Checks.text("criteria.govAnalyzerCriteria.recommendedActionDecision", of: body)
        let eligible = org.tables[Reviews.kind].all.filter { _, review in
            review.text("campaignId") == call[0] && review.text("reviewerProfile.id") == call.caller.id
                && review.text("decision") == "UNREVIEWED" && fits(review, wanted)
                && (body["reviewerLevel"] == nil || review["currentReviewerLevel"] == body["reviewerLevel"])
        }
        let isBusy = eligible.contains { id, _ in
            org.tables[jobs, of: call[0]].all.contains {
                $0.json.text("status") == "ACCEPTED" && $0.json["_reviews"]?.elements?.contains(JSON(id)) == true
            }
        }
        guard !isBusy else {
            throw Governance.conflict("reviews", "Another submission for the same reviews is being processed.")
        }
        let id = org.ids.next("aae")
        org.tables[jobs, of: call[0]][id] = [
            "id": JSON(id), "status": "ACCEPTED", "eligibleReviewRecordCount": JSON(eligible.count),
            "_reviews": JSON(eligible.map { JSON($0.id) }), "_decision": body["reviewDecision"] ?? .null,
            "_notes": body["notes"] ?? .null,
        ]
        let own = call.adminOrigin + call.target.path
        return .json(
            [
                "status": "ACCEPTED", "eligibleReviewRecordCount": JSON(eligible.count), "jobId": JSON(id),
                "_links": [
                    "self": ["href": JSON(own)], "bulkReviewDecisionStatus": ["href": JSON("\(own)/jobs/\(id)")],
                ],
            ], status: 202)
    }

    private static func fits(_ review: JSON, _ decision: String) -> Bool {
        review.text("govAnalyzerRecommendationContext.recommendedReviewDecision") == decision
    }

    /// Returns the status of a job after completing it. The job fails if one of its reviews was decided in the
    /// meantime.
    private static func job(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard var job = org.tables[jobs, of: call[0]][call[1]] else {
            throw .notFound(call[1], "BulkReviewDecisionJob")
        }
        if job.text("status") == "ACCEPTED" {
            let ids = (job["_reviews"]?.elements ?? []).compactMap(\.string)
            let isFree = ids.allSatisfy { org.tables[Reviews.kind][$0]?.text("decision") == "UNREVIEWED" }
            if isFree {
                for id in ids { decide(id, job, call, &org) }
                job["status"] = "COMPLETED"
            } else {
                job["status"] = "ERROR"
                job["errors"] = [
                    [
                        "errorCode": "review.decision.conflict", "errorId": JSON("oae" + org.ids.key(22)),
                        "errorSummary": "The decision of some reviews has changed after the submission.",
                    ]
                ]
            }
            org.tables[jobs, of: call[0]][call[1]] = job
        }
        var shown = job
        shown.remove(["_reviews", "_decision", "_notes"])
        shown["_links"] = ["self": ["href": JSON(call.adminOrigin + call.target.path)]]
        return .json(shown)
    }

    private static func decide(_ id: String, _ job: JSON, _ call: Call, _ org: inout OrgState) {
        org.tables[Reviews.kind][id]?["decision"] = job["_decision"]
        org.tables[Reviews.kind][id]?["decided"] = JSON(org.now.withoutFraction)
        org.tables[Reviews.kind][id]?["lastUpdated"] = JSON(org.now.withoutFraction)
        org.tables[Reviews.kind][id]?["lastUpdatedBy"] = JSON(call.caller.id)
        if let text = job["_notes"], text.kind != .null {
            let note: JSON = ["id": JSON(org.ids.next("rin")), "note": text]
            org.tables[Reviews.kind][id]?["note"] = note
        }
    }

    static let all: [Operation] = [
        Operation("POST", path) { call, org throws(OrgFault) in try submit(call, &org) },
        Operation("GET", path + "/jobs/{jobId}") { call, org throws(OrgFault) in try job(call, &org) },
        // Agents have the connections of the org's seed.
        Operation("GET", reviews + "/{reviewId}/agent-resource-connections/{agentId}") { call, org throws(OrgFault) in
            guard let review = org.tables[Reviews.kind][call[1]], review.text("campaignId") == call[0],
                review.text("reviewerProfile.id") == call.caller.id
            else { throw .notFound(call[1], "Review") }
            let rows = org.tables[connections, of: call[2]].all.map { ($0.id, $0.json) }
            return try Governance.page(call, rows, total: false) { $0 }
        },
    ]
}
