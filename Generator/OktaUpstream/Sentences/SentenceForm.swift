import OktaCatalog
package import YAML

/// The file of names and sentences for new entries of catalogs, which `update --sentences` writes, people fill in, and
/// a further run reads.
///
/// ```yaml
/// categories:
///   "management/Agent Pool": Pools of directory agents.
/// actions:
///   "management GET /api/v1/agentPools/{poolId}":
///     action: Get Agent Pool         # another name renames the action
///     summary: Returns an agent pool.
///     params: {poolId: ID of the agent pool.}
/// models:
///   "management AgentPool":
///     doc: Pool of directory agents
///     rename: DirectoryAgentPool     # optional
///     fields: {operationalStatus: State of the pool}
///     values: {}
/// ```
package struct SentenceForm: Sendable {
    /// The kind of an entry.
    enum Kind: String, CaseIterable, Sendable {
        case category = "categories"
        case action = "actions"
        case declaration = "models"

        /// The keys with one text.
        var texts: [String] {
            switch self {
            case .category: []
            case .action: ["action", "summary"]
            case .declaration: ["doc", "rename"]
            }
        }

        /// The keys with one text per member.
        var lists: [String] {
            switch self {
            case .category: []
            case .action: ["params"]
            case .declaration: ["fields", "values"]
            }
        }

        /// The separator between the service and the rest of a key.
        var separator: Character { self == .category ? "/" : " " }
    }

    /// An entry with the texts for one category, action, model or enumeration.
    struct Entry: Sendable {
        /// The service, which is the first word of the key.
        let service: String
        /// The rest of the key.
        let name: String
        /// The entry as it was read.
        let node: YAMLEntry
        /// The texts by key. That of a category has the key `summary`.
        var texts: [String: Located<String>] = [:]
        /// The texts of parameters, fields and values by key, with their names.
        var lists: [String: [(name: Located<String>, text: Located<String>)]] = [:]

        /// The operation that the key of an action names.
        var operation: OperationIdentity? {
            let words = name.split(separator: " ", maxSplits: 1).map(String.init)
            return words.count == 2 ? OperationIdentity(words[0], words[1]) : nil
        }

        /// The location of the key.
        var location: SourceLocation { node.key.location }
    }

    /// The entries by kind, in the order of the file.
    private(set) var entries: [Kind: [Entry]] = [:]

    /// Reads a form. Returns nil if it has errors, which are reported to `diagnostics`.
    package init?(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        var findings = Diagnostics()
        defer { diagnostics.append(findings.all) }
        guard let root = YAMLLoader().load(file, reporting: &findings), !findings.hasErrors else { return nil }
        var reader = MappingReader(root, as: "a file of sentences", keys: Kind.allCases.map(\.rawValue))
        for kind in Kind.allCases {
            guard let section = reader[kind.rawValue] else { continue }
            guard let nodes = section.entries else {
                if !section.isNull {
                    reader.reportType(section, "`\(kind.rawValue)`", expected: "a mapping from entries to sentences")
                }
                continue
            }
            entries[kind] = nodes.compactMap { Self.entry($0, kind, &findings) }
        }
        findings.append(reader.findings)
        guard !findings.hasErrors else { return nil }
    }

    private static func entry(_ node: YAMLEntry, _ kind: Kind, _ findings: inout Diagnostics) -> Entry? {
        let parts = node.name.split(separator: kind.separator, maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[0].contains(" ") else {
            let form =
                kind == .category ? "\"service/Category\"" : "\"service \(kind == .action ? "GET /path" : "Name")\""
            findings.report(
                Diagnostic(
                    rule: "sentence-key", "`\(node.name)` does not name a service and an entry", at: node.key.location,
                    hint: "write the key as \(form)"))
            return nil
        }
        var entry = Entry(service: parts[0], name: parts[1], node: node)
        if kind == .category {
            var reader = MappingReader(emptyMapping(at: node.value.location), as: "a category", keys: [])
            entry.texts["summary"] = reader.sentence(in: node.value, as: "the summary of `\(parts[1])`")
            findings.append(reader.findings)
            return entry
        }
        let subject = kind == .action ? "an action's sentences" : "a model's sentences"
        var reader = MappingReader(node.value, as: subject, keys: kind.texts + kind.lists)
        for key in kind.texts {
            entry.texts[key] = reader[key].flatMap { reader.sentence(in: $0, as: "`\(key)`") }
        }
        for key in kind.lists {
            guard let list = reader[key], !list.isNull else { continue }
            guard let members = list.entries else {
                reader.reportType(list, "`\(key)`", expected: "a mapping from names to sentences")
                continue
            }
            entry.lists[key] = members.compactMap { member in
                reader.sentence(in: member.value, as: "`\(member.name)`").map {
                    (Located(member.name, at: member.key.location), $0)
                }
            }
        }
        findings.append(reader.findings)
        return entry
    }

    private static func emptyMapping(at location: SourceLocation) -> YAMLNode {
        YAMLNode(.mapping([]), at: location, isFlow: true)
    }

    /// The services of all entries.
    package var services: Set<String> { Set(Kind.allCases.flatMap { entries[$0] ?? [] }.map(\.service)) }

    /// Returns the entries of one kind for a service.
    func entries(_ kind: Kind, of service: String) -> [Entry] {
        (entries[kind] ?? []).filter { $0.service.hasSameBytes(as: service) }
    }

    /// Returns the entries of one kind for services other than the given ones.
    func entries(_ kind: Kind, besides services: Set<String>) -> [Entry] {
        (entries[kind] ?? []).filter { !services.contains($0.service) }
    }
}

extension MappingReader {
    /// Reads a sentence on one line. Returns nil if none is written.
    fileprivate mutating func sentence(in node: YAMLNode, as what: String) -> Located<String>? {
        guard !node.isNull, let text = string(in: node, as: what) else { return nil }
        let words = text.value.split { $0.isWhitespace }.joined(separator: " ")
        return words.isEmpty ? nil : Located(words, at: text.location)
    }
}
