internal import HTTPTypes
internal import OktaRuntime

/// The rule for destructive actions, which may be irreversible and ask for confirmation.
package enum DestructiveRule {
    /// Words in the path or the name of an action that ends access or discards data.
    private static let words: Set<String> = [
        "clear", "deactivate", "delete", "disable", "expire", "lock", "purge", "remove", "reset", "revoke", "suspend",
        "unassign", "unenroll", "unlink", "wipe",
    ]

    /// Returns whether an action is destructive: its method is DELETE, or its name or the last word of its path starts
    /// with one of the words. Actions that read are not.
    package static func holds(for action: CommandAction) -> Bool {
        guard let method = action.descriptor.method else { return false }
        return holds(method: method.rawValue, path: action.descriptor.path ?? "", name: action.name)
    }

    /// Returns whether a request without an action is destructive.
    package static func holds(method: String, path: String, name: String = "") -> Bool {
        switch method.uppercased() {
        case "GET", "HEAD", "OPTIONS": false
        case "DELETE": true
        default:
            [name, path.split(separator: "/").last.map(String.init) ?? ""].contains { text in
                text.lowercased().split { !$0.isLetter }.first.map { words.contains(String($0)) } ?? false
            }
        }
    }
}
