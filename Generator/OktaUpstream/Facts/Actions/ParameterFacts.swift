import OktaCatalog
import YAML

/// The facts about the parameters of an operation: path parameters in the path's order, then the others in the
/// document's order.
struct ParameterFacts {
    private(set) var parameters: [CatalogParameter] = []
    /// For each parameter, the index of the catalog's parameter.
    let standing: [Int?]
    /// The properties of parameters that the catalog cannot express.
    private(set) var findings: [Diagnostic] = []

    /// A parameter of the document.
    private struct Described {
        let node: YAMLNode
        /// The reference to a shared parameter.
        let component: String?
        /// The wire name; for a path parameter, the name in the catalog's path.
        let name: String
        let place: CatalogParameter.Place
    }

    init(
        of operation: OpenAPIDocument.Operation, action: CatalogAction, at place: SchemaTranslator.Place,
        pins: Pins, translator: inout SchemaTranslator
    ) {
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
        for key in order where key.text.hasPrefix("path ") {
            guard let node = byKey[key]?.node, let name = node["name"]?.scalar, !placeholders.contains(name) else {
                continue
            }
            findings.append(
                .unsupported(
                    "path \(name) without place", "the path has no place for the parameter `\(name)`",
                    at: node.location, hint: "correct the document, or use another one"))
        }
        let rest = order.filter { !$0.text.hasPrefix("path ") }.compactMap { byKey[$0] }
        var described: [Described] = []
        for (node, component) in path + rest {
            guard let name = node["name"]?.scalar, let `in` = node["in"] else { continue }
            guard `in`.scalar != "cookie" else {
                findings.append(
                    .unsupported(
                        "cookie \(name)", "the cookie `\(name)` is a parameter, which no action can have",
                        at: node.location))
                continue
            }
            guard let place = `in`.scalar.flatMap(CatalogParameter.Place.init) else {
                findings.append(
                    Diagnostic(
                        rule: "openapi-form", "`\(`in`.scalar ?? "")` is not a location of a parameter",
                        at: `in`.location, hint: "correct the document, or use another one"))
                continue
            }
            findings += Self.unsupported(in: node, named: name, place)
            let wireName = place == .path ? renamed[name] ?? name : name
            described.append(Described(node: node, component: component, name: wireName, place: place))
        }
        standing =
            ParameterMatching(
                of: described.map { .init(name: $0.name, place: $0.place.rawValue) },
                in: action.parameters.map { .init(name: $0.name.value, place: $0.place.rawValue) }
            ).indices
        for (parameter, index) in zip(described, standing) {
            // The type of a shared parameter is named after the parameter, and that of another one after its action.
            let position =
                parameter.component.map { component in
                    let shared = component.split(separator: "/").last.map(String.init) ?? parameter.name
                    return SchemaTranslator.Place(
                        name: translator.names.parameterTypeName(shared), upstream: "parameters/\(shared)")
                } ?? translator.place(ofField: parameter.name, in: place)
            let found = index.map { action.parameters[$0] }
            let pinned = found.flatMap { pins.holds("type", $0.pinned) ? $0.type : nil }
            if pinned == nil { findings += Self.unsupported(parameter, at: position, translator) }
            parameters.append(Self.facts(of: parameter, at: position, pinned: pinned, translator: &translator))
        }
    }

    /// Returns errors for properties that change the serialization of a parameter and that the catalog cannot express.
    private static func unsupported(
        in node: YAMLNode, named name: String, _ place: CatalogParameter.Place
    ) -> [Diagnostic] {
        var found: [(fact: String, what: String, node: YAMLNode)] = []
        if let content = node["content"] { found.append(("content", "with a media type", content)) }
        if let style = node["style"], style.scalar != (place == .query ? "form" : "simple"),
            !isSingle(node, in: place, style: style.scalar)
        {
            let name = style.scalar ?? ""
            found.append(("style \(name)", "in the style `\(name)`", style))
        }
        if let reserved = node["allowReserved"], reserved.boolean == true {
            found.append(("allowReserved", "with unescaped characters (`allowReserved`)", reserved))
        }
        return found.map {
            .unsupported(
                "\(place.rawValue) \(name) \($0.fact)", "the parameter `\(name)` is sent \($0.what)",
                at: $0.node.location)
        }
    }

    /// Returns errors for a value that no action can send, unless the catalog states its type.
    private static func unsupported(
        _ described: Described, at position: SchemaTranslator.Place, _ translator: SchemaTranslator
    ) -> [Diagnostic] {
        let (name, place) = (described.name, described.place)
        var found: [(fact: String, message: String)] = []
        if let schema = described.node["schema"], translator.hasMembers(schema, at: position) {
            found.append(("members", "the value of the parameter `\(name)` has members, or is a list of such values"))
        }
        if place == .header, name.lowercased() == "authorization" {
            found.append(("credentials", "the header `\(name)` has the credentials, which the client sends"))
        }
        return found.map {
            .unsupported(
                "\(place.rawValue) \(name) \($0.fact)", $0.message, at: described.node.location,
                hint: Diagnostic.pinHint("type"))
        }
    }

    /// Returns whether a value is serialized in the same way in both styles. Okta's document of Privileged Access
    /// states `simple` for texts in the query, which OpenAPI does not permit.
    private static func isSingle(_ node: YAMLNode, in place: CatalogParameter.Place, style: String?) -> Bool {
        let type = node["schema"]?["type"]?.scalar ?? ""
        return place == .query && style == "simple" && ["string", "integer", "number", "boolean"].contains(type)
    }

    private static func facts(
        of described: Described, at position: SchemaTranslator.Place, pinned: TypeExpression?,
        translator: inout SchemaTranslator
    ) -> CatalogParameter {
        let node = described.node
        let schema = node["schema"] ?? node
        let type = translator.parameterType(of: schema, at: position, pinned: pinned)
        var parameter = CatalogParameter(
            Located(described.name, at: node.location), in: described.place, type: type)
        parameter.isRequired = described.place == .path || node["required"]?.scalar == "true"
        // A list in the query is sent as several parameters unless `explode` is false.
        parameter.explodes = described.place == .query && type.isArray && node["explode"]?.boolean != false
        parameter.isDeprecated = node["deprecated"]?.scalar == "true"
        parameter.constraints = SchemaFacts(of: translator.document.chain(from: schema), type: type).constraints
        return parameter
    }
}
