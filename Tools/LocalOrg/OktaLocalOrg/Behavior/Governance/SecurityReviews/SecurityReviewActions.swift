import OktaRuntime

/// Operations of reviewers in a security access review.
enum SecurityReviewActions {
    private static func items(_ review: String, _ org: OrgState) -> [JSON] {
        org.tables[ReviewedAccess.items, of: review].all.map(\.json)
    }

    /// Returns the items and sub-items that can be restored.
    private static func taken(_ review: String, _ org: OrgState) -> [String] {
        let items = org.tables[ReviewedAccess.items, of: review].all
        let all = items + items.flatMap { org.tables[ReviewedAccess.subItems, of: $0.id].all }
        return all.filter { $0.json.text("remediationStatus") == "REMEDIATED" }.map(\.id)
    }

    private static func available(_ json: JSON, _ org: OrgState) -> [String] {
        guard json.text("status") == "ACTIVE" else { return [] }
        return taken(json.text("id") ?? "", org).isEmpty ? ["CLOSE_REVIEW"] : ["CLOSE_REVIEW", "RESTORE_ALL_ACCESS"]
    }

    private static func act(_ call: Call, isMine: Bool, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let json = try SecurityAccessReviews.findActive(call, isMine: isMine, org)
        let body = try call.object()
        try Checks.choice("actionType", of: body, ["CLOSE_REVIEW", "RESTORE_ALL_ACCESS"])
        let action = body.text("actionType") ?? ""
        guard available(json, org).contains(action) else {
            throw .invalid("actionType", "actionType: There is no access to restore.")
        }
        let user = json.text("principalId") ?? ""
        if action == "CLOSE_REVIEW" {
            org.tables[SecurityAccessReviews.kind][call[0]]?["status"] = "CLOSED"
            SecurityReviewHistory.add("The security access review was closed.", to: call[0], call, &org)
        } else {
            for id in taken(call[0], org) {
                try ReviewedAccess.act("RESTORE_ACCESS", on: id, in: call[0], user: user, call, &org)
            }
            SecurityReviewHistory.add("All access was restored.", to: call[0], about: user, call, &org)
        }
        SecurityAccessReviews.touch(call[0], call, &org)
        return .empty(202)
    }

    private static func actOnItem(_ call: Call, isMine: Bool, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let json = try SecurityAccessReviews.findActive(call, isMine: isMine, org)
        let body = try call.object()
        try Checks.choice(
            "type", of: body,
            ["REVOKE_ACCESS", "RESTORE_ACCESS", "FLAG_FOR_MANUAL_REMEDIATION", "FLAG_FOR_MANUAL_RESTORATION"])
        let user = json.text("principalId") ?? ""
        let action = body.text("type") ?? ""
        let name = try ReviewedAccess.find(call[1], in: call[0], org).json.text("name") ?? ""
        try ReviewedAccess.act(action, on: call[1], in: call[0], user: user, call, &org)
        SecurityReviewHistory.add("\(action) for \(name).", to: call[0], about: user, call, &org)
        SecurityAccessReviews.touch(call[0], call, &org)
        return .empty(202)
    }

    // MARK: Anomalies

    /// Returns the separation-of-duties conflicts caused by the user's access to an app.
    private static func anomalies(_ call: Call, isMine: Bool, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let review = try SecurityAccessReviews.find(call, isMine: isMine, org)
        let item = try ReviewedAccess.find(call[1], in: call[0], org).json
        let app = item.text("_app") ?? item.text("resourceId") ?? ""
        let user = review.text("principalId") ?? ""
        let conflicts = RiskRules.broken(by: user, org).filter { RiskRules.app(of: $0.json) == app }
        guard !conflicts.isEmpty else { return .json(["data": []]) }
        return .json([
            "data": [
                [
                    "type": "SOD_CONFLICT", "severity": "HIGH",
                    "subtext": [
                        "message": JSON("The user's access breaks \(conflicts.count) rules of separated duties."),
                        "messageCode": "sar.anomaly.sodConflict",
                    ],
                    "sodConflicts": JSON(conflicts.map { conflict($0.id, $0.json, item, org) }),
                ]
            ]
        ])
    }

    private static func conflict(_ id: String, _ rule: JSON, _ item: JSON, _ org: OrgState) -> JSON {
        let lists = (rule[path: "conflictCriteria.and"]?.elements ?? []).map { criterion -> JSON in
            let entitlements = (criterion[path: "value.value"]?.elements ?? []).map { reference -> JSON in
                let values = reference["values"]?.elements?.compactMap { $0.text("id") }
                let detail = Entitlements.detail(reference.text("id") ?? "", values: values, org)
                let shown = (detail?["values"]?.elements ?? []).map { value -> JSON in
                    [
                        "id": value["id"] ?? "", "name": value["name"] ?? "",
                        "sourceOfConflict": JSON(value["id"] == item["resourceId"]),
                    ]
                }
                return ["id": reference["id"] ?? "", "name": detail?["name"] ?? "", "values": JSON(shown)]
            }
            return [
                "listName": criterion["name"] ?? "",
                "scope": criterion.text("operation") == "CONTAINS_ALL" ? "ALL_OF" : "ANY_ONE_OF",
                "entitlements": JSON(entitlements),
            ]
        }
        var json: JSON = [
            "id": JSON(id), "name": rule["name"] ?? "", "operator": "AND", "conflictedEntitlements": JSON(lists),
        ]
        if let text = rule.text("description"), !text.isEmpty { json["description"] = JSON(text) }
        return json
    }

