internal import OktaRuntime

/// The text of a value in a cell of a table or of CSV.
enum CellText {
    /// Returns a text unchanged, a list of texts joined, and any other value as JSON; nil for null or no value.
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

    /// Returns JSON on one line.
    private static func compact(_ value: JSON) -> String {
        var bytes: [UInt8] = []
        value.write(into: &bytes)
        for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D { bytes[index] = 0x20 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSON.Kind {
    /// Whether the kind is neither an object nor an array.
    var isScalar: Bool { self != .object && self != .array }
}
