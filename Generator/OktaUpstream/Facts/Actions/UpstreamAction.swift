import OktaCatalog
import YAML

/// The facts about the operation of an action.
struct UpstreamAction {
    /// The facts, with the names of the catalog but without its sentences.
    private(set) var facts: CatalogAction
    /// For each parameter, the index of the catalog's parameter.
    let standing: [Int?]
    /// The declarations that the operation refers to directly.
    private(set) var roots: [String] = []
    /// The facts that the catalog cannot express.
    private(set) var findings: [Diagnostic]
    /// The schema of the response.
    private var resultSchema: YAMLNode?

    /// - Parameters:
    ///   - operation: The operation in the document.
    ///   - action: The action in the catalog.
    ///   - pins: The parts of the catalog that are kept.
    ///   - translator: Translates schemas, and collects the declarations they need.
    init(
        of operation: OpenAPIDocument.Operation, action: CatalogAction, pins: Pins, translator: inout SchemaTranslator
    ) {
        let document = translator.document
        let node = operation.node
        let typeName = IdentifierWords(action.swiftName?.value ?? action.name.value).upperCamelCase
        let place = SchemaTranslator.Place(
            name: typeName, upstream: OperationIdentity(operation.method, operation.path).description)
        facts = CatalogAction(
            action.name, summary: action.summary, method: action.method, path: action.path, at: action.location)
        facts.swiftName = action.swiftName
        let host = HostFacts(of: operation)
        facts.hostPrefix = host.prefix.map { Located($0, at: node.location) }
        let parameters = ParameterFacts(
            of: operation, action: action, at: place, pins: pins, translator: &translator)
        facts.parameters = parameters.parameters
        standing = parameters.standing
        findings = parameters.findings
        if !action.pinned.contains("hostPrefix") { findings += host.findings }
        let callbacks = node.entries?.first { $0.name == "callbacks" }
        if let callbacks, callbacks.value.entries?.isEmpty == false {
            findings.append(
                .unsupported(
                    "callbacks", "the operation has callbacks, which no action can state", at: callbacks.key.location))
        }
        if let id = node["operationId"]?.scalar {
            facts.upstream = id
            facts.reference = node["tags"]?.elements?.first?.scalar.map { "\($0)/\(id)".lowercased() }
        }
        if let request = node["requestBody"] {
            let body = BodyFacts(
                of: document.resolve(request), of: action, at: place, pins: pins, translator: &translator)
            facts.body = body.body
            findings += body.findings
        }
        readResponses(of: node, action: action, at: place, pins: pins, translator: &translator)
        facts.paging = PagingFacts(of: resultSchema, facts, in: document).paging
        let authorization = AuthorizationFacts(of: node, in: document)
        (facts.authorization, facts.scopes) = (authorization.authorization, authorization.scopes)
        if !action.pinned.contains("authorization") { findings += authorization.findings }
        if node["deprecated"]?.scalar == "true" { facts.deprecation = .unspecified }
        let lifecycle = node["x-okta-lifecycle"] ?? operation.shared.first { $0.name == "x-okta-lifecycle" }?.value
        readLifecycle(lifecycle?["lifecycle"], isPinned: action.pinned.contains("lifecycle"))
        var types = facts.parameters.map(\.type)
        if let body = facts.body { types.append(body.type) }
        if let returns = facts.returns { types.append(returns) }
        types += facts.otherReturns.map(\.type)
        roots = types.flatMap(\.references).map(\.value)
    }

    private mutating func readLifecycle(_ stage: YAMLNode?, isPinned: Bool) {
        switch stage?.scalar {
        case nil, "GA": break
        case "LIMITED_GA": facts.lifecycle = .limited
        case "EA": facts.lifecycle = .earlyAccess
        case "BETA": facts.lifecycle = .beta
        case "DEPRECATED": facts.deprecation = .unspecified
        case let other?:
            guard !isPinned, let stage else { return }
            findings.append(
                .unsupported(
                    "lifecycle \(other)", "the catalog does not have the lifecycle stage `\(other)`",
                    at: stage.location,
                    hint: Diagnostic.pinHint("lifecycle")))
        }
    }

    /// Returns the responses by status.
    ///
    /// `2XX` covers the 2xx statuses without a response, and `default` for all statuses without one. Because the
    /// catalog lists statuses, they count as 200 if no response has a 2xx status.
    private static func responses(in node: YAMLNode?, _ document: OpenAPIDocument) -> [(status: Int, node: YAMLNode)] {
        var responses: [Int: YAMLNode] = [:]
        for entry in node?.entries ?? [] where entry.name.utf8.count == 3 {
            guard let status = Int(entry.name), (100...599).contains(status) else { continue }
            responses[status] = entry.value
        }
        let range = node?.entries?.first { $0.name.uppercased() == "2XX" }
        if !responses.keys.contains(where: { (200..<300).contains($0) }), let range {
            responses[200] = range.value
        }
        if !responses.keys.contains(where: { (200..<400).contains($0) }), let rest = node?["default"] {
            responses[200] = rest
        }
        return responses.sorted { $0.key < $1.key }.map { ($0.key, document.resolve($0.value)) }
    }

    private mutating func readResponses(
        of node: YAMLNode, action: CatalogAction, at place: SchemaTranslator.Place, pins: Pins,
        translator: inout SchemaTranslator
    ) {
        let responses = Self.responses(in: node["responses"], translator.document)
        let success = responses.filter { (200..<300).contains($0.status) }
        var isJSON = false
        for (status, response) in success {
            let content = response["content"]?.entries ?? []
            let json = BodyFacts.json(in: content)
            for media in content {
                let name = MediaTypeName(media.name)
                if media.key == json?.entry.key {
                    guard let schema = media.value["schema"] else {
                        // The media type states a version of the API, which the call must send although nothing is
                        // returned.
                        if facts.returns == nil, name != .json { facts.accept = name.description }
                        continue
                    }
                    let isFirst = facts.returns == nil
                    let standing = isFirst ? action.returns : action.otherReturnsByStatus[status]
                    let type = translator.type(
                        of: schema, at: .init(name: place.name + "Response", upstream: place.upstream + "#\(status)"),
                        pinned: pins.holds(isFirst ? "returns" : "otherReturns", action.pinned) ? standing : nil,
                        standing: standing)
                    if isFirst || !isJSON {
                        // Bytes of another status, which JSON precedes.
                        if let media = facts.accept, !isFirst {
                            facts.alternatives.append(.init(bytesOf: Located(media, at: response.location)))
                        }
                        facts.returns = type
                        resultSchema = schema
                        facts.accept = name == .json ? nil : name.description
                        isJSON = true
                    } else if facts.returns?.notation != type.notation {
                        facts.otherReturnsByStatus[status] = type
                    }
                } else if facts.returns == nil, json == nil {
                    facts.returns = .builtin(.bytes)
                    facts.accept = media.name
                } else if name != json?.name, facts.accept?.hasSameBytes(as: media.name) != true,
                    !facts.alternatives.contains(where: { $0.media.value.hasSameBytes(as: media.name) })
                {
                    facts.alternatives.append(.init(bytesOf: Located(media.name, at: media.key.location)))
                }
            }
        }
        facts.successCodes = (success.isEmpty ? responses.filter { $0.status < 400 } : success).map(\.status)
    }
}
