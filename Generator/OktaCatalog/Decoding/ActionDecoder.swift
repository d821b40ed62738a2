import YAML

/// Decodes one file of `actions`.
struct ActionDecoder {
    private(set) var findings: [Diagnostic] = []
    /// Whether some actions could not be decoded.
    private(set) var hasLostActions = false

    mutating func category(from node: YAMLNode) -> CatalogCategory? {
        var reader = MappingReader(node, as: "an action file", keys: ["category", "swift", "summary", "actions"])
        let name = reader.requiredString("category")
        let swiftName = reader.string("swift")
        let summary = reader.requiredString("summary") ?? Self.unread(node)
        var actions: [CatalogAction] = []
        if let list = reader["actions"] {
            if let elements = list.elements {
                for element in elements {
                    guard let action = action(from: element) else {
                        hasLostActions = true
                        continue
                    }
                    actions.append(action)
                }
            } else {
                reader.reportType(list, "`actions`", expected: "a list of actions")
                hasLostActions = true
            }
        } else {
            reader.reportMissing("actions")
            hasLostActions = true
        }
        findings += reader.findings
        guard let name else { return nil }
        return CatalogCategory(name: name, swiftName: swiftName, summary: summary, actions: actions)
    }

    /// Returns a placeholder for a missing text, which has been reported, so that it is not reported again.
    private static func unread(_ node: YAMLNode) -> Located<String> { Located("not read", at: node.location) }

    private mutating func action(from node: YAMLNode) -> CatalogAction? {
        var reader = MappingReader(node, as: "an action", keys: EntryKeys.action.order)
        defer { findings += reader.findings }
        guard reader.isMapping else { return nil }
        let name = reader.requiredString("action")
        let summary = reader.requiredString("summary")
        let isGeneric = reader.boolean("generic") ?? (reader["generic"] != nil)
        if !isGeneric, reader["method"] == nil { reader.reportMissing("method") }
        let method = reader.choice("method", of: CatalogAction.Method.self)
        let path = isGeneric ? reader.string("path") : reader.requiredString("path")
        let action = CatalogAction(
            name: name ?? Located("", at: node.location),
            aliases: reader.strings("aliases"),
            renames: renames(&reader),
            swiftName: reader.string("swift"),
            summary: summary ?? Self.unread(node),
            discussion: reader.string("discussion")?.value,
            isGeneric: isGeneric,
            method: method ?? .get,
            path: path ?? Located("", at: node.location),
            hostPrefix: reader.string("hostPrefix"),
            upstream: reader.string("upstream")?.value,
            reference: reader.string("reference")?.value,
            parameters: parameters(&reader),
            body: body(in: reader["body"], &reader),
            returns: reader.type("returns"),
            otherReturnsByStatus: otherReturns(&reader),
            alternatives: alternatives(&reader),
            accept: reader.string("accept")?.value,
            successCodes: successCodes(&reader),
            paging: paging(in: reader["paging"], &reader),
            authorization: reader.choice("authorization", of: CatalogAction.Authorization.self),
            scopes: reader.strings("scopes").map(\.value),
            lifecycle: reader.choice("lifecycle", of: CatalogAction.Lifecycle.self) ?? .generallyAvailable,
            deprecation: deprecation(in: reader["deprecated"]),
            pinned: reader.pinned(among: .action),
            location: node.location)
        guard name != nil, isGeneric || (path != nil && method != nil) else { return nil }
        return action
    }

    private mutating func renames(_ reader: inout MappingReader) -> [CatalogAction.Rename] {
        reader.elements("renamed", expected: "a list of former names, such as `[{from: Find Users}]`").compactMap {
            element in
            var rename = MappingReader(element, as: "a former name", keys: ["from", "swift", "since"])
            let from = rename.string("from")
            let pinned = rename.string("swift")
            let since = rename.string("since")?.value
            if rename["from"] == nil, rename["swift"] == nil { rename.reportMissing("from") }
            findings += rename.findings
            return from == nil && pinned == nil ? nil : .init(from: from, swiftName: pinned, since: since)
        }
    }

    private mutating func parameters(_ reader: inout MappingReader) -> [CatalogParameter] {
        reader.entries("params", expected: "a mapping from names to parameters").compactMap {
            parameter(named: $0.key, from: $0.value)
        }
    }

