import OktaCatalog
package import YAML

/// The facts of a document for which the catalog has no key, although the calls are right without them: further limits
/// of values, headers of responses, stages of single fields.
///
/// People who write sentences decide which of them callers need. Each kind is one warning, with the number of its
/// places.
struct UnheldFacts {
    /// A kind of fact, with its places.
    private struct Kind {
        var count = 0
        let first: SourceLocation
        let pointer: DocumentPointer
    }

    private var kinds: [String: Kind] = [:]
    private let document: OpenAPIDocument

    init(of document: OpenAPIDocument) {
        self.document = document
        var walk = OpenAPIWalk()
        var visits: [OpenAPIWalk.Visit] = []
        walk.walk(document.text.root, as: .document, at: DocumentPointer()) { visits.append($0) }
        for visit in visits {
            for what in names(in: visit) {
                kinds[what, default: Kind(first: visit.node.location, pointer: visit.pointer)].count += 1
            }
        }
    }

    /// The warnings, sorted by kind.
    var findings: [Diagnostic] {
        kinds.sorted { $0.key < $1.key }.map { what, kind in
            Diagnostic(
                .warning, rule: "unheld-fact",
                "the catalog has no key for \(what): \(kind.count.counted("place")), the first at `\(kind.pointer)`",
                at: kind.first, hint: "state in the sentences what callers need to know")
        }
    }

    private func names(in visit: OpenAPIWalk.Visit) -> [String] {
        let node = visit.node
        switch visit.place {
        case .schema:
            let isPart = visit.pointer.tokens.dropLast().last == "allOf"
            let required = isPart || requirements(of: node).isEmpty ? [] : ["`required` for members of other schemas"]
            return UnheldLimits(of: node, in: document).names + required
        case .parameter: return node["allowEmptyValue"]?.boolean == true ? ["`allowEmptyValue`"] : []
        case .response:
            let links = node["links"]?.entries?.isEmpty == false ? ["`links` of responses"] : []
            return node.unheldHeaders.isEmpty ? links : links + ["headers of responses"]
        case .mediaType:
            let name = MediaTypeName(visit.pointer.tokens.last ?? "")
            let isHeld = name.isJSON || name == .form || name == .multipart
            return !isHeld && node["schema"].map(isStructured) == true ? ["schemas of content other than JSON"] : []
        case .operation:
            let needs = node.needsOfLifecycle.map { _ in "`SKUs` and `features` of an operation" }
            let body = document.hasUntypedBody(node) ? ["bodies without a media type"] : []
            return [needs].compactMap { $0 } + body + otherStatuses(of: node)
                + (node.entries ?? []).filter { Self.isUnknown($0.name) }.map { "`\($0.name)` of an operation" }
        case .document:
            let hooks = ["webhooks", "x-webhooks"].filter { node[$0]?.entries?.isEmpty == false }
            return hooks.map { "`\($0)`, the calls of the org to other servers" }
        default: return []
        }
    }

    /// Returns the members that a schema requires although neither it nor a schema that it includes declares them, or
    /// although only the schema that it extends does.
    private func requirements(of node: YAMLNode) -> [String] {
        let parts = node["allOf"]?.elements ?? []
        let bases = parts.filter { document.schemaName($0) != nil && document.isObject($0) }
        let parent = bases.first { document.hasDiscriminator($0) } ?? (bases.count == 1 ? bases.first : nil)
        var declared: Set<String> = []
        var wanted: [String] = []
        for part in [node] + parts.filter({ $0 != parent }).map(document.resolve) {
            // Longer chains are not followed.
            if part != node, part["allOf"] != nil { return [] }
            declared.formUnion((part["properties"]?.entries ?? []).map(\.name))
            wanted += (part["required"]?.elements ?? []).compactMap(\.scalar)
        }
        var base = parent.map(document.resolve)
        var steps = 0
        while let next = base, steps < 16 {
            let own = [next] + (next["allOf"]?.elements ?? []).map(document.resolve)
            declared.formUnion(own.flatMap { ($0["required"]?.elements ?? []).compactMap(\.scalar) })
            base = (next["allOf"]?.elements ?? []).first { document.schemaName($0) != nil }.map(document.resolve)
            steps += 1
        }
        return wanted.filter { !declared.contains($0) }
    }

    private func isStructured(_ schema: YAMLNode) -> Bool {
        let node = document.resolve(schema)
        return document.isObject(schema) || ["object", "array"].contains(node["type"]?.scalar)
    }

    /// Returns the statuses that an action cannot have beside those of a success.
    private func otherStatuses(of operation: YAMLNode) -> [String] {
        let statuses = (operation["responses"]?.entries ?? []).map(\.name)
        guard statuses.contains(where: { $0.hasPrefix("2") && Int($0) != nil }) else { return [] }
        return statuses.contains { $0.hasPrefix("3") || $0.uppercased() == "2XX" }
            ? ["redirects and `2XX` beside a success"] : []
    }

    private static let operationKeys: Set<String> = [
        "tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody", "responses",
        "callbacks", "deprecated", "security", "servers",
    ]

    private static func isUnknown(_ key: String) -> Bool { !operationKeys.contains(key) && !key.hasPrefix("x-") }
}

