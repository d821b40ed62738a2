#if LocalOrg
import OktaRuntime

/// Custom claims in the tokens of a custom authorization server.
struct ServerClaims {
    enum Token: String { case access = "RESOURCE", identity = "IDENTITY" }

    let client: OAuthClient
    let user: UserRecord?
    let scopes: [String]
    let org: OrgState

    /// Returns the claims for a token, in the order of the server's list.
    ///
    /// - Parameter all: Whether to include claims that are not always in the token, as the userinfo endpoint does.
    func claims(of server: String, for token: Token, all: Bool) -> [(String, JSON)] {
        org.tables[AuthorizationServers.claims.kind, of: server].all.compactMap { _, claim in
            guard claim.text("status") == "ACTIVE", claim.text("claimType") == token.rawValue,
                let name = claim.text("name"), claim.text("valueType") != "SYSTEM",
                all || claim["alwaysIncludeInToken"]?.bool != false
            else { return nil }
            let wanted = (claim[path: "conditions.scopes"]?.elements ?? []).compactMap(\.string)
            guard wanted.isEmpty || wanted.contains(where: scopes.contains) else { return nil }
            return value(of: claim).map { (name, $0) }
        }
    }

    private func value(of claim: JSON) -> JSON? {
        let text = claim.text("value") ?? ""
        return claim.text("valueType") == "GROUPS" ? groups(claim.text("group_filter_type"), text) : evaluated(text)
    }

    /// Returns the matching names of the user's groups.
    private func groups(_ filter: String?, _ text: String) -> JSON? {
        guard user != nil else { return nil }
        let names = UserScope(user: user, org: org).groupNames().map(\.name)
        let found = names.filter { name in
            switch filter {
            case "EQUALS": name == text
            case "CONTAINS": name.contains(text)
            case "REGEX": PatternCache.matches(name, text)
            default: name.hasPrefix(text)
            }
        }
        return JSON(found.map { JSON($0) })
    }

    /// Returns the value of an expression; nil, which omits the claim, if it is null or cannot be evaluated.
    private func evaluated(_ text: String) -> JSON? {
        let trimmed = text.trimmingPrefix { $0.isWhitespace }
        // The expression of the claim `sub` in every server.
        if trimmed == "(appuser != null) ? appuser.userName : app.clientId" {
            return JSON(userName ?? client.id)
        }
        if let name = trimmed.dropping("appuser.") {
            if name == "userName" { return userName.map { JSON($0) } }
            guard let value = user.flatMap({ assignment($0)?[path: "profile"]?[name] }), value.kind != .null else {
                return nil
            }
            return value
        }
        if let name = trimmed.dropping("app.") {
            switch name {
            case "clientId": return JSON(client.id)
            case "id": return JSON(client.appID)
            case "name": return client.app["label"]
            default: return client.app[path: "profile"]?[name]
            }
        }
        guard let expression = try? ExpressionParser.parse(text) else { return nil }
        return Self.json(expression.evaluate(UserScope(user: user, org: org)))
    }

    private var userName: String? {
        user.flatMap { assignment($0)?.text("credentials.userName") ?? $0.profile.text("login") }
    }

    private func assignment(_ user: UserRecord) -> JSON? { org.tables[Kinds.appUsers, of: client.appID][user.id] }

    private static func json(_ value: ExpressionValue) -> JSON? {
        switch value {
        case .null: nil
        case .text(let text): JSON(text)
        case .number(let number): Int(exactly: number).map { JSON($0) } ?? JSON(number)
        case .boolean(let flag): JSON(flag)
        case .list(let values): JSON(values.compactMap { json($0) })
        }
    }
}

extension Substring {
    /// Returns the text after a prefix if it is a single word; nil otherwise.
    fileprivate func dropping(_ prefix: String) -> String? {
        guard hasPrefix(prefix) else { return nil }
        let rest = dropFirst(prefix.count)
        return rest.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? String(rest) : nil
    }
}
#endif
