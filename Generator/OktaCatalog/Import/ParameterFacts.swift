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
        of operation: OpenAPIDocument.Operation, action: CatalogAction, place: SchemaTranslator.Place,
        translator: inout SchemaTranslator
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
        return (path + rest).compactMap { node, component in
            guard let upstreamName = node["name"]?.scalar, let `in` = node["in"]?.scalar else { return nil }
            let name = `in` == "path" ? renamed[upstreamName] ?? upstreamName : upstreamName
            // A shared parameter's type is named after the parameter, another's after its action.
            let position =
                component.map { component in
                    let shared = component.split(separator: "/").last.map(String.init) ?? name
                    return SchemaTranslator.Place(
                        name: translator.names.parameterTypeName(shared), upstream: "parameters/\(shared)")
                } ?? translator.place(ofField: name, in: place)
            let pinned = action.parameters.first { $0.name.value.hasSameBytes(as: name) && $0.place.rawValue == `in` }?
                .type
            return ParameterFacts(
                of: node, name: name, in: `in`, at: position, pinned: pinned, translator: &translator)
        }
    }

    private init(
        of node: YAMLNode, name: String, in place: String, at position: SchemaTranslator.Place,
        pinned: TypeExpression?, translator: inout SchemaTranslator
    ) {
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
