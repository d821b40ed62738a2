import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime

/// The fidelity of a local org to one action of the catalogs.
public struct CoverageRow: Sendable, Hashable {
    /// The category in the catalog.
    public let category: String
    /// The action's name.
    public let action: String
    /// The method.
    public let method: String
    /// The path, with placeholders.
    public let path: String
    /// Whether the behavior is handwritten or derived from the catalog.
    public let fidelity: Fidelity
}

/// The operations of all orgs: handwritten ones, and a derived one for every other action of the catalogs.
enum OperationCatalog {
    private static let registries: [(registry: ActionRegistry, schema: ModelSchema)] = [
        (.okta, .okta), (.oktaGovernance, .oktaGovernance), (.oktaMyAccount, .oktaMyAccount),
        (.oktaOAuthAPI, .oktaOAuthAPI),
    ]

    static let router: Router = {
        var router = Router()
        var checks: [String: BodyCheck] = [:]
        for (registry, schema) in registries {
            checks.merge(BodyCheck.all(of: registry, schema: schema)) { first, _ in first }
        }
        func add(_ operation: Operation) {
            let check = checks["\(operation.method) \(Operation.normal(operation.path))"]
            router.add(check?.applied(to: operation) ?? operation)
        }
        for operation in OAuthOperations.all + Operations.all { add(operation) }
        for (registry, schema) in registries {
            let shapes = ShapeOperations(registry, schema: schema).all { !router.contains($0, $1) }
            for operation in shapes { add(operation) }
        }
        return router
    }()

    /// A row for each action of the catalogs, in their order.
    static let coverage: [CoverageRow] = {
        var fidelities: [String: Fidelity] = [:]
        for operation in router.operations {
            fidelities["\(operation.method) \(Operation.normal(operation.path))"] = operation.fidelity
        }
        return registries.flatMap(\.registry.actions).compactMap { action in
            guard let method = action.method?.rawValue, let path = action.path,
                let fidelity = fidelities["\(method) \(Operation.normal(path))"]
            else { return nil }
            return CoverageRow(
                category: action.category, action: action.name, method: method, path: path, fidelity: fidelity)
        }
    }()
}
