import HTTPTypes
import OktaCatalog
import OktaRuntime

/// An action with its operation in a document.
struct DocumentedAction: Sendable {
    /// The facts in which the catalog differs from the document, each with a reason beside it.
    struct Pins: Sendable {
        /// The facts of the action, such as `body`.
        let action: Set<String>
        /// The facts of its parameters, such as `type`, by name.
        let parameters: [String: Set<String>]

        func has(_ fact: String) -> Bool { action.contains(fact) }

        /// The parameters with a pinned fact.
        func parameters(with fact: String) -> Set<String> {
            Set(parameters.filter { $0.value.contains(fact) }.keys)
        }
    }

    let row: DocumentTable.Row
    let module: TestedModule
    let action: ActionDescriptor
    let pins: Pins

    /// Returns the actions of a document's modules that are operations of the document.
    static func all(of document: DocumentCallTests.Document) throws -> [DocumentedAction] {
        var actions: [String: (module: TestedModule, action: ActionDescriptor, pins: Pins)] = [:]
        for module in document.modules {
            var pins: [String: Pins] = [:]
            for action in try module.catalog().categories.flatMap(\.actions) where !action.isGeneric {
                let parameters = action.parameters.map { ($0.name.value, $0.pinned) }
                pins[key(action.method.rawValue, action.path.value)] = Pins(
                    action: action.pinned, parameters: Dictionary(parameters, uniquingKeysWith: { $0.union($1) }))
            }
            for action in module.registry.actions {
                guard let method = action.method, let path = action.path else { continue }
                let key = key(method.rawValue, path)
                actions[key] = (module, action, pins[key] ?? Pins(action: [], parameters: [:]))
            }
        }
        return try DocumentTable(contentsOf: document.path).rows.compactMap { row in
            actions[key(row.method, row.path)].map {
                .init(row: row, module: $0.module, action: $0.action, pins: $0.pins)
            }
        }
    }

    /// Returns a method with a path without the names of its parameters.
    private static func key(_ method: String, _ path: String) -> String {
        "\(method) \(path.replacing(/\{[^}]*\}/, with: "{}"))"
    }
}
