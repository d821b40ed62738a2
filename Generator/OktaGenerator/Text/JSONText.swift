import YAML

/// JSON for a raw Swift string literal. It contains only ASCII without `#` and control characters, so that no text can
/// end the literal or begin an interpolation.
struct JSONText: EscapedText {
    let text: String

    private init(escaped text: String) {
        self.text = text
    }

    init(stringInterpolation: EscapedParts<JSONText>) {
        text = stringInterpolation.text
    }

    /// Returns a list.
    static func list(_ elements: [JSONText]) -> JSONText { "[\(elements.joined(separator: ","))]" }

    /// Returns an object whose names are any text.
    static func object(_ members: [(name: String, value: JSONText)]) -> JSONText {
        "{\(members.map { "\(string($0.name)):\($0.value)" }.joined(separator: ","))}"
    }

    /// Returns a quoted string.
    static func string(_ text: String) -> JSONText {
        // Most text needs no escaping.
        let isPlain = text.utf8.allSatisfy {
            (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                && $0 != UInt8(ascii: "#")
        }
        guard !isPlain else { return JSONText(escaped: "\"\(text)\"") }
        let inside = text.escaping { scalar in
            switch scalar {
            case "\"": #"\""#
            case "\\": #"\\"#
            case "\n": #"\n"#
            case " "..<"#", "$"..."~": nil
            default: scalar.utf16.map { #"\u"# + $0.hexadecimal(digits: 4) }.joined()
            }
        }
        return JSONText(escaped: "\"\(inside)\"")
    }
}

/// Collects the members of a JSON object with names from the generator. Empty and false values are omitted.
struct JSONMembers {
    private var members: [JSONText] = []

    /// The object.
    var object: JSONText { "{\(members.joined(separator: ","))}" }

    /// The number of members.
    var count: Int { members.count }

    mutating func add(_ name: JSONText, _ value: JSONText) {
        members.append("\"\(name)\":\(value)")
    }

    mutating func add(_ name: JSONText, text: String?) {
        guard let text, !text.isEmpty else { return }
        add(name, .string(text))
    }

    mutating func add(_ name: JSONText, texts: [String]) {
        guard !texts.isEmpty else { return }
        add(name, .list(texts.map(JSONText.string)))
    }

    mutating func add(_ name: JSONText, if isTrue: Bool) {
        if isTrue { add(name, "true") }
    }
}
