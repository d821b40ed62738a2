import OktaRuntime

/// Okta decodes bodies with Jackson, which converts texts to Booleans and numbers, and Booleans and numbers to texts.
/// Clients that take values from a command line rely on it.
enum ScalarCoercion {
    /// Converts a value to the expected type; nil if it cannot be converted.
    static func value(_ json: JSON?, as expected: String) -> JSON? {
        guard let json else { return nil }
        if let text = json.string?.trimmed, text.isEmpty, expected != "string" { return .some(.null) }
        switch expected {
        case "boolean": return boolean(json)
        case "integer": return json.string.flatMap { Int($0.trimmed) }.map { JSON($0) }
        case "number":
            guard let text = json.string?.trimmed, let number = Double(text), number.isFinite else { return nil }
            return Int(text).map { JSON($0) } ?? JSON(number)
        case "string":
            guard json.kind == .number || json.kind == .boolean else { return nil }
            return JSON(String(decoding: json.bytes, as: UTF8.self))
        default: return nil
        }
    }

    private static func boolean(_ json: JSON) -> JSON? {
        if let number = json.int { return JSON(number != 0) }
        switch json.string?.trimmed {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: return nil
        }
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension JSON {
    /// Replaces the value at a path.
    mutating func replace(at steps: ArraySlice<JSON.Path.Step>, by value: JSON) {
        guard let step = steps.first else {
            self = value
            return
        }
        switch step {
        case .key(let name):
            guard var inner = self[name] else { return }
            inner.replace(at: steps.dropFirst(), by: value)
            self[name] = inner
        case .index(let index):
            guard var inner = self[index] else { return }
            inner.replace(at: steps.dropFirst(), by: value)
            self[index] = inner
        }
    }
}
