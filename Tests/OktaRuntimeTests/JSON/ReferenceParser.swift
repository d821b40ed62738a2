/// A reference parser that transcribes the grammar of RFC 8259 rule by rule, without regard to speed.
struct ReferenceParser {
    private struct Rejected: Error {}

    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// The document's value; nil when it is not JSON.
    static func parse(_ bytes: [UInt8]) -> ReferenceJSON? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var parser = ReferenceParser(scalars: Array(text.unicodeScalars))
        return try? parser.document()
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take() throws -> Unicode.Scalar {
        guard let scalar = next else { throw Rejected() }
        position += 1
        return scalar
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ text: String) throws {
        for scalar in text.unicodeScalars where try take() != scalar { throw Rejected() }
    }

    private mutating func whitespace() {
        while let scalar = next, " \t\n\r".unicodeScalars.contains(scalar) { position += 1 }
    }

    private mutating func document() throws -> ReferenceJSON {
        let value = try value()
        guard next == nil else { throw Rejected() }
        return value
    }

    private mutating func value() throws -> ReferenceJSON {
        whitespace()
        defer { whitespace() }
        switch next {
        case "n": return try literal("null", .null)
        case "t": return try literal("true", .boolean(true))
        case "f": return try literal("false", .boolean(false))
        case "\"": return .string(try string())
        case "[": return try array()
        case "{": return try object()
        default: return .number(try number())
        }
    }

    private mutating func literal(_ text: String, _ value: ReferenceJSON) throws -> ReferenceJSON {
        try expect(text)
        return value
    }

    private mutating func array() throws -> ReferenceJSON {
        try expect("[")
        whitespace()
        if skip("]") { return .array([]) }
        var elements = [try value()]
        while skip(",") { elements.append(try value()) }
        try expect("]")
        return .array(elements)
    }

    private mutating func object() throws -> ReferenceJSON {
        try expect("{")
        whitespace()
        if skip("}") { return .object([]) }
        var members: [(key: String, value: ReferenceJSON)] = []
        repeat {
            whitespace()
            let key = try string()
            whitespace()
            try expect(":")
            members.append((key, try value()))
        } while skip(",")
        try expect("}")
        return .object(members)
    }

    private mutating func digits() throws {
        guard let first = next, ("0"..."9").contains(first) else { throw Rejected() }
        while let digit = next, ("0"..."9").contains(digit) { position += 1 }
    }

    private mutating func number() throws -> String {
        let start = position
        _ = skip("-")
        if !skip("0") { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            _ = skip("+") || skip("-")
            try digits()
        }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var units: [UInt16] = []
        while true {
            let scalar = try take()
            switch scalar {
            case "\"": return String(decoding: units, as: UTF16.self)
            case "\\": units.append(try escape())
            case "\u{0}"..<" ": throw Rejected()
            default: units.append(contentsOf: String(scalar).utf16)
            }
        }
    }

    private mutating func escape() throws -> UInt16 {
        let simple: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
        ]
        let scalar = try take()
        if let unit = simple[scalar] { return unit }
        guard scalar == "u" else { throw Rejected() }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(try take()).hexDigitValue, scalars[position - 1].isASCII else {
                throw Rejected()
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
