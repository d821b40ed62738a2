internal import OktaRuntime

/// The text of a value in a cell of a table or of CSV.
enum CellText {
    /// Texts as they are, lists of them joined, and everything else as JSON; nil for null and for nothing.
    static func of(_ value: JSON?, joiningLists: Bool) -> String? {
        guard let value else { return nil }
        switch value.kind {
        case .null: return nil
        case .string: return value.string ?? ""
        case .boolean, .number: return value.text
        case .object: return compact(value)
        case .array:
            guard joiningLists, let elements = value.elements, elements.allSatisfy({ $0.kind.isScalar }) else {
                return compact(value)
            }
            return elements.map { of($0, joiningLists: false) ?? "null" }.joined(separator: ", ")
        }
    }

    /// JSON on one line.
    private static func compact(_ value: JSON) -> String {
        var bytes: [UInt8] = []
        value.write(into: &bytes)
        for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D { bytes[index] = 0x20 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSON.Kind {
    /// Whether it has no parts.
    var isScalar: Bool { self != .object && self != .array }
}
