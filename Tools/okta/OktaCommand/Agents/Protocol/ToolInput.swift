internal import OktaRuntime

/// An argument of a tool, with its JSON Schema and validation.
struct ToolInput: Sendable {
    enum Kind: Sendable {
        case string
        case integer(ClosedRange<Int>)
        case boolean
        case strings
        case choice([String])
        case object
        case json
    }

    let name: String
    let kind: Kind
    let text: String
    var isRequired = false

    /// The schema in JSON Schema 2020-12, the protocol's default.
    var schema: JSON {
        var schema: JSON =
            switch kind {
            case .string: ["type": "string", "maxLength": 4000]
            case .integer(let range):
                ["type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound)]
            case .boolean: ["type": "boolean"]
            case .strings: ["type": "array", "items": ["type": "string"], "maxItems": 100]
            case .choice(let values): ["type": "string", "enum": JSON(values.map { JSON($0) })]
            case .object: ["type": "object"]
            case .json: [:]
            }
        schema["description"] = JSON(text)
        return schema
    }

    /// Validates a value, so that later steps can rely on its type.
    func check(_ value: JSON) throws(ToolFailure) {
        let isFit =
            switch kind {
            case .string: value.string.map { $0.utf8.count <= 16_000 } ?? false
            case .integer(let range): value.int.map(range.contains) ?? false
            case .boolean: value.bool != nil
            case .strings: value.elements.map { $0.count <= 100 && $0.allSatisfy { $0.string != nil } } ?? false
            case .choice(let values): value.string.map(values.contains) ?? false
            case .object: value.members != nil
            case .json: true
            }
        if !isFit { throw ToolFailure("the argument \(name) must be \(expectation), not \(Self.shown(value))") }
    }

    private var expectation: String {
        switch kind {
        case .string: "a string of at most 4000 characters"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .strings: "an array of at most 100 strings"
        case .choice(let values): "one of \(values.joined(separator: ", "))"
        case .object: "an object"
        case .json: "JSON"
        }
    }

    private static func shown(_ value: JSON) -> String {
        let text = CompactJSON.text(value)
        return text.count <= 60 ? text : "\(text.prefix(60))…"
    }
}

/// The error of a tool with advice. It is the tool's result, which the model reads.
struct ToolFailure: Error, Sendable {
    let text: String

    init(_ message: String, advice: String? = nil) {
        guard let advice, !advice.isEmpty else {
            text = message
            return
        }
        text = "\(message)\(message.hasSuffix(".") ? "" : ".") \(advice)"
    }

    init(_ failure: CommandFailure) { self.init(failure.message, advice: failure.advice.map(Self.advice)) }
    init(_ error: OktaError) { self.init(CommandFailure(error)) }

    /// Returns shell advice in terms of tools: a tool describes help pages, and another calls actions.
    private static func advice(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "`okta "), let end = rest[start.upperBound...].firstIndex(of: "`") {
            let words = rest[start.upperBound..<end].split(separator: " ").map(String.init)
            result += rest[..<start.lowerBound]
            if words.first == "help" {
                result += words.count > 2 ? "describe_action" : "search_actions"
            } else if words == ["actions"] {
                result += "search_actions"
            } else if words.count == 2, let category = try? CommandCatalog.all.category(words[0]),
                (try? category.action(named: words[1])) != nil
            {
                let isFirst = result.last { $0 != " " }.map { ".?\n".contains($0) } ?? true
                result += "\(isFirst ? "The" : "the") action `\(words.joined(separator: " "))`"
            } else {
                result += rest[start.lowerBound...end]
            }
            rest = rest[rest.index(after: end)...]
        }
        return (result + rest).split(separator: "\n").joined(separator: " ")
    }
}
