import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime

/// What the catalogs say about access: the scopes of Okta's API, and what each action takes.
enum ScopeCatalog {
    /// What a call of an action needs.
    struct Need: Sendable {
        let authorization: ActionDescriptor.Authorization
        /// Any of these permits the call.
        let scopes: [String]
    }

    private static let actions = [
        ActionRegistry.okta, .oktaGovernance, .oktaMyAccount, .oktaOAuthAPI,
    ].flatMap(\.actions)

    /// All scopes of Okta's API. Who may manage may read, so that each has its counterpart.
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

    /// What an operation needs; nil for one that no catalog has.
    static func need(of operation: Operation) -> Need? {
        needs["\(operation.method) \(Operation.normal(operation.path))"]
    }

    /// Whether scopes permit a call: one of the action's, or the one to manage where reading suffices.
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
