internal import OktaRuntime

/// The tools of a server.
package struct ToolSet: Sendable {
    /// The tools, in the order in which they are listed.
    let tools: [AgentTool]

    /// All tools that a session may offer, whatever its tokens permit.
    package init(writes: Bool) {
        tools =
            FindTools.all + AccessTools.all + OrgTools.all + ActionTools.reading + (writes ? ActionTools.writing : [])
    }

    /// The names of all tools, or of those that scopes permit.
    package func names(_ granted: [Set<String>?] = [nil]) -> [String] { offered(granted).map(\.name) }

    /// Those that the scopes of at least one org permit; nil stands for a token without scopes.
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
