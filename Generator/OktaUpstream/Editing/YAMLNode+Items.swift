import OktaCatalog
import YAML

extension YAMLNode {
    /// A member of a list or mapping, with the name that identifies it.
    struct Item {
        var name: String
        /// The member's value. For a list, this is the member itself.
        var value: YAMLNode
        /// Whether the member is an entry of a mapping.
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

    /// Whether the parameter, field or value has a handwritten part: a sentence, a Swift name, or a pin.
    var isWrittenMember: Bool {
        (entries ?? []).contains { entry in
            switch entry.name {
            case "doc": entry.value.scalar?.isUnwritten == false
            case "swift", "pinned": true
            default: false
            }
        }
    }

    /// Whether the model or enumeration, or one of its fields or values, has a handwritten part.
    var isWrittenDeclaration: Bool {
        let hasOwn = (entries ?? []).contains { entry in
            switch entry.name {
            case "doc": entry.value.scalar?.isUnwritten == false
            case "pinned", "sameAs", "case", "init": true
            default: false
            }
        }
        return hasOwn || hasWrittenMember
    }

    /// Whether a field or value has a handwritten part.
    var hasWrittenMember: Bool {
        ["fields", "values"].contains { self[$0]?.items.contains { $0.value.isWrittenMember } ?? false }
    }

    /// The keys whose values are pinned against the document.
    var pinnedKeys: Set<String> {
        guard entries != nil else { return [] }
        return Set((self["pinned"]?.elements ?? []).compactMap(\.scalar))
    }
}
