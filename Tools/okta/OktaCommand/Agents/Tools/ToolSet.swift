internal import OktaRuntime

/// The tools of a server.
package struct ToolSet: Sendable {
    /// The tools in the order of the list.
    let tools: [AgentTool]

    /// Creates all tools that a session may offer, independent of its tokens.
    package init(writes: Bool) {
        tools =
            FindTools.all + AccessTools.all + OrgTools.all + ActionTools.reading + (writes ? ActionTools.writing : [])
    }

    /// Returns the names of all tools, or of those that scopes permit.
    package func names(_ granted: [Set<String>?] = [nil]) -> [String] { offered(granted).map(\.name) }

    /// Returns the tools that the scopes of at least one org permit; nil means a token without scopes.
    func offered(_ granted: [Set<String>?]) -> [AgentTool] {
        tools.filter { tool in
            tool.needs.isEmpty
                || granted.contains { scopes in
                    tool.needs.contains {
                        AgentActions.known($0).map { GrantedScopes.permit($0.descriptor, scopes) } ?? false
                    }
                }
        }
    }
}
