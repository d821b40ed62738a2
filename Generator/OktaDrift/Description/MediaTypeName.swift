/// The name of a media type in one form: in lower case but for values, parameters in order, and none that says nothing.
struct MediaTypeName: CustomStringConvertible {
    /// Such as `application/json` and `application/json; okta-version=1.0.0`.
    let description: String

    init(_ text: String) {
        // Most names are in the form already.
        if text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x2B...0x39).contains($0) }) {
            description = text
            return
        }
        let parts = text.split(separator: ";", omittingEmptySubsequences: true).map(Self.trimmed)
        let essence = (parts.first ?? "").lowercased()
        let parameters = parts.dropFirst().compactMap { part -> String? in
            guard let equals = part.firstIndex(of: "=") else { return part.isEmpty ? nil : part.lowercased() }
            let name = Self.trimmed(part[..<equals]).lowercased()
            var value = Self.trimmed(part[part.index(after: equals)...])
            if value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") {
                value = String(value.dropFirst().dropLast())
            }
            // JSON has no other charset, and other text has none that is sent more often.
            if name == "charset", value.lowercased() == "utf-8" { return nil }
            return "\(name)=\(name == "charset" ? value.lowercased() : value)"
        }
        description = ([essence] + parameters.sorted()).joined(separator: "; ")
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
