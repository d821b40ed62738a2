public import YAML

/// The canonical form of a YAML or JSON document, independent of formatting.
///
/// The form is JSON without white space, with the keys of each object sorted by their UTF-8 bytes and numbers in their
/// shortest form. Formatting, comments, key order, quotes and the choice of YAML or JSON have no effect, but the order
/// of lists and all values do.
public struct CanonicalContent: Sendable {
    /// The form, as UTF-8.
    public private(set) var bytes: [UInt8] = []

    /// Converts a document to the form.
    public init(of node: YAMLNode) {
        append(node)
    }

    /// The form as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The SHA-256 of the form, such as `sha256:9f86d0…`.
    public var hash: String { Self.prefix + SHA256.hexadecimal(of: bytes) }

    /// Returns whether a text has the form of ``hash``.
    static func isHash(_ text: String) -> Bool {
        let digits = text.dropFirst(prefix.count).utf8
        return text.hasPrefix(prefix) && digits.count == 64
            && digits.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
    }

    private static let prefix = "sha256:"

    private mutating func append(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let text, let style):
            if style == .plain, let value = Self.value(ofPlain: text) {
                bytes += value.utf8
            } else {
                JSONString.append(text, to: &bytes)
            }
        case .sequence(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .mapping(let entries):
            bytes.append(UInt8(ascii: "{"))
            let sorted = entries.sorted { $0.name.precedesByBytes($1.name) }
            for (index, entry) in sorted.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONString.append(entry.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(entry.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Returns the value of a plain scalar in YAML's core schema; nil if it is a string.
    package static func value(ofPlain text: String) -> String? {
        switch text {
        case "", "~", "null", "Null", "NULL": return "null"
        case "true", "True", "TRUE": return "true"
        case "false", "False", "FALSE": return "false"
        default: break
        }
        guard text.utf8.allSatisfy({ $0.isASCIIDigit || "+-.eE".utf8.contains($0) }),
            text.utf8.contains(where: { $0.isASCIIDigit }), text.utf8.first != UInt8(ascii: "e"),
            text.utf8.first != UInt8(ascii: "E")
        else { return nil }
        if let number = Int(text) { return String(number) }
        guard let number = Double(text), number.isFinite else { return nil }
        return Int(exactly: number).map { String($0) } ?? number.description
    }
}
