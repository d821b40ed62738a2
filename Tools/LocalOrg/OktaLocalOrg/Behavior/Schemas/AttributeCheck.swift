import OktaRuntime

/// Checks the values of a profile against the attributes of its schema.
struct AttributeCheck {
    /// The schema, with `definitions.base` and `definitions.custom`.
    let schema: JSON
    /// Attributes that the caller checks, with other messages.
    var skipped: Set<String> = []
    /// Whether another object has the value of a unique attribute.
    var isTaken: (_ name: String, _ value: JSON) -> Bool = { _, _ in false }

    /// Returns the problems: an attribute and a message each.
    func problems(_ profile: JSON) -> [(name: String, text: String)] {
        var problems: [(name: String, text: String)] = []
        for part in ["base", "custom"] {
            let required = Set((schema[path: "definitions.\(part).required"]?.elements ?? []).compactMap(\.string))
            for (name, attribute) in schema[path: "definitions.\(part).properties"]?.members ?? []
            where !skipped.contains(name) {
                guard let value = profile[name], value.kind != .null, value.string != "" else {
                    if required.contains(name) { problems.append((name, "The field cannot be left blank")) }
                    continue
                }
                if let text = misfit(value, attribute) {
                    problems.append((name, text))
                } else if attribute.text("unique") == "UNIQUE_VALIDATED", isTaken(name, value) {
                    problems.append((name, "An object with this field already exists in the current organization"))
                }
            }
        }
        return problems
    }

    private func misfit(_ value: JSON, _ attribute: JSON) -> String? {
        if let text = misfitOfType(value, attribute) { return text }
        if let text = misfitOfRange(value, attribute) { return text }
        let elements = value.elements ?? [value]
        let values = attribute["enum"]?.elements ?? attribute[path: "items.enum"]?.elements
        if let values, !elements.allSatisfy({ element in values.contains { same($0, element) } }) {
            return "The value must be one of the enumeration"
        }
        let choices = attribute["oneOf"]?.elements ?? attribute[path: "items.oneOf"]?.elements
        if let choices, values == nil,
            !elements.allSatisfy({ element in choices.contains { $0["const"].map { same($0, element) } == true } })
        {
            return "The value must be one of the enumeration"
        }
        return nil
    }

    /// Returns whether a listed value equals a profile's. Enumerations of Booleans and numbers are lists of strings.
    private func same(_ listed: JSON, _ value: JSON) -> Bool {
        listed == value || listed.string == String(decoding: value.bytes, as: UTF8.self)
    }

    private func misfitOfType(_ value: JSON, _ attribute: JSON) -> String? {
        switch attribute.text("type") {
        case "string": value.string == nil ? "The value must be a string" : misfitOfFormat(value, attribute)
        case "integer": value.int == nil ? "The value must be an integer" : nil
        case "number": value.double == nil ? "The value must be a number" : nil
        case "boolean": value.bool == nil ? "The value must be a boolean" : nil
        case "array": misfitOfElements(value, attribute)
        default: nil
        }
    }

    private func misfitOfElements(_ value: JSON, _ attribute: JSON) -> String? {
        guard let elements = value.elements else { return "The value must be an array" }
        guard let item = attribute["items"] else { return nil }
        return elements.contains { misfitOfType($0, item) != nil }
            ? "The elements must be of type \(item.text("type") ?? "string")" : nil
    }

    private func misfitOfFormat(_ value: JSON, _ attribute: JSON) -> String? {
        let text = value.string ?? ""
        switch attribute.text("format") {
        case "email": return Self.isEmail(text) ? nil : "Does not match required pattern"
        case "uri": return text.contains(":") ? nil : "Does not match required pattern"
        default: break
        }
        guard let pattern = attribute.text("pattern"), pattern != ".+", let pattern = PatternCache.pattern(pattern)
        else {
            return nil
        }
        return pattern.matches(text) ? nil : "Does not match required pattern"
    }

    private func misfitOfRange(_ value: JSON, _ attribute: JSON) -> String? {
        if let length = value.string?.unicodeScalars.count {
            let least = attribute["minLength"]?.int ?? 0
            let most = attribute["maxLength"]?.int ?? .max
            if length < least || length > most {
                return most == .max
                    ? "The field must be at least \(least) characters"
                    : "The field must be between \(least) and \(most) characters"
            }
        }
        if let number = value.double {
            if let least = attribute["minimum"]?.double, number < least { return "The value is below the minimum" }
            if let most = attribute["maximum"]?.double, number > most { return "The value is above the maximum" }
        }
        return nil
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(" ")
    }
}