    // MARK: Summaries

    /// Returns a summary if the org has enabled summaries. A local org has no language model: it only states counts.
    private static func summary(
        _ call: Call, isMine: Bool, _ org: OrgState, _ text: (JSON) throws(OrgFault) -> String
    ) throws(OrgFault) -> OrgResponse {
        let review = try SecurityAccessReviews.find(call, isMine: isMine, org)
        let settings = org.tables["singleton" + Governance.v1 + "/settings"][""]
        guard settings?[path: "governanceAI.securityAccessReview.enabled"]?.bool == true else {
            throw .featureMissing
        }
        return .json(["message": JSON(try text(review))])
    }

    static func operations(_ item: String, isMine: Bool) -> [Operation] {
        let access = item + "/accesses/{accessId}"
        return [
            Operation("GET", item + "/accesses") { call, org throws(OrgFault) in
                _ = try SecurityAccessReviews.find(call, isMine: isMine, org)
                return try SecurityAccessReviews.page(items(call[0], org), by: "priority desc", call) {
                    ReviewedAccess.shown($0)
                }
            },
            Operation("GET", access + "/sub-accesses") { call, org throws(OrgFault) in
                _ = try SecurityAccessReviews.find(call, isMine: isMine, org)
                guard org.tables[ReviewedAccess.items, of: call[0]][call[1]] != nil else {
                    throw .notFound(call[1], "SecurityAccessReviewAccess")
                }
                let rows = org.tables[ReviewedAccess.subItems, of: call[1]].all.map(\.json)
                return try SecurityAccessReviews.page(rows, by: "priority desc", call) { ReviewedAccess.shown($0) }
            },
            Operation("POST", access + "/actions") { call, org throws(OrgFault) in
                try actOnItem(call, isMine: isMine, &org)
            },
            Operation("GET", access + "/anomalies") { call, org throws(OrgFault) in
                try anomalies(call, isMine: isMine, org)
            },
            Operation("POST", access + "/summary") { call, org throws(OrgFault) in
                try summary(call, isMine: isMine, org) { _ throws(OrgFault) in
                    let json = try ReviewedAccess.find(call[1], in: call[0], org).json
                    return "\(json.text("name") ?? ""): severity \(json.text("severity") ?? "")."
                }
            },
            Operation("GET", item + "/actions") { call, org throws(OrgFault) in
                let json = try SecurityAccessReviews.find(call, isMine: isMine, org)
                return .json(["data": JSON(available(json, org).map { ["actionType": JSON($0)] })])
            },
            Operation("POST", item + "/actions") { call, org throws(OrgFault) in
                try act(call, isMine: isMine, &org)
            },
            Operation("POST", item + "/summary") { call, org throws(OrgFault) in
                try summary(call, isMine: isMine, org) { review throws(OrgFault) in
                    let all = items(review.text("id") ?? "", org)
                    let severe = all.count { $0.text("severity") == "HIGH" }
                    return "The user has \(all.count) apps, of which \(severe) break rules of separated duties."
                }
            },
        ]
    }
}

/// The history of a security access review, and the reviewers' comments.
enum SecurityReviewHistory {
    private static let kind = SecurityAccessReviews.kind + "/{}/history"

    static func add(
        _ message: String, to review: String, about user: String? = nil, _ call: Call, _ org: inout OrgState
    ) {
        let id = org.ids.next("sah")
        var profile = Governance.principal(user ?? call.caller.id, org)
        profile["type"] = "USER"
        org.tables[kind, of: review][id] = [
            "id": JSON(id), "systemGenerated": false, "timestamp": JSON(org.now.withoutFraction),
            "message": JSON(message), "principalProfile": profile,
        ]
    }

    static func operations(_ item: String, isMine: Bool) -> [Operation] {
        [
            Operation("GET", item + "/history") { call, org throws(OrgFault) in
                _ = try SecurityAccessReviews.find(call, isMine: isMine, org)
                let rows = org.tables[kind, of: call[0]].all.map { ($0.id, $0.json) }
                return try Governance.page(call, rows, total: false) { $0 }
            },
            Operation("POST", item + "/comment") { call, org throws(OrgFault) in
                _ = try SecurityAccessReviews.findActive(call, isMine: isMine, org)
                let comment = try Checks.text("comment", of: try call.object(), maximum: 1000)
                add(comment, to: call[0], call, &org)
                SecurityAccessReviews.touch(call[0], call, &org)
                return .empty()
            },
        ]
    }
}
