import YAML

/// Comparison of two catalogs for lost content.
extension YAMLNode {
    /// The first value that the other node lacks, with its path. Nil if the other node contains all values.
    ///
    /// - Parameter isOrdered: Whether entries keep their order.
    func firstLoss(in other: YAMLNode, at path: String, isOrdered: Bool = true) -> String? {
        switch (content, other.content) {
        case (.mapping(let old), .mapping(let new)):
            var rest = new[...]
            for entry in old {
                guard
                    let index = (isOrdered ? rest : new[...]).firstIndex(where: { $0.name.hasSameBytes(as: entry.name) }
                    )
                else {
                    return "\(path).\(entry.name), which is gone"
                }
                if let loss = entry.value.firstLoss(
                    in: new[index].value, at: "\(path).\(entry.name)", isOrdered: isOrdered)
                {
                    return loss
                }
                if isOrdered { rest = new[(index + 1)...] }
            }
            return nil
        case (.sequence(let old), .sequence(let new)):
            var rest = new[...]
            for (index, element) in old.enumerated() {
                guard let found = rest.firstIndex(where: { $0.identity.hasSameBytes(as: element.identity) }) else {
                    return "\(path)[\(index)], which is gone: \(element.identity)"
                }
                if let loss = element.firstLoss(in: rest[found], at: "\(path)[\(index)]", isOrdered: isOrdered) {
                    return loss
                }
                rest = rest[(found + 1)...]
            }
            let isList = ["actions", "models", "values"].contains { path.hasSuffix($0) }
            return old.count == new.count || isList ? nil : "\(path), which has more"
        case (.scalar(let old, let oldStyle), .scalar(let new, let newStyle)):
            return old.utf8.elementsEqual(new.utf8) && oldStyle == newStyle ? nil : "\(path): \(old) is now \(new)"
        default:
            return "\(path), which is of another kind"
        }
    }

    /// The identity of a list element.
    private var identity: String {
        for key in ["action", "model", "enum", "value"] {
            if let name = self[key]?.scalar { return "\(key) \(name)" }
        }
        return scalar ?? kindName
    }

    /// The handwritten content of a file of actions: names and sentences, without facts.
    var personal: YAMLNode {
        let words = [
            "category", "action", "aliases", "renamed", "swift", "summary", "discussion", "method", "path", "pinned",
            "actions",
        ]
        switch content {
        case .mapping(let entries):
            return .mapping(entries.filter { words.contains($0.name) }.map { ($0.name, $0.value.personal) })
        case .sequence(let elements): return .list(elements.map(\.personal))
        case .scalar: return self
        }
    }
}
