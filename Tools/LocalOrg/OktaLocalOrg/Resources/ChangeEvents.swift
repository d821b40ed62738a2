import OktaRuntime

/// The event of a change for which the operation records none: the System Log has every change of an org.
///
/// The type depends on the route. Types that Okta documents are listed here; others are composed of the path's names
/// and the verb, such as `push_providers.create`.
enum ChangeEvents {
    /// Records the event of a successful change.
    static func record(_ operation: Operation, _ call: Call, _ response: OrgResponse, _ org: inout OrgState) {
        // Sign-in steps record their own events.
        if operation.path.hasPrefix("/api/v1/authn/") { return }
        var type = type(of: operation)
        if type == "system.feature.enable", call.last.lowercased() == "disable" { type = "system.feature.disable" }
        SystemLog.record(type, call, &org, targets: targets(operation, call, response, org))
    }

    /// Returns the event type of a route.
    static func type(of operation: Operation) -> String {
        let path = Operation.normal(operation.path)
        if let type = routes["\(operation.method) \(path)"] { return type }
        for (prefix, kind) in kinds
        where path == prefix || path == prefix + "/{}" || path.hasPrefix(prefix + "/{}/lifecycle/") {
            let type = kind + "." + verb(operation.method, path)
            return EventTypes.actual[type] ?? type
        }
        let names = path.split(separator: "/").filter { $0 != "{}" && $0 != "api" && $0 != "v1" && $0 != "lifecycle" }
        let isAction = operation.method == "POST" && path.contains("/lifecycle/")
        return (isAction ? names.dropLast() : names[...]).map(snakeCase).joined(separator: ".") + "."
            + verb(operation.method, path)
    }

    private static func verb(_ method: String, _ path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        if path.contains("/lifecycle/") { return snakeCase(last[...]) }
        switch method {
        case "DELETE": return "delete"
        case "POST": return path.hasSuffix("/{}") ? "update" : "create"
        default: return "update"
        }
    }

    private static func snakeCase(_ name: Substring) -> String {
        var text = ""
        for character in name {
            if character == "-" {
                text.append("_")
            } else if character.isUppercase {
                if !text.isEmpty, text.last != "_" { text.append("_") }
                text.append(character.lowercased())
            } else {
                text.append(character)
            }
        }
        return text
    }

    // MARK: Targets

    /// Returns the object in the response, and the users, groups and apps in the path.
    private static func targets(
        _ operation: Operation, _ call: Call, _ response: OrgResponse, _ org: OrgState
    ) -> [LogEvent.Party] {
        var parties: [LogEvent.Party] = []
        var position = 0
        var name = "object"
        for segment in operation.path.split(separator: "/") {
            guard segment.hasPrefix("{") else {
                name = String(segment)
                continue
            }
            let id = call[position]
            position += 1
            parties.append(party(id, name, org))
        }
        if let json = try? JSON(parsing: response.body), let id = json.text("id"),
            !parties.contains(where: { $0.id == id })
        {
            parties.append(SystemLog.party(json, id: id, type: types[name] ?? name))
        }
        return parties
    }

    private static func party(_ id: String, _ name: String, _ org: OrgState) -> LogEvent.Party {
        if let user = org.users[id] { return SystemLog.party(user) }
        return SystemLog.party(org.tables["/api/v1/" + name][id], id: id, type: types[name] ?? name)
    }

    private static let types = [
        "users": "User", "groups": "UserGroup", "apps": "AppInstance", "policies": "PolicyEntity",
        "rules": "PolicyRule", "authorizationServers": "AuthorizationServer", "idps": "IdpInstance",
        "zones": "NetworkZone", "eventHooks": "EventHook", "inlineHooks": "InlineHook", "brands": "Brand",
        "domains": "Domain", "roles": "ROLE", "resource-sets": "RESOURCE_SET", "devices": "UDDevice",
        "api-tokens": "Token", "logStreams": "LogStream", "factors": "AuthenticatorEnrollment",
        "authenticators": "Authenticator", "features": "Feature", "scopes": "OAuth2Scope", "claims": "OAuth2Claim",
    ]
}
