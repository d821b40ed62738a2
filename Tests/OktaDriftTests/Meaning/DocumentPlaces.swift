/// Locations of the objects of each kind in a document.
extension DocumentTree {
    /// The paths to all operations.
    var operations: [[String]] {
        (self["paths"]?.members ?? []).flatMap { path in
            path.value.members.filter { ["get", "put"].contains($0.key) }.map { ["paths", path.key, $0.key] }
        }
    }

    /// The paths to all schemas, including references.
    var schemas: [[String]] {
        places().map(\.way).filter { way in
            guard let last = way.last else { return false }
            let before = way.dropLast().last
            switch before {
            case "properties": return true
            case "schemas": return way.count == 3
            case "allOf", "oneOf", "anyOf": return Int(last) != nil
            default:
                return last == "schema" || last == "items"
                    || last == "additionalProperties" && self[way]?.members.isEmpty == false
            }
        }
    }

    /// The paths to schemas without references.
    var written: [[String]] { schemas.filter { self[$0]?["$ref"] == nil } }

    /// The schema that a reference resolves to.
    func target(of reference: DocumentTree?) -> DocumentTree? {
        reference?["$ref"]?.text.flatMap { self[["components", "schemas", String($0.dropFirst(21))]] }
    }

    /// Whether a schema references itself, directly or indirectly.
    func isRecursive(_ schema: DocumentTree, _ seen: Set<String> = []) -> Bool {
        schema.places().contains { place in
            guard let name = place.value["$ref"]?.text else { return false }
            guard !seen.contains(name), let target = target(of: place.value) else { return true }
            return isRecursive(target, seen.union([name]))
        }
    }
}
