public import YAML

/// Writes a value as JSON, in one of the notations of JSON writers.
public struct JSONStyle: Sendable {
    /// Whether to escape all characters except ASCII.
    public var escapesNonASCII: Bool
    /// The whitespace between values.
    public var space: String

    /// A random style.
    public static func random(seed: UInt64) -> JSONStyle {
        var random = SplitMix64(seed: seed)
        return JSONStyle(
            escapesNonASCII: random.oneIn(2), space: random.pick(["", " ", "\n", "\r\n\t", "\t"]) ?? "")
    }

    /// The text of a value.
    public func text(of node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, .plain)
        where JSONNumberGrammar.isNumber(text) || ["true", "false", "null"].contains(text): text
        case .scalar(let text, _): quoted(text)
        case .sequence(let elements): "[\(space)" + elements.map(text).joined(separator: ",\(space)") + "]"
        case .mapping(let entries):
            "{\(space)"
                + entries.map { "\(quoted($0.name)):\(space)\(text(of: $0.value))" }.joined(separator: ",\(space)")
                + "}"
        }
    }

    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20 || escapesNonASCII && !scalar.isASCII:
                for unit in Character(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
