import OktaRuntime

/// The access under review in a security access review: the user's apps, and the user's groups and entitlement values
/// in them, as of the start of the review.
enum ReviewedAccess {
    static let items = SecurityAccessReviews.kind + "/{}/accesses"
    static let subItems = SecurityAccessReviews.kind + "/{}/accesses/{}/sub-accesses"

    static func create(ofReview review: String, _ user: String, _ org: inout OrgState) {
        for app in org.tables.parents(of: user, kind: Kinds.appUsers).sorted() {
            guard let json = org.tables[Kinds.apps][app], let assignment = org.tables[Kinds.appUsers, of: app][user]
            else { continue }
            let id = org.ids.next("sai")
            let reaching = groups(user, app, org).map { group(named: $0, user, org) }
            let granted = Grants.effective(user, app, org).flatMap { values(of: $0) }
            let isConflict = RiskRules.broken(by: user, org).contains { RiskRules.app(of: $0.json) == app }
            var item = entry(id, "APPLICATION", json["label"], app, isConflict: isConflict)
            let isIndividual = assignment.text("scope") != "GROUP"
            if !isIndividual {
                let manual = reaching.flatMap { $0["manualRemediationTypes"]?.elements ?? [] }
                if let first = manual.first { setManual(first.string ?? "", in: &item) }
            }
            item["appInfo"] = [
                "id": JSON(app), "name": json["name"] ?? "", "label": json["label"] ?? "",
                "logoUrl": "https://ok12static.oktacdn.com/assets/img/logos/default.png",
                "assignedDate": JSON(OrgTime(assignment.text("created"))?.withoutFraction ?? org.now.withoutFraction),
                "assignmentType": isIndividual ? "INDIVIDUAL" : "GROUP",
            ]
            var types: [JSON] = []
            for sub in reaching + granted {
                var sub = sub
                let subID = org.ids.next("sas")
                sub["id"] = JSON(subID)
                sub["_app"] = JSON(app)
                if let type = sub["type"], !types.contains(type) { types.append(type) }
                org.tables[subItems, of: id][subID] = sub
            }
            item["subAccessTypes"] = JSON(types)
            org.tables[items, of: review][id] = item
        }
    }

    /// Returns an item. Okta does not document how it rates severity: here, a separation-of-duties conflict is high,
    /// anything else low.
    private static func entry(
        _ id: String, _ type: JSON, _ name: JSON?, _ resource: String, isConflict: Bool = false
    ) -> JSON {
        [
            "id": JSON(id), "type": type, "name": name ?? "", "resourceId": JSON(resource),
            "severity": isConflict ? "HIGH" : "LOW", "supportedActions": ["REVOKE_ACCESS"],
            "remediationStatus": "NONE",
        ]
    }

    private static func setManual(_ reason: String, in entry: inout JSON) {
        entry["supportedActions"] = ["FLAG_FOR_MANUAL_REMEDIATION"]
        entry["manualRemediationTypes"] = [JSON(reason)]
    }

    /// Returns the groups that assign an app to a user.
    static func groups(_ user: String, _ app: String, _ org: OrgState) -> [String] {
        org.tables[Kinds.appGroups, of: app].all.map(\.id).filter {
            $0 == org.identity.everyoneID || org.memberships.contains(user, in: $0)
        }
    }

    private static func group(named id: String, _ user: String, _ org: OrgState) -> JSON {
        let json = org.tables[Kinds.groups][id]
        var sub = entry("", "GROUP", json?[path: "profile.name"], id)
        let isByRule = org.memberships.byRule["\(id)/\(user)"] != nil
        if isByRule {
            setManual("GROUP_RULE", in: &sub)
        } else if json?.text("type") == "APP_GROUP" {
            setManual("APP_GROUP", in: &sub)
        } else if json?.text("type") != "OKTA_GROUP" {
            setManual("UNSUPPORTED_GROUP", in: &sub)
        }
        var info: JSON = ["assignmentType": isByRule ? "GROUP_RULE" : "INDIVIDUAL"]
        if let text = json?.text("profile.description"), !text.isEmpty { info["description"] = JSON(text) }
        sub["groupInfo"] = info
        return sub
    }

