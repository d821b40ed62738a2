/// The `name="value"` pairs of a `WWW-Authenticate` header.
package struct ChallengeParameters {
    private var values: [String: String] = [:]

    package init(_ text: String) {
        var rest = Substring(text)
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).last ?? ""
            rest = rest[rest.index(after: equals)...]
            let value: String
            if rest.first == "\"" {
                value = rest.takeQuotedString()
            } else {
                let end = rest.firstIndex { $0 == "," || $0 == " " } ?? rest.endIndex
                value = String(rest[..<end])
                rest = rest[end...]
            }
            let key = name.lowercased()
            if values[key] == nil { values[key] = value }
        }
    }

    package subscript(name: String) -> String? { values[name] }
}

extension Substring {
    /// Parses a leading quoted string of a header field (RFC 9110) and returns its unescaped content. An unclosed
    /// string ends with the text; without a leading quotation mark nothing is consumed.
    mutating func takeQuotedString() -> String {
        guard first == "\"" else { return "" }
        removeFirst()
        var value = ""
        while let character = popFirst(), character != "\"" {
            if character == "\\", let escaped = popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return value
    }
}
