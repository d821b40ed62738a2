public import OktaRuntime

extension OrgEngine {
    /// Stores an object in the form of the API, such as one of an export, below the path of its list.
    ///
    /// - Parameters:
    ///   - json: The object. It keeps its id.
    ///   - path: The path of the list, such as `/api/v1/groups`.
    /// - Returns: Whether it was stored. An object without an id, or a user without a known status, is not.
    @discardableResult
    public func adopt(_ json: JSON, below path: String) -> Bool {
        edit(state: { org in ObjectImport.store(json, below: path, &org) })
    }

    /// Removes the initial objects of a list in a new org, except for some.
    ///
    /// - Parameters:
    ///   - ids: The ids of the objects to keep.
    ///   - path: The path of the list, such as `/api/v1/brands`.
    public func keepOnly(_ ids: Set<String>, below path: String) {
        edit(state: { org in
            for (id, _) in org.tables[path].all where !ids.contains(id) {
                org.tables[path][id] = nil
                org.tables.removeChildren(of: id)
            }
        })
    }
}

/// Stores objects in the form of the API.
enum ObjectImport {
    /// Kinds with another name than their path.
    private static let kinds = [
        "/api/v1/meta/schemas/user": Kinds.userSchemas, "/api/v1/users/{}/roles": Kinds.userRoles,
        "/api/v1/groups/{}/roles": Kinds.groupRoles, "/oauth2/v1/clients/{}/roles": Kinds.clientRoles,
        "/api/v1/sessions": "sessions",
    ]

    /// The members that identify objects of kinds without an id of Okta's.
    private static let identifiers = [
        "/api/v1/catalog/apps": "name", "/api/v1/authenticators/{}/aaguids": "aaguid",
    ]

    private static let stateLinks = [
        "activate", "deactivate", "delete", "enable", "disable", "verify", "suspend", "unsuspend",
    ]

    /// Stores an object if it has an identifying member.
    static func store(_ json: JSON, below path: String, _ org: inout OrgState) -> Bool {
        let segments = RequestTarget(path).segments
        guard let place = place(of: segments, path) else { return false }
        if storeSingle(json, path, segments, &org) { return true }
        if segments.last == "tokens", let token = OAuthStore.adopted(json) {
            org.tables[OAuthStore.refreshTokens][json.text("id") ?? ""] = token
            return true
        }
        if let group = group(ofMembersAt: segments), let user = json["id"]?.string {
            _ = org.memberships.add(user, to: group)
            return true
        }
        switch place.kind {
        case "/api/v1/users":
            return storeUser(json, &org)
        case ClientRegistrations.kind:
            return store(ClientRegistrations.adopted(json, &org), below: Kinds.apps, &org)
        case AppJWKs.kind:
            AppJWKs.adopt(json, into: place.parent, &org)
            return true
        default:
            return storeObject(json, place.kind, of: place.parent, &org)
        }
    }

    /// Returns the kind of a list's objects, and the id of their parent; nil for a path without stored objects.
    private static func place(of segments: [String], _ path: String) -> (kind: String, parent: String)? {
        // The path of the list's members shows which segments are ids. Not every kind has an operation to read a
        // member.
        for method in ["GET", "DELETE", "PUT", "POST", "PATCH"] {
            guard
                case .operation(let operation, let parameters) = OperationCatalog.router.match(
                    method, segments + ["\u{1}"])
            else { continue }
            let kind = Operation.normal(operation.path)
            return kind.hasSuffix("/{}") ? (String(kind.dropLast(3)), parameters.dropLast().last ?? "") : nil
        }
        // The list has no operation for a single member.
        if case .operation(let list, let parameters) = OperationCatalog.router.match("GET", segments) {
            return (Operation.normal(list.path), parameters.last ?? "")
        }
        return (Operation.normal(path), "")
    }

    /// Stores an object that its path identifies, such as a schema; false for any other object.
    private static func storeSingle(
        _ json: JSON, _ path: String, _ segments: [String], _ org: inout OrgState
    ) -> Bool {
        if segments.suffix(2) == ["connections", "default"], segments.count == 6 {
            org.tables[AppProvisioning.connections, of: segments[3]]["default"] = json
            return true
        }
        var schema = json
        schema.remove(["id", "_links"])
        if path == "/api/v1/meta/schemas/group/default" {
            org.tables[Kinds.groupSchemas]["default"] = schema
        } else if path.hasPrefix("/api/v1/meta/schemas/user/"), let name = segments.last {
            let id = org.schemaID(ofType: name == "default" ? org.identity.defaultTypeID : name)
            org.tables[Kinds.userSchemas][id] = schema
        } else {
            return false
        }
        return true
    }

