internal import OktaRuntime

/// The orgs that an agent may work in, each with one client.
actor AgentOrgs {
    /// An org that was reached for.
    private struct Org {
        let client: OktaClient
        let scopes: Set<String>?
    }

    private let context: ProgramContext
    private let selection: OrgSelection
    private var orgs: [String?: Org] = [:]

    init(_ selection: OrgSelection, _ context: ProgramContext) {
        self.selection = selection
        self.context = context
    }

    /// The names that a call may choose from: none where the server was started for one org, or where only one is known.
    static func names(_ selection: OrgSelection, _ context: ProgramContext) -> [String] {
        guard selection.name == nil, let all = try? KnownOrgs(context).all() else { return [] }
        return all.count > 1 ? all.map(\.name) : []
    }

    /// The client of an org.
    func client(_ name: String?) throws(ToolFailure) -> OktaClient { try org(name).client }

    /// The scopes of an org's token; nil where none limit the calls, or they are not known.
    func scopes(_ name: String?) throws(ToolFailure) -> Set<String>? { try org(name).scopes }

    private func org(_ name: String?) throws(ToolFailure) -> Org {
        if let known = orgs[name] { return known }
        do throws(CommandFailure) {
            let target = try OrgSelection(name: name ?? selection.name).target(context)
            let org = Org(client: try target.client(), scopes: try target.credentials().scopes.map { Set($0) })
            orgs[name] = org
            return org
        } catch {
            throw ToolFailure(error)
        }
    }
}

/// What the scopes of a token permit.
enum GrantedScopes {
    /// Whether a token permits an action; nil stands for a token without scopes.
    static func permit(_ action: ActionDescriptor, _ granted: Set<String>?) -> Bool {
        guard let granted, !action.scopes.isEmpty else { return true }
        return action.scopes.contains { scope in
            // Who may manage may read.
            granted.contains(scope)
                || scope.hasSuffix(".read") && granted.contains(scope.dropLast(5) + ".manage")
        }
    }
}
