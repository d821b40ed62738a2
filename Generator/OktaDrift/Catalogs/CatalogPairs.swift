import OktaCatalog

/// The catalogs of two sides, matched by their modules. A set may have replaced a single catalog, and its folders may
/// have other names.
public struct CatalogPairs: Sendable {
    /// The catalogs of one module; nil on a side that does not have it.
    public typealias Pair = (old: CatalogSource?, new: CatalogSource?)

    /// The pairs, by module.
    public let pairs: [Pair]

    /// Matches catalogs.
    ///
    /// - Parameters:
    ///   - old: The catalogs of the old side.
    ///   - new: The catalogs of the new side.
    ///   - services: The services to compare; all if it is empty.
    public init(_ old: [CatalogSource], _ new: [CatalogSource], services: [String] = []) {
        // Single catalogs are compared even if their names differ.
        if old.count == 1, new.count == 1, services.isEmpty {
            pairs = [(old.first, new.first)]
            return
        }
        let modules = Set((old + new).map(\.module)).sorted()
        let all: [Pair] = modules.map { module in
            (old.first { $0.module == module }, new.first { $0.module == module })
        }
        pairs = all.filter { pair in
            services.isEmpty || [pair.old, pair.new].contains { ($0?.service).map(services.contains) ?? false }
        }
    }
}

extension APIDescription {
    /// The description of a side that does not have a module.
    public static let none = APIDescription(content: "")
}

extension DescriptionComparison.Result {
    /// Combines the results of several comparisons.
    public init(_ results: [DescriptionComparison.Result]) {
        self.init(changes: [], added: [], removed: [], changed: [])
        for result in results {
            let offset = changes.count
            changes += result.changes
            added += result.added
            removed += result.removed
            changed += result.changed.map { ($0.operation, $0.changes.map { $0 + offset }) }
        }
    }
}