    private static func storeObject(
        _ json: JSON, _ kind: String, of parent: String, _ org: inout OrgState
    ) -> Bool {
        let own = identifiers[kind].flatMap { json[$0] }
        guard let id = (own ?? json["id"] ?? json["kid"])?.string else { return false }
        var stored = json
        if kind == AuthorizationServers.kind, json.text("name") == "default",
            let own = org.tables[kind].first(where: { $0.text("name") == "default" })
        {
            org.tables[kind][own.id] = nil
        }
        if kind == Kinds.policies, json["system"]?.bool == true { removePolicy(replacedBy: json, id, &org) }
        if kind == Kinds.apps {
            for member in ["accessPolicy", "profileEnrollment"] {
                if let link = json.text("_links.\(member).href"), let policy = link.split(separator: "/").last {
                    stored[path: "_policies.\(member)"] = JSON(String(policy))
                }
            }
        }
        // The org generates the links that depend on the state; other links are kept.
        stored.remove(stateLinks.map { "_links.\($0)" } + ["_embedded"])
        // All links of a device depend on its state.
        if kind == Kinds.devices { stored.remove(["_links"]) }
        org.tables[kinds[kind] ?? kind, of: parent][id] = stored
        if kind == Kinds.groups, json.text("type") != "APP_GROUP" {
            UserSchemas.defineForGroups(json["profile"] ?? .emptyObject, &org)
        }
        if kind == Kinds.apps {
            AppKeys.createFirst(stored, id, &org)
            if org.tables[Kinds.appSchemas][id] == nil { AppSchemas.create(forApp: stored, id, &org) }
        }
        if kind == Kinds.userTypes, org.tables[Kinds.userSchemas][org.schemaID(ofType: id)] == nil {
            UserSchemas.create(forType: id, &org)
        }
        return true
    }

    /// Removes the initial system policy of which an export has its own. Its apps get that one.
    private static func removePolicy(replacedBy json: JSON, _ id: String, _ org: inout OrgState) {
        let initial = org.tables[Kinds.policies].first { policy in
            policy["system"]?.bool == true && policy.text("id") != id
                && ["type", "name"].allSatisfy { policy.text($0) == json.text($0) }
        }
        guard let initial else { return }
        AppPolicies.reassignAll(from: initial.id, to: id, &org)
        org.tables[Kinds.policies][initial.id] = nil
        org.tables.removeChildren(of: initial.id)
    }

    /// Returns the group whose members a path lists. The catalog has no operation for a single member.
    private static func group(ofMembersAt segments: [String]) -> String? {
        guard segments.count == 5, segments.starts(with: ["api", "v1", "groups"]), segments[4] == "users" else {
            return nil
        }
        return segments[3]
    }

    private static func storeUser(_ json: JSON, _ org: inout OrgState) -> Bool {
        guard let id = json.text("id"), let status = json.text("status").flatMap(UserStatus.init) else { return false }
        let time = { (name: String) -> OrgTime? in OrgTime(json.text(name)) }
        let hasPassword = json[path: "credentials.password"] != nil
        let type = json.text("type.id") ?? org.identity.defaultTypeID
        UserSchemas.define(json["profile"] ?? .emptyObject, ofType: type, &org)
        org.users.store(
            UserRecord(
                id: id, status: status, created: time("created") ?? org.now, activated: time("activated"),
                statusChanged: time("statusChanged"), lastLogin: time("lastLogin"),
                lastUpdated: time("lastUpdated") ?? org.now, passwordChanged: time("passwordChanged"),
                typeID: type, realmID: json.text("realmId"),
                profile: UserProfiles.stored(json["profile"] ?? .emptyObject, &org),
                credentials: UserCredentials(
                    password: hasPassword ? "" : nil, question: json.text("credentials.recovery_question.question"),
                    providerType: json.text("credentials.provider.type") ?? "OKTA",
                    providerName: json.text("credentials.provider.name") ?? "OKTA")))
        return true
    }
}
