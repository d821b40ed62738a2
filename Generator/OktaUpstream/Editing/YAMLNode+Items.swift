import OktaCatalog
import YAML

extension YAMLNode {
    /// A member of a list or mapping, with the name that identifies it.
    struct Item {
        var name: String
        /// The member's value; for a list the member itself.
        var value: YAMLNode
        /// Whether it is an entry of a mapping.
        var isEntry: Bool
    }

    /// The members of a list or mapping. A value of an enumeration is identified by its text.
    var items: [Item] {
        switch content {
        case .scalar:
            []
        case .sequence(let elements):
            elements.map { element in
                Item(name: element.scalar ?? element["value"]?.scalar ?? "", value: element, isEntry: false)
            }
        case .mapping(let entries):
            entries.map { Item(name: $0.name, value: $0.value, isEntry: true) }
        }
    }

    /// The keys whose values are pinned against the document.
    var pinnedKeys: Set<String> {
        guard entries != nil else { return [] }
        return Set((self["pinned"]?.elements ?? []).compactMap(\.scalar))
    }
}
