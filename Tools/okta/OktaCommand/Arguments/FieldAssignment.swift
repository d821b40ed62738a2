package import OktaRuntime

/// A `--set` argument: a field of the body and its value.
///
/// `profile.firstName=Ann` sets a member of an object, `scopes.0=openid` an element of an array. The model determines
/// the type. If it does not, `null`, `true`, `false` and text that starts like JSON are JSON. With `:=`, as in
/// `profile.level:=3`, the value is always JSON.
package struct FieldAssignment: Sendable, Hashable {
    /// The names of members and positions of elements, outermost first.
    package let path: [String]
    /// The value as given.
    package let text: String
    /// Whether the value is JSON, independent of the field's type.
    package let isJSON: Bool

    /// Parses the argument of `--set`.
    package init(_ argument: String) throws(CommandFailure) {
        guard let sign = argument.firstIndex(of: "=") else {
            throw .usage("--set '\(argument)' has no =", advice: "Write it as field=value, such as profile.city=Oslo.")
        }
        var name = argument[..<sign]
        isJSON = name.hasSuffix(":")
        if isJSON { name = name.dropLast() }
        path = Self.split(name)
        text = String(argument[argument.index(after: sign)...])
        guard !path.isEmpty, !path.contains("") else {
            throw .usage(
                "--set '\(argument)' names no field", advice: "Write it as field=value, such as profile.city=Oslo.")
        }
    }

    /// Creates an assignment from its parts.
    package init(path: [String], text: String, isJSON: Bool) {
        self.path = path
        self.text = text
        self.isJSON = isJSON
    }

    /// The argument of `--set` that it was parsed from.
    package var argument: String {
        let name = path.map { $0.replacing(".", with: "\\.") }.joined(separator: ".")
        return "\(name)\(isJSON ? ":" : "")=\(text)"
    }

    /// The maximum nesting of a field, which limits the recursion. Bodies have only a few levels.
    private static let maximumLevels = 256

    /// Sets the field in a body.
    package func apply(to body: inout JSON, model: String?, types: FieldTypes) throws(CommandFailure) {
        guard path.count <= Self.maximumLevels else {
            throw .usage("a field has \(path.count) levels", advice: "It may have \(Self.maximumLevels).")
        }
        let value = try self.value(types.type(of: path, in: model))
        body = try Self.setting(path[...], of: body, to: value, name: path.joined(separator: "."))
    }

    private func value(_ type: String?) throws(CommandFailure) -> JSON {
        let name = path.joined(separator: ".")
        func json() throws(CommandFailure) -> JSON {
            do { return try JSON(parsing: text) } catch {
                throw .usage(
                    "the value of --set \(name) is not JSON: \(error)", advice: "Text is set with = instead of :=.")
            }
        }
        if isJSON { return try json() }
        switch type {
        case _ where text == "null": return .null
        case "string", "dateTime", "uri", "duration", "base64": return JSON(text)
        case "integer", "number", "boolean":
            let value = try? JSON(parsing: text)
            let fits = type == "boolean" ? value?.bool != nil : value?.double != nil
            guard fits, let value else {
                let needed = type == "boolean" ? "true or false" : type == "integer" ? "a whole number" : "a number"
                throw .usage("--set \(name) takes \(needed), not '\(text)'")
            }
            return value
        case .some(let type) where type.hasPrefix("["):
            if text.hasPrefix("[") { return try json() }
            return JSON(text.split(separator: ",", omittingEmptySubsequences: true).map { JSON(String($0)) })
        default:
            let isLiteral = text == "true" || text == "false"
            guard isLiteral || text.hasPrefix("{") || text.hasPrefix("[") || text.hasPrefix("\"") else {
                return JSON(text)
            }
            return try json()
        }
    }

    private static func setting(
        _ path: ArraySlice<String>, of json: JSON, to value: JSON, name: String
    ) throws(CommandFailure) -> JSON {
        guard let first = path.first else { return value }
        if var elements = json.elements {
            guard let index = Int(first), (0...elements.count).contains(index) else {
                throw .usage("--set \(name): \(first) is not a position of an array of \(elements.count)")
            }
            if index == elements.count { elements.append(.null) }
            elements[index] = try setting(path.dropFirst(), of: elements[index], to: value, name: name)
            return JSON(elements)
        }
        var object = json.members == nil ? JSON.emptyObject : json
        object[first] = try setting(path.dropFirst(), of: object[first] ?? .null, to: value, name: name)
        return object
    }

    /// Splits a name at dots, except after a backslash.
    private static func split(_ name: Substring) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in name {
            if isEscaped || (character != "." && character != "\\") {
                parts[parts.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                parts.append("")
            }
        }
        return parts
    }
}
