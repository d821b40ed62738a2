public import OktaCatalog

/// The disposition of one operation.
public enum Disposition: Sendable, Hashable {
    /// An action covers it.
    case covered(CatalogAction)
    /// It is ignored, with the reason.
    case ignored(String)
    /// It is undecided, or not implemented yet.
    case toDo
}

/// Finds the disposition of an operation.
public struct DispositionIndex: Sendable {
    private var dispositions: [OperationIdentity: Disposition] = [:]

    /// Creates the index of a catalog. An action overrides an entry of `upstream.yaml`.
    public init(_ catalog: Catalog) {
        let cover = catalog.dispositions?.cover.flatMap(\.operations) ?? []
        for operation in cover + (catalog.dispositions?.toDo ?? []) { dispositions[operation.value] = .toDo }
        for group in catalog.dispositions?.ignored ?? [] {
            for operation in group.operations { dispositions[operation.value] = .ignored(group.reason.value) }
        }
        for action in catalog.categories.flatMap(\.actions) {
            if let identity = action.identity { dispositions[identity] = .covered(action) }
        }
    }

    /// The disposition of an operation; nil when it has none.
    public subscript(operation: OperationIdentity) -> Disposition? { dispositions[operation] }
}
