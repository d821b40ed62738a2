import OktaCatalog

/// The normalized name of a media type: lowercase except for values, with sorted parameters and without parameters that
/// have no meaning.
package struct MediaTypeName: Hashable, CustomStringConvertible {
    /// The name, such as `application/json` or `application/json; okta-version=1.0.0`.
    package let description: String

    package init(_ text: String) {
        // Most names are already normalized.
        let isUsual = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x2D...0x39).contains(byte) || byte == UInt8(ascii: "+")
        }
        if isUsual {
            description = text
            return
        }
        // Okta's documents also use a comma before a parameter. A media type contains no comma outside quotes.
        let separators: Set<Character> = text.contains("\"") ? [";"] : [";", ","]
        let parts = text.split(omittingEmptySubsequences: true) { separators.contains($0) }.map(Self.trimmed)
        let essence = (parts.first ?? "").lowercased()
        let parameters = parts.dropFirst().compactMap { part -> String? in
            guard let equals = part.firstIndex(of: "=") else { return part.isEmpty ? nil : part.lowercased() }
            let name = Self.trimmed(part[..<equals]).lowercased()
            var value = Self.trimmed(part[part.index(after: equals)...])
            if value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") {
                value = String(value.dropFirst().dropLast())
            }
            // JSON has no other charset, and UTF-8 is the most common one for other text.
            if name == "charset", value.lowercased() == "utf-8" { return nil }
            return "\(name)=\(name == "charset" ? value.lowercased() : value)"
        }
        description = ([essence] + parameters.sorted()).joined(separator: "; ")
    }

    /// The values of an HTML form.
    static let form = MediaTypeName(CatalogAction.Body.formMedia)

    /// A form of parts, one of which is a file.
    static let multipart = MediaTypeName("multipart/form-data")

    /// JSON without a profile or version.
    static let json = MediaTypeName("application/json")

    /// Whether the content is JSON, in any dialect such as `application/hal+json`.
    var isJSON: Bool {
        let essence = description.prefix { $0 != ";" }
        return essence == Self.json.description || essence.hasSuffix("+json")
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
