extension JSON {
    /// The value as JSON in UTF-8: unchanged parsed parts exactly as received, the rest without whitespace.
    public var bytes: [UInt8] {
        if case .slice(let document, 0) = storage { return document.bytes }
        var output: [UInt8] = []
        write(into: &output)
        return output
    }

    /// The value as JSON text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends the value, in the form of `bytes`, to `output`.
    public func write(into output: inout [UInt8]) {
        switch storage {
        case .slice(let document, let index): output.append(contentsOf: document.bytes[document.range(at: Int(index))])
        case .null: output.append(contentsOf: "null".utf8)
        case .boolean(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text): output.append(contentsOf: text.utf8)
        case .string(let value): JSONEscape.appendQuoted(value, to: &output)
        case .array(let elements):
            var separator = UInt8(ascii: "[")
            for element in elements {
                output.append(separator)
                element.write(into: &output)
                separator = UInt8(ascii: ",")
            }
            if elements.isEmpty { output.append(separator) }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            var separator = UInt8(ascii: "{")
            for member in members {
                output.append(separator)
                member.key.write(into: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(into: &output)
                separator = UInt8(ascii: ",")
            }
            if members.isEmpty { output.append(separator) }
            output.append(UInt8(ascii: "}"))
        case .probe: output.append(contentsOf: "{}".utf8)
        }
    }
}

extension JSON: CustomStringConvertible {
    /// The JSON text, values included. Do not log values that may hold secrets.
    public var description: String { text }
}
