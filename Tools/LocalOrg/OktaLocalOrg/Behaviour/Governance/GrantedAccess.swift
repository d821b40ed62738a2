import OktaRuntime

/// What resources of governance stand for, and what users have of them.
extension Grants {
    /// The ids of the values that a user has at an app by grants.
    static func values(of user: String, at app: String, _ org: OrgState) -> Set<String> {
        Set(
            effective(user, app, org).flatMap { $0["values"]?.elements ?? [] }.compactMap { $0.text("id") })
    }

    /// The ids of the values that a bundle, an entitlement or a value by its name gives.
    static func values(ofResource name: String, _ org: OrgState) -> Set<String> {
        let id = Governance.id(inName: name)
        if let bundle = org.tables[bundleKind][id] { return values(in: bundle, org) }
        if let entitlement = org.tables[Entitlements.kind][id] {
            return Set((entitlement["values"]?.elements ?? []).compactMap { $0.text("id") })
        }
        return [id]
    }

    private static func values(in json: JSON, _ org: OrgState) -> Set<String> {
        entitlements(json, org).reduce(into: []) { all, reference in
            let known = (org.tables[Entitlements.kind][reference.id]?["values"]?.elements ?? [])
                .compactMap { $0.text("id") }
            all.formUnion(reference.values ?? known)
        }
    }

    /// The app that a name of an app, a bundle or a value leads to.
    static func app(ofResource name: String, _ org: OrgState) -> String? {
        let id = Governance.id(inName: name)
        if org.tables[Apps.kind][id] != nil { return id }
        if let bundle = org.tables[bundleKind][id] { return bundle.text("target.externalId") }
        let owner = org.tables[Entitlements.kind].first { entitlement in
            entitlement["values"]?.elements?.contains { $0.text("id") == id } == true
        }
        return owner?.json.text("parent.externalId")
    }

    /// Takes an app, a bundle or a value from the grants of a user. A grant that gives nothing any longer ends.
    static func end(of user: String, at id: String, _ org: inout OrgState) {
        for (grantID, grant) in org.tables[kind].all where grant.text("targetPrincipal.externalId") == user {
            defer { EntitlementHistory.note(grant, &org) }
            if grant.text("target.externalId") == id || grant.text("entitlementBundleId") == id {
                org.tables[kind][grantID] = nil
                continue
            }
            guard let references = grant["entitlements"]?.elements else { continue }
            let left = references.compactMap { reference -> JSON? in
                guard let values = reference["values"]?.elements else { return reference }
                let kept = values.filter { $0.text("id") != id }
                guard !kept.isEmpty else { return nil }
                var changed = reference
                changed["values"] = JSON(kept)
                return changed
            }
            org.tables[kind][grantID]?["entitlements"] = JSON(left)
            if left.isEmpty { org.tables[kind][grantID] = nil }
        }
    }
}
