import OktaCatalog
package import YAML

/// The text of a document as a tree, for finding the value at a location.
package struct DocumentText: Sendable {
    let root: YAMLNode

    /// Creates a text from its tree.
    package init(root: YAMLNode) {
        self.root = root
    }

    /// Returns the pointer to the innermost value that contains a location of the text.
    package func pointer(to location: SourceLocation) -> DocumentPointer {
        var pointer = DocumentPointer()
        var node = root
        while node.location != location {
            switch node.content {
            case .mapping(let entries):
                guard let index = Self.last(entries.count, before: location, { entries[$0].key.location.start })
                else { return pointer }
                // The location of a key refers to the value of the key.
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

    /// Returns the index of the last child that starts no later than a location. The children are in the order of the
    /// text.
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
