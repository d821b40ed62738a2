/// Reads the tokens of a JSON text from its bytes, with the position of each.
struct JSONTokenReader {
    private let path: SourcePath
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// The column of an earlier position. It only advances, so that a text in one long line is read in linear time.
    private var counted = (position: 0, column: 1)

    init(file: SourceFile) {
        path = SourcePath(file.path)
        bytes = Array(file.content)
    }

    /// The byte at the cursor; nil at the end.
    var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The cursor's position.
    var mark: SourceMark {
        mutating get {
            for byte in bytes[counted.position..<position] where byte & 0xC0 != 0x80 { counted.column += 1 }
            counted.position = position
            return SourceMark(line: line, column: counted.column)
        }
    }

    mutating func location(from start: SourceMark) -> SourceLocation {
        SourceLocation(in: path, start: start, end: mark)
    }

    mutating func fault(rule: String = "json-syntax", _ message: String, hint: String) -> Diagnostic {
        let start = mark
        return Diagnostic(
            rule: rule, message, at: SourceLocation(in: path, start: start, end: start), hint: hint)
    }

    mutating func advance() { position += 1 }

    mutating func skipSpace() {
        while let byte {
            switch byte {
            case 0x20, 0x09: position += 1
            case 0x0A, 0x0D:
                position += byte == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A ? 2 : 1
                line += 1
                counted = (position, 1)
            default: return
            }
        }
    }

    // MARK: Strings

    /// Reads the string whose opening quote is at the cursor.
    mutating func string() throws(Diagnostic) -> String {
        position += 1
        let start = position
        while let byte, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        // Most strings contain no escape.
        if byte == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while true {
            switch byte {
            case nil:
                throw fault("the text ends within a string", hint: "close the string with `\"`")
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += String(try escaped()).utf8
            case let byte?:
                guard byte >= 0x20 else {
                    throw fault(
                        "a string contains a control character", hint: "escape it, such as a line break as `\\n`")
                }
                text.append(byte)
                position += 1
            }
        }
    }

    /// Returns the character that the escape at the cursor encodes.
    private mutating func escaped() throws(Diagnostic) -> Unicode.Scalar {
        let escape = position + 1 < bytes.count ? bytes[position + 1] : 0
        let simple: Unicode.Scalar? =
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): Unicode.Scalar(escape)
            case UInt8(ascii: "b"): "\u{8}"
            case UInt8(ascii: "f"): "\u{C}"
            case UInt8(ascii: "n"): "\n"
            case UInt8(ascii: "r"): "\r"
            case UInt8(ascii: "t"): "\t"
            default: nil
            }
        if let simple {
            position += 2
            return simple
        }
        guard let unit = unit(at: position) else {
            throw fault("this is not a JSON escape", hint: "write `\\\\` for a backslash, or `\\u` and four digits")
        }
        if let scalar = Unicode.Scalar(unit) {
            position += 6
            return scalar
        }
        guard unit < 0xDC00, let low = self.unit(at: position + 6), (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else {
            throw fault("half of a surrogate pair is not a character", hint: "write both halves, or neither")
        }
        position += 12
        return scalar
    }

    /// Returns the code unit of an escape `\uXXXX` at a position.
    private func unit(at position: Int) -> UInt32? {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = bytes[(position + 2)..<(position + 6)]
        guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    // MARK: Other values

    /// Reads the number, `true`, `false` or `null` at the cursor.
    mutating func literal() throws(Diagnostic) -> String {
        guard let first = byte else {
            throw fault("the text ends where a value should be", hint: "check that the file is complete")
        }
        var end = position
        while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        guard ["true", "false", "null"].contains(text) || JSONNumberGrammar.isNumber(text) else {
            let hint =
                switch first {
                case UInt8(ascii: "'"): "use double quotes"
                case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments; remove it"
                default: "write a number, true, false, null, a string in double quotes, a list or an object"
                }
            throw fault("this is not a JSON value", hint: hint)
        }
        position = end
        return text
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "+-.".utf8.contains(byte)
    }
}
