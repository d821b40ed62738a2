internal import HTTPTypes
internal import OktaRuntime

/// The actions that tools use, and those that an agent may call.
package enum AgentActions {
    /// Returns the action of a method and a path, such as `GET /api/v1/users`.
    package static func known(_ line: String) -> CommandAction? {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 2, let method = HTTPRequest.Method(words[0]) else { return nil }
        for module in CatalogModule.allCases {
            if let found = module.registry.actions.first(where: { $0.method == method && $0.path == words[1] }) {
                return CommandAction(found, in: module)
            }
        }
        return nil
    }

    /// Returns the action that a model names, such as `user list-users`.
    static func named(_ name: String) throws(ToolFailure) -> CommandAction {
        var words = name.split { $0 == " " || $0 == "." || $0 == "/" }.map(String.init)
        if words.first == "okta" { words.removeFirst() }
        guard words.count == 2 else {
            let meant = words.count == 1 ? CommandCatalog.all.actions.filter { $0.isNamed(words[0]) }.prefix(5) : []
            let hint = meant.map { "`\($0.category) \($0.name)`" }.joined(separator: " or ")
            throw ToolFailure(
                "'\(name.prefix(80))' is not an action",
                advice: hint.isEmpty
                    ? "Name category and action, such as `user list-users`; search_actions finds them."
                    : "Name category and action: \(hint).")
        }
        do throws(CommandFailure) {
            return try CommandCatalog.all.category(words[0]).action(named: words[1])
        } catch {
            throw ToolFailure(error)
        }
    }

    /// Returns why an agent may not call an action; nil if it may.
    package static func refusal(_ action: CommandAction) -> String? {
        let descriptor = action.descriptor
        if descriptor.method == nil || descriptor.path == nil { return "it is any request; name an action instead" }
        if descriptor.authorization == .client || descriptor.authorization == .anonymous {
            return "it is a part of sign-in, which needs other credentials than the org's"
        }
        switch BodyKind(descriptor) {
        case .certificate, .file, .bytes: return "it uploads a file; use the command line for it"
        default: return nil
        }
    }

    /// The effect of a call.
    package enum Risk: Sendable {
        case none, adds, destroys
    }

    /// Returns the risk of an action. A read changes nothing, and a new element of a list changes no other object. All
    /// other actions overwrite, move or remove something, or grant rights, and require confirmation.
    package static func risk(_ action: CommandAction) -> Risk {
        let descriptor = action.descriptor
        if action.isReading { return .none }
        let isCreation =
            descriptor.method == .post
            && action.module.registry.actions.contains {
                $0.method == .get && $0.path == descriptor.path && CommandAction($0, in: action.module).isList
            }
        let grants = descriptor.scopes.contains { $0.contains(".roles.") }
        return isCreation && !grants ? .adds : .destroys
    }
}
