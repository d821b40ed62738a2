import OktaRuntime

/// Entitlement values behind governance resources, and the values that users have.
extension Grants {
    /// Returns the ids of the values that a user has at an app through grants.
    static func values(of user: String, at app: String, _ org: OrgState) -> Set<String> {
        Set(
            effective(user, app, org).flatMap { $0["values"]?.elements ?? [] }.compactMap { $0.text("id") })
    }

    /// Returns the ids of the values that a bundle, an entitlement or a value grants, by its resource name.
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

    /// Returns the app of an app's, a bundle's or a value's resource name.
    static func app(ofResource name: String, _ org: OrgState) -> String? {
        let id = Governance.id(inName: name)
        if org.tables[Kinds.apps][id] != nil { return id }
        if let bundle = org.tables[bundleKind][id] { return bundle.text("target.externalId") }
        let owner = org.tables[Entitlements.kind].first { entitlement in
            entitlement["values"]?.elements?.contains { $0.text("id") == id } == true
        }
        return owner?.json.text("parent.externalId")
    }

    /// Removes an app, a bundle or a value from a user's grants. A grant that becomes empty ends.
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
