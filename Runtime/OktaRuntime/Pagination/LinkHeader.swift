/// What a response says about the next page.
enum NextLink: Hashable, Sendable {
    /// There is none.
    case absent
    /// The link.
    case target(String)
    /// There is one that cannot be read.
    case unreadable

    /// The link, if it can be read.
    var target: String? {
        if case .target(let target) = self { target } else { nil }
    }
}

/// The links of `Link` header fields (RFC 8288), one per field or several joined by commas.
///
/// The RFC lets a reader drop a link that has no target in angle brackets. A client that does so takes the page for the last
/// one, and the rest of the list is lost. So the relations of such a link are still read.
struct LinkHeader {
    struct Link: Hashable {
        /// The text between the angle brackets; nil where they are missing.
        let target: String?
        /// Relation types, in lower case.
        let relations: [String]
    }

    let links: [Link]

    init(_ values: [String]) {
        links = values.flatMap(Self.parse)
    }

    /// The first link with a target and the relation type `next`, or what is there instead.
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

    /// Consumes a target in angle brackets; nil, and nothing is consumed, for other text.
    private static func takeTarget(from rest: inout Substring) -> String? {
        guard rest.first == "<" else { return nil }
        let target = rest.dropFirst().prefix { $0 != ">" && $0 != "<" && $0 != "\"" }
        // None of these characters can be in a URL: the closing bracket is missing.
        guard target.endIndex < rest.endIndex, rest[target.endIndex] == ">" else { return nil }
        rest = rest[target.endIndex...].dropFirst()
        return target.trimmingSpace()
    }

    /// Consumes the parameters up to the comma that ends the link, and takes the first `rel`, as the RFC requires.
    ///
    /// - Parameter isAfterTarget: Whether a target was read, so that text before the first semicolon belongs to no link.
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
            // As the RFC's algorithm, which reads a value up to the next separator.
            rest = rest.drop { $0 != ";" && $0 != "," }
        }
        return relations ?? []
    }

    private static func takeValue(from rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && $0 != "," }.trimmingSpace()
            rest = rest.drop { $0 != ";" && $0 != "," }
            // Some gateways quote like this. Read as a token, the list would end with this page.
            let isQuoted = token.count > 1 && token.first == "'" && token.last == "'"
            return isQuoted ? String(token.dropFirst().dropLast()) : token
        }
        return rest.takeQuotedString()
    }
}
