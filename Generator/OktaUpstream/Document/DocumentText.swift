import OktaCatalog
package import YAML

/// The text of a document as a tree, in which a place of the text is found again.
package struct DocumentText: Sendable {
    let root: YAMLNode

    /// Keeps a tree.
    package init(root: YAMLNode) {
        self.root = root
    }

    /// The place of a value that stands in the text: of the innermost value that holds the location.
    package func pointer(to location: SourceLocation) -> JSONPointer {
        var pointer = JSONPointer()
        var node = root
        while node.location != location {
            switch node.content {
            case .mapping(let entries):
                guard let index = Self.last(entries.count, before: location, { entries[$0].key.location.start })
                else { return pointer }
                // A place at a key stands for what the key names.
                pointer.tokens.append(entries[index].name)
                guard entries[index].key.location != location else { return pointer }
                node = entries[index].value
            case .sequence(let elements):
                guard let index = Self.last(elements.count, before: location, { elements[$0].location.start })
                else { return pointer }
                pointer.tokens.append(String(index))
                node = elements[index]
            case .scalar: return pointer
            }
        }
        return pointer
    }

    /// The last of some children, which stand in the order of the text, that starts no later than a location.
    private static func last(
        _ count: Int, before location: SourceLocation, _ start: (Int) -> SourceMark
    ) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if start(middle) <= location.start { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}
