import YAML

/// A JSON value to be written, with the members of objects in the order given.
indirect enum JSONValue {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// Creates a text, or null.
    init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }

    /// The text, indented by two spaces, with small values on one line.
    var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes, indentation: 0)
        bytes.append(0x0A)
        return String(decoding: bytes, as: UTF8.self)
    }

    private var isSmall: Bool {
        switch self {
        case .array(let elements): elements.isEmpty
        case .object(let members): members.allSatisfy { $0.1.isScalar }
        default: true
        }
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private func write(to bytes: inout [UInt8], indentation: Int) {
        switch self {
        case .string(let text): JSONString.append(text, to: &bytes)
        case .integer(let number): bytes += String(number).utf8
        case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
        case .null: bytes += "null".utf8
        case .array(let elements):
            write(elements.count, to: &bytes, indentation: indentation, open: "[", close: "]") { index, bytes, inner in
                elements[index].write(to: &bytes, indentation: inner)
            }
        case .object(let members):
            write(members.count, to: &bytes, indentation: indentation, open: "{", close: "}") { index, bytes, inner in
                JSONString.append(members[index].0, to: &bytes)
                bytes += ": ".utf8
                members[index].1.write(to: &bytes, indentation: inner)
            }
        }
    }

    private func write(
        _ count: Int, to bytes: inout [UInt8], indentation: Int, open: String, close: String,
        part: (Int, inout [UInt8], Int) -> Void
    ) {
        bytes += open.utf8
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if isSmall {
                if index > 0 { bytes.append(UInt8(ascii: " ")) }
            } else {
                bytes.append(0x0A)
                bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation + 2))
            }
            part(index, &bytes, indentation + 2)
        }
        if !isSmall {
            bytes.append(0x0A)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
        }
        bytes += close.utf8
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }

    init(stringLiteral text: String) { self = .string(text) }
}