    private mutating func parameter(named key: YAMLNode, from node: YAMLNode) -> CatalogParameter? {
        var reader = MappingReader(node, as: "a parameter", keys: EntryKeys.parameter.order)
        defer { findings += reader.findings }
        guard let key = reader.string(in: key, as: "a parameter's name"), reader.isMapping else { return nil }
        // Two parameters with the same name in different locations have different keys. In this case, the Swift
        // parameter is named after the key.
        let name = reader.string("name") ?? key
        if reader["in"] == nil { reader.reportMissing("in") }
        if reader["type"] == nil { reader.reportMissing("type") }
        let place = reader.choice("in", of: CatalogParameter.Place.self)
        let type = reader.type("type")
        let required = reader.boolean("required")
        if place == .path, required == false {
            reader.report(
                Diagnostic(
                    rule: "optional-path-parameter", "the path parameter `\(name.value)` cannot be optional",
                    at: name.location, hint: "remove `required: false`"))
        }
        let parameter = CatalogParameter(
            name: name, place: place ?? .query, type: type ?? .builtin(.string),
            isRequired: place == .path || (required ?? false), explodes: reader.boolean("explode") ?? false,
            constraints: reader.constraints(),
            swiftName: reader.string("swift") ?? (reader["name"] == nil ? nil : key),
            isDeprecated: reader.boolean("deprecated") ?? false,
            documentation: reader.string("doc")?.value, pinned: reader.pinned(among: .parameter))
        return place == nil || type == nil || reader.isRemoved ? nil : parameter
    }

    private mutating func body(in node: YAMLNode?, _ reader: inout MappingReader) -> CatalogAction.Body? {
        guard let node else { return nil }
        // `body: User` is short for `body: {type: User}`. A mapping with only the key `map` is a type too.
        if node.entries == nil || node["map"] != nil {
            return reader.type(in: node, as: "`body`").map { .init(type: $0, isOptional: false, media: []) }
        }
        var body = MappingReader(node, as: "a body", keys: ["type", "optional", "media"])
        defer { findings += body.findings }
        if body["type"] == nil { body.reportMissing("type") }
        let media = body.strings("media").map(\.value)
        let isOptional = body.boolean("optional") ?? false
        return body.type("type").map { .init(type: $0, isOptional: isOptional, media: media) }
    }

    private func otherReturns(_ reader: inout MappingReader) -> [Int: TypeExpression] {
        var returns: [Int: TypeExpression] = [:]
        for entry in reader.entries("otherReturns", expected: "a mapping from status codes to types") {
            guard let status = Int(entry.name), (200..<300).contains(status) else {
                reader.reportType(entry.key, "a key of `otherReturns`", expected: "a status code from 200 to 299")
                continue
            }
            returns[status] = reader.type(in: entry.value, as: "`\(entry.name)`")
        }
        return returns
    }

    private func alternatives(_ reader: inout MappingReader) -> [CatalogAction.Alternative] {
        var alternatives: [CatalogAction.Alternative] = []
        for entry in reader.entries("alternatives", expected: "a mapping from media types to types") {
            guard let media = reader.string(in: entry.key, as: "a media type"),
                let type = reader.type(in: entry.value, as: "`\(entry.name)`")
            else { continue }
            alternatives.append(.init(media: media, type: type))
        }
        return alternatives
    }

    private func successCodes(_ reader: inout MappingReader) -> [Int] {
        reader.elements("success", expected: "a list of status codes").compactMap { element in
            if let code = element.scalar.flatMap(Int.init), (100..<600).contains(code) { return code }
            reader.reportType(element, "an element of `success`", expected: "a status code")
            return nil
        }
    }

    private mutating func paging(in node: YAMLNode?, _ reader: inout MappingReader) -> CatalogAction.Paging? {
        guard let node else { return nil }
        guard node.entries != nil else {
            enum Paging: String, CaseIterable { case link }
            return reader.choice("paging", of: Paging.self).map { _ in .link }
        }
        var paging = MappingReader(node, as: "`paging`", keys: ["items"])
        defer { findings += paging.findings }
        return paging.requiredString("items").map { .member($0) }
    }

    private mutating func deprecation(in node: YAMLNode?) -> CatalogAction.Deprecation? {
        guard let node else { return nil }
        if node.scalar == "true" { return .init(since: nil, instead: nil) }
        var deprecation = MappingReader(node, as: "a deprecation", keys: ["since", "instead", EntryKeys.removed])
        defer { findings += deprecation.findings }
        let words = CatalogAction.Deprecation(
            since: deprecation.string("since")?.value, instead: deprecation.string("instead")?.value)
        return deprecation.isRemoved ? nil : words
    }
}
