extension JSON {
    /// The value as JSON in UTF-8. Unchanged parsed parts are written exactly as received, and the rest without
    /// whitespace.
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
        case .slice(let document, let index):
            output.append(bytesOf: document, in: document.range(at: Int(index)))
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
                member.write(into: &output)
                separator = UInt8(ascii: ",")
            }
            if members.isEmpty { output.append(separator) }
            output.append(UInt8(ascii: "}"))
        case .edited(let object): object.write(into: &output)
        case .probe: output.append(contentsOf: "{}".utf8)
        }
    }
}

extension JSON: CustomStringConvertible {
    /// The JSON text, including values. Do not log values that may contain secrets.
    public var description: String { text }
}

/// Escapes and unescapes string content.
enum JSONEscape {
    /// Returns the text of string content that the parser has accepted. An unpaired surrogate escape reads as U+FFFD,
    /// because Swift strings cannot represent it.
    static func unescape(_ content: UnsafeBufferPointer<UInt8>) -> String {
        // An escape is never shorter than the character it encodes, so the content's length is sufficient capacity.
        String(unsafeUninitializedCapacity: content.count) { output in
            var written = 0
            var position = 0
            while position < content.count {
                let byte = content[position]
                if byte != UInt8(ascii: "\\") {
                    output[written] = byte
                    written += 1
                    position += 1
                    continue
                }
                let (scalar, length) = escapedScalar(in: content, at: position)
                position += length
                for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    output[written] = unit
                    written += 1
                }
            }
            return written
        }
    }

    /// Appends `text` in quotes, escaping only what JSON requires.
    static func appendQuoted(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { content in
            output.append(UInt8(ascii: "\""))
            var runStart = 0
            for position in 0..<content.count {
                let byte = content[position]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                output.append(contentsOf: content[runStart..<position])
                runStart = position + 1
                appendEscape(of: byte, to: &output)
            }
            output.append(contentsOf: content[runStart...])
            output.append(UInt8(ascii: "\""))
        }
    }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            output.append(contentsOf: "u00".utf8)
            output.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let digit = byte & 0xF
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        default: output.append(byte)
        }
    }

    /// Returns the character that the escape at a backslash encodes, and the escape's length in bytes.
    private static func escapedScalar(
        in content: UnsafeBufferPointer<UInt8>, at backslash: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        switch content[backslash + 1] {
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"): break
        case let byte: return (Unicode.Scalar(byte), 2)
        }
        let first = codeUnit(in: content, at: backslash + 2)
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard first < 0xDC00, backslash + 12 <= content.count,
            content[backslash + 6] == UInt8(ascii: "\\"), content[backslash + 7] == UInt8(ascii: "u")
        else { return ("\u{FFFD}", 6) }
        let second = codeUnit(in: content, at: backslash + 8)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { return ("\u{FFFD}", 6) }
        return (scalar, 12)
    }

    private static func codeUnit(in content: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32 {
        var unit: UInt32 = 0
        for byte in content[position..<position + 4] { unit = unit << 4 | UInt32(byte.hexadecimalValue ?? 0) }
        return unit
    }
}

extension String {
    /// Creates a string from bytes that the parser has validated.
    @inline(__always)
    init(parsed content: UnsafeBufferPointer<UInt8>) {
        #if compiler(>=6.2)
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            self.init(copying: UTF8Span(unchecked: content.span))
            return
        }
        #endif
        self.init(decoding: content, as: UTF8.self)
    }
}

extension JSON: CustomDebugStringConvertible, CustomReflectable {
    /// The shape of the value without its content, which may be secret: the kind, and for an object the names of its
    /// members and its id if it is a string, such as `{id: "00u1", members: ["id", "status"]}`. Use ``text`` for the
    /// content.
    ///
    /// Models are printed in the same way.
    public var debugDescription: String {
        switch kind {
        case .object:
            let names = (members ?? []).map { $0.key.forMessages }.joined(separator: ", ")
            let id = self["id"]?.string.map { "id: \($0.forMessages), " } ?? ""
            return "{\(id)members: [\(names)]}"
        case .array: return "array of \(count)"
        case .null, .boolean, .number, .string: return kind.rawValue
        }
    }

    /// A mirror without children, so that `dump` shows no more than ``debugDescription``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    /// The text in quotes, on one line, and cut to 80 characters.
    fileprivate var forMessages: String {
        let scalars = unicodeScalars
        return "\"" + scalars.prefix(80).map { $0.escaped(asASCII: false) }.joined()
            + (scalars.count > 80 ? "…\"" : "\"")
    }
}
