import OktaRuntime

/// The variables of expressions in group rules, realm assignments and claims: one user and the user's groups.
struct UserScope: ExpressionScope {
    /// Nil for tokens of the client credentials grant.
    let user: UserRecord?
    let org: OrgState

    func attribute(_ name: String) -> ExpressionValue {
        guard let user else { return .null }
        switch (user.profile[name], name) {
        case (.text(let text)?, _): return .text(text)
        case (.json(let json)?, _): return ExpressionValue(json)
        case (_, "id"): return .text(user.id)
        case (_, "status"): return .text(user.status.rawValue)
        default: return .null
        }
    }

    func groupNames() -> [(id: String, name: String)] {
        guard let user else { return [] }
        let ids = org.memberships.groups(of: user.id).union([org.identity.everyoneID])
        let table = org.tables[Kinds.groups]
        return ids.sorted().compactMap { id in
            table[id].flatMap { $0.text("profile.name") }.map { (id, $0) }
        }
    }
}
