/// The values of a document that have an anchor, for the aliases that refer to them.
///
/// An alias shares the storage of its value. The number of values that all aliases expand to is nevertheless limited,
/// because readers visit every value.
struct AnchoredValues {
    /// The size of a value.
    struct Extent {
        /// The number of scalars, lists and mappings, including the value itself.
        var nodes: Int
        /// The number of levels of lists and mappings.
        var levels: Int

        /// The size of a scalar.
        static let scalar = Extent(nodes: 1, levels: 0)

        /// Adds the size of a key or value of the collection.
        mutating func add(_ inner: Extent) {
            nodes += inner.nodes
            levels = max(levels, inner.levels + 1)
        }
    }

    private var values: [String: (node: YAMLNode, extent: Extent)] = [:]
    /// The number of scalars, lists and mappings that the aliases so far expand to.
    private(set) var aliasedNodes = 0

    /// Stores a value by the name of its anchor, if it has one. A later anchor with the same name replaces it.
    mutating func note(_ node: YAMLNode, _ extent: Extent, as anchor: String?) {
        if let anchor { values[anchor] = (node, extent) }
    }

    /// Returns the value that an alias refers to, and counts it; nil if there is no such anchor before the alias.
    mutating func value(of alias: String) -> (node: YAMLNode, extent: Extent)? {
        guard let value = values[alias] else { return nil }
        aliasedNodes += value.extent.nodes
        return value
    }
}
