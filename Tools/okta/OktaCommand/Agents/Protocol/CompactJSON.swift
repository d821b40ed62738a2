package import OktaRuntime

/// Single-line JSON text, written from values.
///
/// The library writes a value as received, with its line breaks and unpaired surrogates. A message of the protocol is
/// one line, and clients reject such surrogates.
package enum CompactJSON {
    /// Returns the text of a value without whitespace, with each name once.
    package static func text(_ json: JSON) -> String {
        var bytes: [UInt8] = []
        append(json, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ json: JSON, to bytes: inout [UInt8]) {
        switch json.kind {
        case .array:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in (json.elements ?? []).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object:
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in distinct(json.members ?? []).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSON(member.key).write(into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .string: JSON(json.string ?? "").write(into: &bytes)
        case .number: bytes += (json.numberText ?? "0").utf8
        case .boolean: bytes += (json.bool == true ? "true" : "false").utf8
        case .null: bytes += "null".utf8
        }
    }

    /// Returns the members without repeated names. The last one of a name counts, as in a look-up.
    private static func distinct(_ members: [(key: String, value: JSON)]) -> [(key: String, value: JSON)] {
        var last: [String: Int] = [:]
        for (index, member) in members.enumerated() { last[member.key] = index }
        guard last.count < members.count else { return members }
        return members.enumerated().filter { last[$0.element.key] == $0.offset }.map(\.element)
    }
}
