import OktaCatalog
import YAML

/// The upstream facts about one operation, as YAML.
struct ActionFacts {
    /// The keys of an action's entry with their values, in the order in which they are written; without parameters.
    private(set) var entries: [(key: String, value: String)] = []
    /// The parameters in order.
    let parameters: [ParameterFacts]
    /// The declarations that the operation itself needs.
    private(set) var roots: [String] = []

    /// - Parameters:
    ///   - operation: The operation in the document.
    ///   - action: The action with the types that it keeps.
    ///   - standing: The action with all its types.
    ///   - translator: Translates schemas, and collects the declarations they need.
    init(
        of operation: OpenAPIDocument.Operation, action: CatalogAction, standing: CatalogAction?,
        translator: inout SchemaTranslator
    ) {
        let document = translator.document
        let node = operation.node
        let typeName = IdentifierWords(action.swiftName?.value ?? action.name.value).upperCamelCase
        let place = SchemaTranslator.Place(
            name: typeName, upstream: "\(operation.method) \(PathTemplate(operation.path)?.erased ?? operation.path)")
        parameters = ParameterFacts.all(
            of: operation, action: action, standing: standing, place: place, translator: &translator)
        for parameter in parameters { note(parameter.type) }
        if let id = node["operationId"]?.scalar {
            add("upstream", YAMLText.scalar(id, inFlow: false))
            if let tag = node["tags"]?.elements?.first?.scalar {
                add("reference", YAMLText.scalar("\(tag)/\(id)".lowercased(), inFlow: false))
            }
        }
        readBody(
            document.resolve(node["requestBody"] ?? node), of: node, action: action, standing: standing?.body?.type,
            place: place, translator: &translator)
        readResponses(of: node, action: action, standing: standing, place: place, translator: &translator)
        readScopes(of: node)
        readLifecycle(of: node)
    }

    /// The keys of a new entry with their values, in the order in which they are written.
    var values: [(key: String, value: YAMLEdits.Value)] {
        var values = entries.map { (key: $0.key, value: YAMLEdits.Value.line($0.value)) }
        if !parameters.isEmpty {
            let index = values.firstIndex { $0.key != "upstream" && $0.key != "reference" } ?? values.endIndex
            let lines = ParameterEntries(of: parameters, standing: []).entries.map(\.line)
            values.insert((key: "params", value: .members(lines)), at: index)
        }
        return values
    }

    private mutating func add(_ key: String, _ value: String) {
        entries.append((key, value))
    }

    private mutating func note(_ type: TypeExpression) {
        roots += type.references.map(\.value)
    }

    private mutating func readBody(
        _ body: YAMLNode, of operation: YAMLNode, action: CatalogAction, standing: TypeExpression?,
        place: SchemaTranslator.Place, translator: inout SchemaTranslator
    ) {
        guard operation["requestBody"] != nil, let content = body["content"]?.entries, let first = content.first
        else { return }
        var type: TypeExpression
        var media: [String] = []
        if let json = content.first(where: { $0.name == "application/json" })
            ?? content.first(where: { $0.name.hasSuffix("+json") })
        {
            type = translator.type(
                of: json.value["schema"] ?? json.value,
                at: .init(name: place.name + "Request", upstream: place.upstream + "#request"),
                pinned: action.body?.type, standing: standing)
            if json.name != "application/json" { media = [json.name] }
        } else if first.name == "multipart/form-data" {
            type = .builtin(.file)
            media = [first.name]
        } else if content.contains(where: { $0.name == "application/x-pem-file" }) {
            type = .builtin(.certificate)
            media = content.map(\.name)
        } else {
            type = .builtin(.bytes)
            media = content.map(\.name)
        }
        note(type)
        // A file or certificate is the subject of the call, regardless of upstream's `required`.
        let isOptional = body["required"]?.scalar != "true" && media.isEmpty
        if !isOptional, media.isEmpty {
            add("body", type.notation)
        } else {
            var entries = [(key: "type", value: type.notation)]
            if isOptional { entries.append(("optional", "true")) }
            if !media.isEmpty { entries.append(("media", YAMLText.flowSequence(media))) }
            add("body", YAMLText.flowMapping(entries))
        }
    }

