import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime

/// Access requirements in the catalogs: the scopes of Okta's API, and those of each action.
enum ScopeCatalog {
    /// The requirements of an action.
    struct Need: Sendable {
        let authorization: ActionDescriptor.Authorization
        /// Scopes of which any permits the call.
        let scopes: [String]
    }

    private static let actions = [
        ActionRegistry.okta, .oktaGovernance, .oktaMyAccount, .oktaOAuthAPI,
    ].flatMap(\.actions)

    /// All scopes of Okta's API. Each has its `read` or `manage` counterpart, since `manage` includes `read`.
    static let all: Set<String> = {
        var scopes: Set<String> = []
        for scope in actions.flatMap(\.scopes) {
            scopes.insert(scope)
            if let area = scope.withoutSuffix(".read") { scopes.insert(area + ".manage") }
            if let area = scope.withoutSuffix(".manage") { scopes.insert(area + ".read") }
        }
        return scopes
    }()

    private static let needs: [String: Need] = {
        var needs: [String: Need] = [:]
        for action in actions {
            guard let method = action.method?.rawValue, let path = action.path else { continue }
            let name = "\(method) \(Operation.normal(path))"
            if needs[name] == nil { needs[name] = Need(authorization: action.authorization, scopes: action.scopes) }
        }
        return needs
    }()

    /// Returns the requirements of an operation; nil if no catalog has it.
    static func need(of operation: Operation) -> Need? {
        needs["\(operation.method) \(Operation.normal(operation.path))"]
    }

    /// Returns whether scopes permit a call: one of the action's, or the `manage` scope that includes a required `read`
    /// scope.
    static func permits(_ scopes: Set<String>, _ need: Need) -> Bool {
        need.scopes.contains { scope in
            scopes.contains(scope) || scope.withoutSuffix(".read").map { scopes.contains($0 + ".manage") } == true
        }
    }
}

extension String {
    fileprivate func withoutSuffix(_ suffix: String) -> String? {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
    }
}
