internal import HTTPTypes
internal import OktaRuntime

/// Which actions take something away that may not come back: they ask before they run.
package enum DestructiveRule {
    /// Words in the path or the name of an action that ends access, or throws something away.
    private static let words: Set<String> = [
        "clear", "deactivate", "delete", "disable", "expire", "lock", "purge", "remove", "reset", "revoke", "suspend",
        "unassign", "unenroll", "unlink", "wipe",
    ]

    /// Whether an action is destructive: its method is DELETE, or its name or the last word of its path begins with such a
    /// word. An action that reads is not.
    package static func holds(for action: CommandAction) -> Bool {
        guard let method = action.descriptor.method else { return false }
        return holds(method: method.rawValue, path: action.descriptor.path ?? "", name: action.name)
    }

    /// The same for a request without an action.
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
