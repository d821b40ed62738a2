/// The content of `upstream.yaml`, which states the dispositions of the operations in Okta's document.
///
/// Operations with an action are not listed, because they are covered.
public struct Dispositions: Sendable, Hashable {
    /// Operations that are ignored for one reason.
    public struct Ignored: Sendable, Hashable {
        /// The reason that the operations have no action.
        public var reason: Located<String>
        /// The operations.
        public var operations: [Located<OperationIdentity>]
    }

    /// The file's name in the catalog's folder.
    package static let fileName = "upstream.yaml"

    /// Operations for which `okta-generator update` creates actions.
    public struct Cover: Sendable, Hashable {
        /// The category for the actions.
        public var category: Located<String>
        /// The operations.
        public var operations: [Located<OperationIdentity>]
    }

    /// The document's release. It is only a label for readers, because it has decreased before.
    public var release: Located<String>
    /// The hash of the document's canonical content, which identifies it.
    public var content: Located<String>
    /// Operations that are ignored on purpose.
    public var ignored: [Ignored]
    /// Operations that get an action in the next update.
    public var cover: [Cover]
    /// Undecided operations.
    public var toDo: [Located<OperationIdentity>]
    /// Operations of actions that the document no longer has.
    public var gone: [Located<OperationIdentity>]
    /// The file's path, as it should be shown.
    public var path: String

    /// The operations without an action whose disposition is decided.
    package var decided: [Located<OperationIdentity>] { ignored.flatMap(\.operations) + cover.flatMap(\.operations) }

    /// All operations without an action.
    package var withoutAction: [Located<OperationIdentity>] { decided + toDo }
}

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

    /// The disposition of an operation; nil if it has none.
    public subscript(operation: OperationIdentity) -> Disposition? { dispositions[operation] }
}
