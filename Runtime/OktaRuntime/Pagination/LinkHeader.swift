/// The links of `Link` header fields (RFC 8288), one per field or several joined by commas.
struct LinkHeader {
    struct Link: Hashable {
        /// The text between the angle brackets.
        let target: String
        /// Relation types, in lower case.
        let relations: [String]
    }

    let links: [Link]

    init(_ values: [String]) {
        links = values.flatMap(Self.parse)
    }

    /// The first target of a relation type.
    func target(of relation: String) -> String? {
        links.first { $0.relations.contains(relation) }?.target
    }

    private static func parse(_ value: String) -> [Link] {
        var links: [Link] = []
        var rest = Substring(value)
        // Targets and quoted values may contain commas and semicolons, so the value is parsed from left to right.
        while let open = rest.firstIndex(of: "<") {
            let afterOpen = rest.index(after: open)
            guard let close = rest[afterOpen...].firstIndex(of: ">") else { break }
            let target = rest[afterOpen..<close].trimmingSpace()
            rest = rest[rest.index(after: close)...]
            links.append(Link(target: target, relations: takeRelations(from: &rest)))
        }
        return links
    }

    /// Consumes the parameters up to the comma that ends the link, and takes the first `rel`, as the RFC requires.
    private static func takeRelations(from rest: inout Substring) -> [String] {
        var relations: [String]?
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.first == ";" else { break }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "," && !$0.isWhitespace }
            rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let value = takeValue(from: &rest)
            if relations == nil, name.lowercased() == "rel" {
                relations = value.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
            }
        }
        return relations ?? []
    }

    private static func takeValue(from rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && $0 != "," && !$0.isWhitespace }
            rest = rest.dropFirst(token.count)
            return String(token)
        }
        return rest.takeQuotedString()
    }
}