/// The limits of one schema for which the catalog has no key.
struct UnheldLimits {
    private(set) var names: [String] = []
    /// The limits with their values, for the authors of sentences.
    private(set) var words: [String] = []

    init(of node: YAMLNode, in document: OpenAPIDocument) {
        for entry in node.entries ?? [] where !Self.heldKeys.contains(entry.name) {
            guard !SchemaKeywords.isAnnotation(entry.name), entry.value.boolean != false else { continue }
            add("`\(entry.name)`", entry.value.scalar.map { "\(entry.name): \($0)" } ?? entry.name)
        }
        let type = node["type"]?.scalar
        if let values = node["enum"]?.elements ?? node["const"].map({ [$0] }), type != "string" {
            let kinds = Set(values.map(\.valueKind))
            if !kinds.isDisjoint(with: [.integer, .number, .boolean]), !kinds.contains(.string) {
                add("`enum` of numbers and booleans", "values: \(values.compactMap(\.scalar).joined(separator: ", "))")
            }
        }
        if type == "string", let format = node["format"]?.scalar, !Self.heldFormats.contains(format) {
            add("formats of texts, such as `email`", "format: \(format)")
        }
        let textLimits = ["pattern", "minLength", "maxLength"].filter { node[$0] != nil }
        let isPlainText = BuiltinType(ofSchema: node).map { [.string, .uri].contains($0) } ?? true
        if type == "string", !textLimits.isEmpty, !isPlainText || node["enum"] != nil {
            add("limits of the text of dates, bytes and enumerations", textLimits.joined(separator: ", "))
        }
        if let encoding = node["contentEncoding"]?.scalar, !["base64", "base64url"].contains(encoding) {
            add("encodings of texts", "contentEncoding: \(encoding)")
        }
        if let value = node["default"], value.scalar == nil { add("defaults of lists and objects", "default") }
        if node["properties"]?.entries?.isEmpty == false,
            node["additionalProperties"]?.entries?.isEmpty == false
        {
            add("types of additional members", "typed additional members")
        }
        for key in ["exclusiveMinimum", "exclusiveMaximum"] {
            guard let limit = node[key], limit.boolean != false else { continue }
            let bound = limit.boolean == true ? node[key == "exclusiveMinimum" ? "minimum" : "maximum"] : limit
            if let text = bound?.scalar, Int(text) == nil || type != "integer" {
                add("exclusive limits of fractions", "\(key): \(text)")
            }
        }
        let stage = node["x-okta-lifecycle"]?["lifecycle"]?.scalar
        if let stage, stage != "GA" { add("stages of single fields and parameters", "lifecycle: \(stage)") }
        for key in ["items", "additionalProperties"] {
            guard let element = node[key].map(document.resolve) else { continue }
            let limits = Self.valueLimits.filter { element[$0] != nil && !document.isEnumeration(element) }
            guard !limits.isEmpty else { continue }
            let texts = limits.map { "\($0): \(element[$0]?.scalar ?? "")" }
            add("limits of elements", "of each element \(texts.joined(separator: ", "))")
        }
    }

    private mutating func add(_ name: String, _ text: String) {
        names.append(name)
        words.append(text)
    }

    private static let valueLimits = ["minLength", "maxLength", "minimum", "maximum", "pattern"]

    /// The keywords that the reader of schemas reads, and that determine what it reads.
    private static let heldKeys: Set<String> = [
        "type", "format", "properties", "required", "items", "additionalProperties", "allOf", "oneOf", "anyOf", "enum",
        "const", "$ref", "$dynamicRef", "discriminator", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "minLength", "maxLength", "pattern", "unevaluatedProperties", "contentEncoding", "contentMediaType",
    ]

    private static let heldFormats: Set<String> = ["date-time", "uri", "duration", "base64", "byte", "binary"]
}

extension YAMLNode {
    /// The names of the headers of a response that callers may need. The runtime reads the others.
    var unheldHeaders: [String] {
        (self["headers"]?.entries ?? []).map(\.name).filter { name in
            let name = name.lowercased()
            return !name.hasPrefix("x-rate-limit-") && !name.hasPrefix("content-") && name != "link"
        }
    }

    /// The products and features that the lifecycle of an operation names; nil for none.
    var needsOfLifecycle: String? {
        let lifecycle = self["x-okta-lifecycle"]
        let names = ["SKUs", "features"].flatMap { (lifecycle?[$0]?.elements ?? []).compactMap(\.scalar) }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}

extension OpenAPIDocument {
    /// The warnings about facts for which the catalog has no key, although the calls are right without them.
    package var unheldFacts: [Diagnostic] { UnheldFacts(of: self).findings }

    /// Returns whether an operation has a body without a media type, which is not sent because it is not required.
    func hasUntypedBody(_ operation: YAMLNode) -> Bool {
        guard let body = operation["requestBody"].map(resolve) else { return false }
        return body["content"]?.entries?.isEmpty != false && body["required"]?.boolean != true
    }

    /// Returns the limits of a schema, and of those that it refers to, for which the catalog has no key.
    func unheldLimits(of schema: YAMLNode) -> [String] {
        chain(from: schema).flatMap { UnheldLimits(of: $0, in: self).words }
    }
}
