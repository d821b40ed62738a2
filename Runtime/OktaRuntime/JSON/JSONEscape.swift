/// Escapes and unescapes string content.
enum JSONEscape {
    /// The text of string content that the parser has accepted. An unpaired surrogate escape reads as U+FFFD, because
    /// no Swift string can hold it.
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

    /// The character that the escape at a backslash encodes, and the escape's length in bytes.
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
