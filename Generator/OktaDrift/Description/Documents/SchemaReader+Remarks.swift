import OktaCatalog
import OktaUpstream
import YAML

/// Reads descriptions, and the values of keys without a rule.
extension SchemaReader {
    /// Adds the descriptions of a schema, and its statements without rules.
    mutating func addRemarks(of node: YAMLNode, to remarks: inout Remarks, level: Int, origin: String?) {
        for entry in node.entries ?? [] {
            let key = entry.name
            switch DocumentKeys.schema[key] {
            case .rule:
                if key == "x-okta-lifecycle" { addLifecycle(entry, to: &remarks, origin: origin) }
                if key == "discriminator" { addDiscriminator(entry, to: &remarks, origin: origin) }
                continue
            case .limit, .place: continue
            case nil: if Self.isImplied(entry, in: node) { continue }
            }
            add(entry, as: .schema, to: &remarks, level: level, origin: origin)
        }
    }

    /// Returns whether another key of the OpenAPI 3.0 form already states the same.
    private static func isImplied(_ entry: YAMLEntry, in node: YAMLNode) -> Bool {
        switch entry.name {
        case "contentEncoding": node["format"]?.scalar == "byte"
        case "contentMediaType":
            node["format"]?.scalar == "binary" && entry.value.scalar == "application/octet-stream"
        default: false
        }
    }

    mutating func addDiscriminator(_ entry: YAMLEntry, to remarks: inout Remarks, origin: String?) {
        guard origin == nil else { return }
        for inner in entry.value.entries ?? [] where inner.name != "propertyName" && inner.name != "mapping" {
            add(inner, as: nil, to: &remarks, level: 0, origin: origin, under: "discriminator/\(inner.name)")
        }
    }

    /// Adds the value of a key without a rule.
    ///
    /// - Parameter place: The kind of object; nil if it is unknown.
    mutating func add(
        _ entry: YAMLEntry, as place: OpenAPIPlace?, to remarks: inout Remarks, level: Int = 0, origin: String? = nil,
        under key: String? = nil
    ) {
        if DocumentKeys.words.contains(entry.name) {
            words.add(entry, to: &remarks.words, level: level)
            return
        }
        var value =
            DocumentKeys.sets.contains(entry.name)
            ? UnmodelledValue(set: entry.value)
            : normalized(entry.value, place?.children(under: entry.name), words: &remarks.words)
        if case .members(let members) = value.content, members.isEmpty { return }
        value.origin = origin
        remarks.add(value, under: key ?? entry.name)
    }

    /// Adds the statements of a lifecycle other than its name.
    mutating func addLifecycle(_ entry: YAMLEntry, to remarks: inout Remarks, origin: String? = nil) {
        let lifecycle = entry.value["lifecycle"]?.scalar ?? "GA"
        for inner in entry.value.entries ?? [] where inner.name != "lifecycle" {
            if inner.name == "isGenerallyAvailable", inner.value.scalar == (lifecycle == "GA" ? "true" : "false") {
                continue
            }
            add(inner, as: nil, to: &remarks, origin: origin, under: "x-okta-lifecycle/\(inner.name)")
        }
    }

    /// Returns a value in normal form, with schemas as types.
    private mutating func normalized(
        _ node: YAMLNode, _ children: OpenAPIPlace.Children?, words texts: inout DescriptionDigests
    ) -> UnmodelledValue {
        switch (children, node.content) {
        case (.one(let place), _): return normalized(node, as: place, words: &texts)
        case (.list(let place), .sequence(let elements)):
            return UnmodelledValue(.list(elements.map { normalized($0, as: place, words: &texts) }), at: node.location)
        case (.map(let place), .mapping(let entries)):
            var members: [ExactText: UnmodelledValue] = [:]
            for entry in entries {
                // Names of header fields are case-insensitive.
                let name = place == .header ? entry.name.lowercased() : entry.name
                if members[text: name] == nil {
                    members[text: name] = normalized(entry.value, as: place, words: &texts)
                }
            }
            return UnmodelledValue(.members(members), at: node.location)
        default: return UnmodelledValue(node)
        }
    }

    private mutating func normalized(_ node: YAMLNode, as place: OpenAPIPlace, words texts: inout DescriptionDigests)
        -> UnmodelledValue
    {
        if place == .schema { return UnmodelledValue(.type(use(of: node)), at: node.location) }
        let target = document.resolve(node)
        var members: [ExactText: UnmodelledValue] = [:]
        for entry in target.entries ?? [] {
            if DocumentKeys.words.contains(entry.name) {
                words.add(entry, to: &texts)
            } else if !Self.isDefault(entry, of: place) {
                members[text: entry.name] = normalized(entry.value, place.children(under: entry.name), words: &texts)
            }
        }
        return UnmodelledValue(.members(members), at: node.location)
    }

    /// Returns whether an entry states a default.
    private static func isDefault(_ entry: YAMLEntry, of place: OpenAPIPlace) -> Bool {
        switch entry.name {
        case "required", "deprecated", "explode", "allowReserved", "allowEmptyValue":
            entry.value.scalar == "false" && place != .encoding
        case "style": place == .header && entry.value.scalar == "simple"
        default: false
        }
    }
}