    /// The status that a key of `responses` names; nil for `default`, a range such as `2XX`, and what is no status of HTTP.
    private static func status(_ key: String) -> Int? {
        guard key.utf8.count == 3, let status = Int(key), (100...599).contains(status) else { return nil }
        return status
    }

    private mutating func readResponses(
        of node: YAMLNode, action: CatalogAction, standing: CatalogAction?, place: SchemaTranslator.Place,
        translator: inout SchemaTranslator
    ) {
        let responses = (node["responses"]?.entries ?? []).compactMap { entry in
            Self.status(entry.name).map { (status: $0, node: translator.document.resolve(entry.value)) }
        }.sorted { $0.status < $1.status }
        let success = responses.filter { (200..<300).contains($0.status) }
        var result: TypeExpression?
        var others: [(Int, TypeExpression)] = []
        var alternatives: [(String, String)] = []
        var accept: String?
        for (status, response) in success {
            for media in response["content"]?.entries ?? [] {
                if media.name == "application/json" {
                    guard let schema = media.value["schema"] else { continue }
                    let pinned = result == nil ? action.returns : action.otherReturnsByStatus[status]
                    let type = translator.type(
                        of: schema, at: .init(name: place.name + "Response", upstream: place.upstream + "#\(status)"),
                        pinned: pinned,
                        standing: result == nil ? standing?.returns : standing?.otherReturnsByStatus[status])
                    if result == nil || accept != nil {
                        result = type
                        accept = nil
                    } else if result?.notation != type.notation {
                        others.append((status, type))
                    }
                } else if result == nil, response["content"]?["application/json"] == nil {
                    result = .builtin(.bytes)
                    accept = media.name
                } else if !alternatives.contains(where: { $0.0 == media.name }) {
                    alternatives.append((media.name, "bytes"))
                }
            }
        }
        if let result {
            note(result)
            add("returns", result.notation)
        }
        for (_, type) in others { note(type) }
        if !others.isEmpty {
            // Status codes stay without quotes.
            add("otherReturns", "{" + others.map { "\($0.0): \($0.1.notation)" }.joined(separator: ", ") + "}")
        }
        if !alternatives.isEmpty {
            add("alternatives", YAMLText.flowMapping(alternatives.map { (key: $0.0, value: $0.1) }))
        }
        if let accept { add("accept", YAMLText.scalar(accept, inFlow: false)) }
        let codes = success.isEmpty ? responses.filter { $0.status < 400 } : success
        add("success", "[" + codes.map { "\($0.status)" }.joined(separator: ", ") + "]")
        if node["method"] == nil, action.method == .get, result?.isArray == true { add("paging", "link") }
    }

    private mutating func readScopes(of node: YAMLNode) {
        var scopes: [String] = []
        for requirement in node["security"]?.elements ?? [] {
            for entry in requirement.entries ?? [] where entry.name == "oauth2" {
                scopes += (entry.value.elements ?? []).compactMap(\.scalar)
            }
        }
        if !scopes.isEmpty { add("scopes", YAMLText.flowSequence(scopes)) }
    }

    private mutating func readLifecycle(of node: YAMLNode) {
        switch node["x-okta-lifecycle"]?["lifecycle"]?.scalar {
        case "LIMITED_GA": add("lifecycle", CatalogAction.Lifecycle.limited.rawValue)
        case "EA": add("lifecycle", CatalogAction.Lifecycle.earlyAccess.rawValue)
        case "BETA": add("lifecycle", CatalogAction.Lifecycle.beta.rawValue)
        default: break
        }
        if node["deprecated"]?.scalar == "true" { add("deprecated", "true") }
    }
}
