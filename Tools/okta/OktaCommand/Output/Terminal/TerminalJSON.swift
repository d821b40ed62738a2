internal import OktaRuntime

/// Writes JSON for a terminal: the same value, with control characters escaped.
struct TerminalJSON: Sendable {
    var isIndented = true

    /// Appends a value. The first line is also indented.
    func write(_ value: JSON, indentation: Int = 0, into bytes: inout [UInt8]) {
        if isIndented { bytes += [UInt8](repeating: 0x20, count: indentation) }
        write(value, indentation, &bytes)
    }

    private func write(_ value: JSON, _ indentation: Int, _ bytes: inout [UInt8]) {
        if let members = value.members {
            list(members, "{", "}", indentation, &bytes) { member, bytes in
                quote(member.key, &bytes)
                bytes += (isIndented ? ": " : ":").utf8
                write(member.value, indentation + 2, &bytes)
            }
        } else if let elements = value.elements {
            list(elements, "[", "]", indentation, &bytes) { write($0, indentation + 2, &$1) }
        } else if let text = value.string {
            quote(text, &bytes)
        } else {
            value.write(into: &bytes)
        }
    }

    private func list<Part>(
        _ parts: [Part], _ open: String, _ close: String, _ indentation: Int, _ bytes: inout [UInt8],
        _ write: (Part, inout [UInt8]) -> Void
    ) {
        bytes += open.utf8
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes += ",".utf8 }
            breakLine(indentation + 2, &bytes)
            write(part, &bytes)
        }
        if !parts.isEmpty { breakLine(indentation, &bytes) }
        bytes += close.utf8
    }

    private func breakLine(_ indentation: Int, _ bytes: inout [UInt8]) {
        guard isIndented else { return }
        bytes.append(0x0A)
        bytes += [UInt8](repeating: 0x20, count: indentation)
    }

    private func quote(_ text: String, _ bytes: inout [UInt8]) {
        var plain = String.UnicodeScalarView()
        var quoted: [UInt8] = []
        func drain() {
            // The quotes are left out, since further parts follow.
            JSON(String(plain)).write(into: &quoted)
            bytes += quoted.dropFirst().dropLast()
            plain = String.UnicodeScalarView()
            quoted.removeAll(keepingCapacity: true)
        }
        bytes += "\"".utf8
        for scalar in text.unicodeScalars {
            guard scalar.value >= 0x20, TerminalText.isHarmful(scalar) else {
                plain.append(scalar)
                continue
            }
            drain()
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let digits = String(unit, radix: 16)
                bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            }
        }
        drain()
        bytes += "\"".utf8
    }
}
