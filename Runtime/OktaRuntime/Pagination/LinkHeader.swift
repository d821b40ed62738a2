/// The link to the next page in a response.
enum NextLink: Hashable, Sendable {
    /// The response has no link.
    case absent
    /// The link.
    case target(String)
    /// A link that cannot be parsed.
    case unreadable

    /// The link, if it can be parsed.
    var target: String? {
        if case .target(let target) = self { target } else { nil }
    }
}

/// The links of `Link` header fields (RFC 8288), one per field or several joined by commas.
///
/// The RFC allows a parser to drop a link without a target in angle brackets. A client would then treat the page as the
/// last one and lose the rest of the list. This parser therefore reads the relation types of such a link.
struct LinkHeader {
    struct Link: Hashable {
        /// The text between the angle brackets; `nil` if they are missing.
        let target: String?
        /// The relation types, in lower case.
        let relations: [String]
    }

    let links: [Link]

    init(_ values: [String]) {
        links = values.flatMap(Self.parse)
    }

    /// The first link with a target and the relation type `next`. If there is none, the value says whether such a link
    /// is absent or unreadable.
    var next: NextLink {
        let all = links.filter { $0.relations.contains("next") }
        guard let target = all.lazy.compactMap(\.target).first else { return all.isEmpty ? .absent : .unreadable }
        return .target(target)
    }

    private static func parse(_ value: String) -> [Link] {
        var links: [Link] = []
        var rest = Substring(value)
        // Targets and quoted values may contain commas and semicolons, so the value is parsed from left to right.
        while let first = rest.first {
            if first == "," || first.isWhitespace {
                rest = rest.dropFirst()
                continue
            }
            let target = takeTarget(from: &rest)
            links.append(Link(target: target, relations: takeRelations(from: &rest, isAfterTarget: target != nil)))
        }
        return links
    }

    /// Consumes a target in angle brackets. Returns `nil` and consumes nothing for other text.
    private static func takeTarget(from rest: inout Substring) -> String? {
        guard rest.first == "<" else { return nil }
        let target = rest.dropFirst().prefix { $0 != ">" && $0 != "<" && $0 != "\"" }
        // A URL contains none of these characters, so the closing bracket is missing.
        guard target.endIndex < rest.endIndex, rest[target.endIndex] == ">" else { return nil }
        rest = rest[target.endIndex...].dropFirst()
        return target.trimmingSpace()
    }

    /// Consumes the parameters up to the comma that ends the link, and takes the first `rel`, as the RFC requires.
    ///
    /// - Parameter isAfterTarget: Whether a target was read, so that text before the first semicolon belongs to no
    ///   link.
    private static func takeRelations(from rest: inout Substring, isAfterTarget: Bool) -> [String] {
        var relations: [String]?
        var isParameter = !isAfterTarget
        while true {
            rest = rest.drop(while: \.isWhitespace)
            if rest.first == ";" {
                rest = rest.dropFirst().drop(while: \.isWhitespace)
                isParameter = true
            }
            guard isParameter, let first = rest.first, first != "," else { break }
            let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "," && !$0.isWhitespace }
            rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
            isParameter = false
            guard rest.first == "=" else {
                // Text without a value, such as a part of a target without brackets.
                rest = rest.drop { $0 != ";" && $0 != "," }
                continue
            }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let value = takeValue(from: &rest)
            if relations == nil, name.lowercased() == "rel" {
                relations = value.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
            }
            // Skip to the next separator, as in the algorithm of the RFC.
            rest = rest.drop { $0 != ";" && $0 != "," }
        }
        return relations ?? []
    }

    private static func takeValue(from rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && $0 != "," }.trimmingSpace()
            rest = rest.drop { $0 != ";" && $0 != "," }
            // Some gateways use single quotes. If they were part of the token, the list would end with this page.
            let isQuoted = token.count > 1 && token.first == "'" && token.last == "'"
            return isQuoted ? String(token.dropFirst().dropLast()) : token
        }
        return rest.takeQuotedString()
    }
}
