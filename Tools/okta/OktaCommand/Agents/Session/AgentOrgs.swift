internal import OktaRuntime

/// The orgs that an agent may use, each with one client.
actor AgentOrgs {
    /// An org that has been used.
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

    /// Returns the org names that a call may specify; empty if the server was started for one org, or only one is
    /// known.
    static func names(_ selection: OrgSelection, _ context: ProgramContext) -> [String] {
        guard selection.name == nil, let all = try? KnownOrgs(context).all() else { return [] }
        return all.count > 1 ? all.map(\.name) : []
    }

    /// Returns the client of an org.
    func client(_ name: String?) throws(ToolFailure) -> OktaClient { try org(name).client }

    /// Returns the scopes of an org's token; nil if it has none or they are unknown.
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

/// The permissions of token scopes.
enum GrantedScopes {
    /// Returns whether a token permits an action; nil means a token without scopes.
    static func permit(_ action: ActionDescriptor, _ granted: Set<String>?) -> Bool {
        guard let granted, !action.scopes.isEmpty else { return true }
        return action.scopes.contains { scope in
            // A `manage` scope includes the `read` scope.
            granted.contains(scope)
                || scope.hasSuffix(".read") && granted.contains(scope.dropLast(5) + ".manage")
        }
    }
}
