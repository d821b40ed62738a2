import OktaRuntime

/// The objects that conditions of policies and rules name. All must exist when the conditions are stored. A group, user or
/// app that is deleted later stays in them, as in a real org.
enum ConditionReferences {
    private struct Kind {
        let paths: [String]
        /// Okta's internal name.
        let type: String
        /// Words that refer to several objects.
        var words: Set<String> = []
        let exists: @Sendable (String, OrgState) -> Bool
    }

    private static let kinds = [
        Kind(paths: both("people.groups"), type: "UserGroup", words: ["EVERYONE"]) { id, org in
            org.tables[Kinds.groups][id] != nil
        },
        Kind(paths: both("people.users"), type: "User") { id, org in org.users[id] != nil },
        Kind(paths: both("network"), type: "NetworkZone", words: ["ALL_ZONES", "ALL_IP_ZONES"]) { id, org in
            org.tables[Kinds.zones][id] != nil
        },
        Kind(paths: both("userType"), type: "CVDType") { id, org in org.tables[Kinds.userTypes][id] != nil },
        Kind(paths: ["device.assurance.include"], type: "DeviceAssuranceRuleManagerImpl") { id, org in
            org.tables[Kinds.deviceAssurances][id] != nil
        },
        Kind(paths: ["clients.include"], type: "PublicClientApp", words: ["ALL_CLIENTS"]) { id, org in
            org.tables[Kinds.apps][id] != nil || (try? ClientRegistrations.find(id, org)) != nil
        },
    ]

    private static func both(_ path: String) -> [String] { [path + ".include", path + ".exclude"] }

    /// Returns the refusal of references to objects that do not exist.
    static func notFound(_ ids: [String], field: String, type: String) -> OrgFault {
        .invalid(field, "\(field): Resource(s) not found: \(ids.joined(separator: ", ")) (\(type))")
    }

    /// Throws for a condition that names an object which does not exist.
    static func check(_ conditions: JSON?, _ org: OrgState) throws(OrgFault) {
        guard let conditions, conditions.kind == .object else { return }
        for kind in kinds {
            for path in kind.paths {
                let ids = (conditions[path: path]?.elements ?? []).compactMap(\.string)
                let missing = ids.filter { !kind.words.contains($0) && !kind.exists($0, org) }
                guard !missing.isEmpty else { continue }
                throw notFound(missing, field: "conditions." + path, type: kind.type)
            }
        }
        for path in both("app") {
            let missing = (conditions[path: path]?.elements ?? []).compactMap { missingApp($0, org) }
            guard missing.isEmpty else {
                throw notFound(missing, field: "conditions." + path, type: Apps.resource.type)
            }
        }
    }

    /// Returns the id or name of an app, or of all apps with one name, that does not exist; nil if it does.
    private static func missingApp(_ app: JSON, _ org: OrgState) -> String? {
        guard app.text("type") == "APP_TYPE" else {
            let id = app.text("id") ?? ""
            return org.tables[Kinds.apps][id] == nil ? id : nil
        }
        let name = app.text("name") ?? ""
        return AppNames.isKnown(name, org) ? nil : name
    }
}
