import OktaCatalog
import YAML

/// The upstream facts about one parameter of an operation, as entries of a flow mapping.
struct ParameterFacts {
    let name: String
    /// The location, such as `query`.
    let place: String
    let type: TypeExpression
    let entries: [(key: String, value: String)]

    /// The parameters of an operation: path parameters in the path's order, then the others in the document's order.
    static func all(
        of operation: OpenAPIDocument.Operation, action: CatalogAction, standing: CatalogAction?,
        place: SchemaTranslator.Place, translator: inout SchemaTranslator
    ) -> [ParameterFacts] {
        var byKey: [ExactText: (node: YAMLNode, component: String?)] = [:]
        var order: [ExactText] = []
        for reference in operation.sharedParameters + (operation.node["parameters"]?.elements ?? []) {
            let node = translator.document.resolve(reference)
            guard let name = node["name"]?.scalar, let `in` = node["in"]?.scalar else { continue }
            let key = ExactText("\(`in`) \(name)")
            if byKey[key] == nil { order.append(key) }
            byKey[key] = (node, reference["$ref"]?.scalar)
        }
        let placeholders = PathTemplate(operation.path)?.placeholders ?? []
        let own = PathTemplate(action.path.value)?.placeholders ?? []
        let renamed = Dictionary(zip(placeholders, own), uniquingKeysWith: { first, _ in first })
        let path = placeholders.compactMap { byKey[text: "path \($0)"] }
        let rest = order.filter { !$0.text.hasPrefix("path ") && !$0.text.hasPrefix("cookie ") }.compactMap {
            byKey[$0]
        }
        let described = (path + rest).compactMap { node, component -> Described? in
            guard let name = node["name"]?.scalar, let `in` = node["in"]?.scalar else { return nil }
            return Described(
                node: node, component: component, name: `in` == "path" ? renamed[name] ?? name : name, place: `in`)
        }
        let kept = keptTypes(of: action, standing: standing ?? action, for: described)
        return zip(described, kept).map { parameter, pinned in
            // A shared parameter's type is named after the parameter, another's after its action.
            let position =
                parameter.component.map { component in
                    let shared = component.split(separator: "/").last.map(String.init) ?? parameter.name
                    return SchemaTranslator.Place(
                        name: translator.names.parameterTypeName(shared), upstream: "parameters/\(shared)")
                } ?? translator.place(ofField: parameter.name, in: place)
            return ParameterFacts(of: parameter, at: position, pinned: pinned, translator: &translator)
        }
    }

    /// A parameter of the document.
    private struct Described {
        let node: YAMLNode
        /// The reference to a shared parameter.
        let component: String?
        /// The wire name; for a path parameter, the name in the catalog's path.
        let name: String
        let place: String
    }

    /// The types that the catalog keeps, for each parameter of the document.
    private static func keptTypes(
        of action: CatalogAction, standing: CatalogAction, for described: [Described]
    ) -> [TypeExpression?] {
        let matching = ParameterMatching(
            of: described.map { .init(name: $0.name, place: $0.place) },
            in: standing.parameters.map(\.identity))
        return matching.indices.map { index in
            guard let index else { return nil }
            // By its place in the file: two entries may have one name on the wire.
            let location = standing.parameters[index].name.location
            return action.parameters.first { $0.name.location == location }?.type
        }
    }

    private init(
        of parameter: Described, at position: SchemaTranslator.Place, pinned: TypeExpression?,
        translator: inout SchemaTranslator
    ) {
        let (node, name, place) = (parameter.node, parameter.name, parameter.place)
        let schema = node["schema"] ?? node
        let type = translator.parameterType(of: schema, at: position, pinned: pinned)
        var entries = [(key: "in", value: place), (key: "type", value: type.notation)]
        if place != "path", node["required"]?.scalar == "true" { entries.append(("required", "true")) }
        if node["deprecated"]?.scalar == "true" { entries.append(("deprecated", "true")) }
        let facts = SchemaFacts(of: translator.document.chain(from: schema), type: type).entries
        entries += facts.filter { !["readOnly", "writeOnly", "nullable", "deprecated"].contains($0.key) }
        self.name = name
        self.place = place
        self.type = type
        self.entries = entries
    }
}

extension CatalogParameter {
    /// What identifies it in Okta's document.
    var identity: ParameterMatching.Identity { .init(name: name.value, place: place.rawValue) }
}