    /// Returns the user's values of an entitlement.
    private static func values(of entitlement: JSON) -> [JSON] {
        (entitlement["values"]?.elements ?? []).map { value in
            var sub = entry("", "ENTITLEMENT_VALUE", value["name"], value.text("id") ?? "")
            var info: JSON = ["type": "ENTITLEMENT_VALUE", "assignmentType": "ENTITLEMENT"]
            if let text = value.text("description"), !text.isEmpty { info["description"] = JSON(text) }
            if let text = entitlement.text("description"), !text.isEmpty {
                info["entitlementDescription"] = JSON(text)
            }
            sub["entitlementInfo"] = info
            return sub
        }
    }

    // MARK: Finding

    /// Returns an item or a sub-item of a review, with its table.
    static func find(_ id: String, in review: String, _ org: OrgState) throws(OrgFault) -> (
        kind: String, parent: String, json: JSON
    ) {
        if let json = org.tables[items, of: review][id] { return (items, review, json) }
        for item in org.tables[items, of: review].all {
            if let json = org.tables[subItems, of: item.id][id] { return (subItems, item.id, json) }
        }
        throw .notFound(id, "SecurityAccessReviewAccess")
    }

    static func shown(_ json: JSON) -> JSON {
        var shown = json
        shown.remove(["_taken", "_app"])
        return shown
    }

    // MARK: Revoking and restoring

    /// Performs a reviewer's action on an item.
    static func act(
        _ action: String, on id: String, in review: String, user: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        var (kind, parent, json) = try find(id, in: review, org)
        guard (json["supportedActions"]?.elements ?? []).contains(where: { $0.string == action }) else {
            throw .invalid("type", "type: The action \(action) is not supported by the item in its state.")
        }
        let next: (status: JSON, action: JSON)
        switch action {
        case "REVOKE_ACCESS":
            json["_taken"] = try take(json, from: user, call, &org)
            next = ("REMEDIATED", "RESTORE_ACCESS")
        case "RESTORE_ACCESS":
            try give(json, to: user, call, &org)
            json["_taken"] = nil as JSON?
            next = ("NONE", "REVOKE_ACCESS")
        case "FLAG_FOR_MANUAL_REMEDIATION": next = ("PENDING_MANUAL_REMEDIATION", "FLAG_FOR_MANUAL_RESTORATION")
        default: next = ("PENDING_MANUAL_RESTORATION", "FLAG_FOR_MANUAL_REMEDIATION")
        }
        json["remediationStatus"] = next.status
        json["supportedActions"] = [next.action]
        org.tables[kind, of: parent][id] = json
    }

    /// Revokes the access and returns the data to restore it.
    private static func take(
        _ json: JSON, from user: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> JSON {
        let resource = json.text("resourceId") ?? ""
        switch json.text("type") {
        case "APPLICATION":
            let isIndividual = json.text("appInfo.assignmentType") == "INDIVIDUAL"
            let taken = isIndividual ? [resource] : groups(user, resource, org)
            for id in taken { try GovernedAccess.take(id, from: user, call, &org) }
            return JSON(taken.map { JSON($0) })
        case "GROUP":
            try GovernedAccess.take(resource, from: user, call, &org)
            return [JSON(resource)]
        default:
            let before = org.tables[Grants.kind].all
            Grants.end(of: user, at: resource, &org)
            return JSON(members: before.filter { org.tables[Grants.kind][$0.id] != $0.json }.map { ($0.id, $0.json) })
        }
    }

    private static func give(_ json: JSON, to user: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) {
        for id in (json["_taken"]?.elements ?? []).compactMap(\.string) {
            try GovernedAccess.give(id, to: user, call, &org)
        }
        for (id, grant) in json["_taken"]?.members ?? [] { org.tables[Grants.kind][id] = grant }
    }
}
