import OktaRuntime

/// Common parts of the schemas of users, groups and apps: attributes are added, changed, and removed by null.
enum SchemaEditing {
    /// Applies a body to a schema.
    static func apply(
        _ body: JSON, to schema: JSON, droppedFromBase: Set<String> = [], droppedFromCustom: Set<String> = [],
        _ org: OrgState
    ) throws(OrgFault) -> JSON {
        var changed = schema
        for part in ["custom", "base"] {
            guard let attributes = body[path: "definitions.\(part).properties"]?.members else { continue }
            var known = schema[path: "definitions.\(part).properties"] ?? .emptyObject
            var required = (schema[path: "definitions.\(part).required"]?.elements ?? []).compactMap(\.string)
            for (name, value) in attributes {
                if value.kind == .null {
                    guard part == "custom" else {
                        throw .invalid("schema", "Base properties cannot be removed.")
                    }
                    known[name] = nil as JSON?
                    required.removeAll { $0 == name }
                    continue
                }
                try check(value, named: name, over: known[name], isCustom: part == "custom")
                var attribute = completed(value, over: known[name], isCustom: part == "custom")
                // Only array attributes have `union`, which combines the values of several groups.
                let isList = attribute.text("type") == "array"
                for member in part == "base" ? droppedFromBase : droppedFromCustom
                where !(isList && member == "union") {
                    attribute[member] = known[name]?[member]
                }
                if attribute["required"]?.bool == true {
                    if !required.contains(name) { required.append(name) }
                } else {
                    attribute["required"] = nil as JSON?
                    required.removeAll { $0 == name }
                }
                known[name] = attribute
            }
            changed[path: "definitions.\(part).properties"] = known
            changed[path: "definitions.\(part).required"] =
                part == "custom" && known.count == 0 ? .none : JSON(required.map { JSON($0) })
        }
        if let title = body["title"] { changed["title"] = title }
        if let description = body["description"] { changed["description"] = description }
        changed["lastUpdated"] = JSON(org.now.text)
        return changed
    }

    /// Sets Okta's profile as the source of custom attributes that name none.
    static func nameSources(in schema: inout JSON) {
        var attributes = schema[path: "definitions.custom.properties"] ?? .emptyObject
        for (name, attribute) in attributes.members ?? [] where attribute["master"] == nil {
            attributes[name]?["master"] = ["type": "PROFILE_MASTER"]
        }
        schema[path: "definitions.custom.properties"] = attributes
    }

    private static let types: Set = ["string", "boolean", "integer", "number", "array"]

    /// Throws for an invalid attribute.
    private static func check(_ sent: JSON, named name: String, over known: JSON?, isCustom: Bool) throws(OrgFault) {
        func refused(_ text: String) -> OrgFault { .invalid(name, "\(name): \(text)") }
        guard sent.kind == .object else { throw .malformedBody }
        guard isCustom else {
            if known == nil { throw refused("There is no base attribute of this name") }
            return
        }
        let isName =
            name.first.map { $0.isLetter || $0 == "_" } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard isName else { throw refused("A name has letters, digits and underscores, and begins with no digit") }
        guard let type = sent.text("type") ?? known?.text("type") else {
            throw refused("The type of the attribute is missing")
        }
        guard types.contains(type) else {
            throw refused("The type must be one of string, boolean, integer, number, array")
        }
        if let present = known?.text("type"), present != type { throw refused("The type cannot be changed") }
        for (least, most) in [("minLength", "maxLength"), ("minimum", "maximum")] {
            if let low = sent[least]?.double, let high = sent[most]?.double, low > high {
                throw refused("\(least) is more than \(most)")
            }
        }
        if let values = sent["enum"]?.elements, let choices = sent["oneOf"]?.elements, values.count != choices.count {
            throw refused("enum and oneOf must have the same values")
        }
        for permission in sent["permissions"]?.elements ?? []
        where !["HIDE", "READ_ONLY", "READ_WRITE"].contains(permission.text("action") ?? "READ_ONLY") {
            throw refused("The action of a permission must be HIDE, READ_ONLY or READ_WRITE")
        }
    }

    private static func completed(_ sent: JSON, over known: JSON?, isCustom: Bool) -> JSON {
        var attribute = sent
        if let known, !isCustom {
            attribute = known
            for (name, value) in sent.members ?? [] where !["type", "format"].contains(name) { attribute[name] = value }
        }
        if attribute["mutability"] == nil, isCustom { attribute["mutability"] = "READ_WRITE" }
        if attribute["scope"] == nil { attribute["scope"] = "NONE" }
        switch attribute["unique"]?.bool {
        case true: attribute["unique"] = "UNIQUE_VALIDATED"
        case false: attribute["unique"] = nil as JSON?
        default:
            if attribute.text("unique") == "NOT_UNIQUE" { attribute["unique"] = nil as JSON? }
        }
        if attribute.text("items.type") == "object" { attribute.fill(from: ["items": ["additionalProperties": true]]) }
        // The enumeration of a Boolean attribute has strings.
        for (name, value) in attribute.members ?? [] where value.kind == .null && name != "default" {
            attribute[name] = nil as JSON?
        }
        return attribute
    }
}
