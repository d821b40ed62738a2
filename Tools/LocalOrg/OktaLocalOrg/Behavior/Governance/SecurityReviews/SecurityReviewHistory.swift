import OktaRuntime

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
