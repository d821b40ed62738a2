import OktaCatalog
import YAML

/// Renames models and enumerations everywhere in a catalog.
extension CatalogDraft {
    /// The actions by operation, each with its file.
    var actionPlaces: [OperationIdentity: (path: String, node: YAMLNode)] {
        var places: [OperationIdentity: (path: String, node: YAMLNode)] = [:]
        for path in paths(in: "actions") {
            for node in files[path]?.root["actions"]?.elements ?? [] {
                guard let method = node["method"]?.scalar, let address = node["path"]?.scalar else { continue }
                let identity = OperationIdentity(method, address)
                if places[identity] == nil { places[identity] = (path, node) }
            }
        }
        return places
    }

    /// The models and enumerations by name, with their files. A declaration in the document takes precedence.
    var declarationPlaces: [String: (path: String, node: YAMLNode)] {
        var places: [String: (path: String, node: YAMLNode)] = [:]
        for path in paths(in: "models") {
            for node in files[path]?.root["models"]?.elements ?? [] {
                guard let name = node.declaredName, places[name].map({ $0.node.isRemoved && !node.isRemoved }) ?? true
                else { continue }
                places[name] = (path, node)
            }
        }
        return places
    }

    /// The names by which entries of a form find the models and enumerations.
    var declarationNames: DeclarationNames {
        DeclarationNames(of: declarationPlaces.map { ($0, $1.node["upstream"]?.scalar) })
    }

    /// Renames declarations. Their positions in the document, which identify them, do not change.
    mutating func rename(_ names: [String: String]) {
        for path in files.keys.sorted() {
            guard var edits = files[path] else { continue }
            for action in edits.root["actions"]?.elements ?? [] {
                edits.rename(["returns"], of: action, names)
                if let body = action["body"], body.entries != nil, body["map"] == nil {
                    edits.rename(["type"], of: body, names)
                } else {
                    edits.rename(["body"], of: action, names)
                }
                for parameter in action["params"]?.entries ?? [] { edits.rename(["type"], of: parameter.value, names) }
                for key in ["otherReturns", "alternatives"] {
                    guard let types = action[key] else { continue }
                    edits.rename(types.entries?.map(\.name) ?? [], of: types, names)
                }
            }
            let declarations = (edits.root["models"] ?? edits.root["corrections"])?.elements ?? []
            for declaration in declarations {
                edits.rename(["model", "enum", "extends", "sameAs"], of: declaration, names)
                for field in declaration["fields"]?.entries ?? [] { edits.rename(["type"], of: field.value, names) }
                if let variants = declaration["variants"] { edits.rename(variants, of: declaration, names) }
            }
            files[path] = edits
        }
    }
}

extension YAMLEdits {
    /// Renames declarations in the types under some keys of a mapping.
    fileprivate mutating func rename(_ keys: [String], of mapping: YAMLNode, _ names: [String: String]) {
        for (index, entry) in (mapping.entries ?? []).enumerated() where keys.contains(entry.name) {
            guard let renamed = entry.value.renamed(names) else { continue }
            set(index, of: mapping, to: .line(renamed))
        }
    }

    /// Renames the variants of a model, which are values with their models, or a list of models.
    fileprivate mutating func rename(_ variants: YAMLNode, of model: YAMLNode, _ names: [String: String]) {
        if let entries = variants.entries {
            rename(entries.map(\.name), of: variants, names)
        } else if variants.isFlow {
            rename(["variants"], of: model, names)
        } else {
            for (index, element) in (variants.elements ?? []).enumerated() {
                guard let renamed = element.renamed(names) else { continue }
                remove(index, from: variants)
                insert(YAMLMember(.line(renamed)), into: variants, at: .after(index))
            }
        }
    }
}

extension YAMLNode {
    /// Returns the type with new names; nil if it contains none of the old ones.
    fileprivate func renamed(_ names: [String: String]) -> YAMLNode? {
        switch content {
        case .scalar(let name, _):
            return names[name].map { .plain($0) }
        case .sequence(let elements):
            let renamed = elements.map { $0.renamed(names) }
            guard renamed.contains(where: { $0 != nil }) else { return nil }
            return .flow(zip(renamed, elements).map { $0 ?? $1 })
        case .mapping(let entries):
            let renamed = entries.map { $0.value.renamed(names) }
            guard renamed.contains(where: { $0 != nil }) else { return nil }
            return .flow(zip(renamed, entries).map { YAMLEntry(key: $1.key, value: $0 ?? $1.value) })
        }
    }
}
