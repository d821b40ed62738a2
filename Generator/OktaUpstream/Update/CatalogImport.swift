public import OktaCatalog
public import YAML

/// Adds facts from Okta's document that the catalog lacks.
///
/// An import only adds lines. Existing keys, parameters, fields and values are kept. A second run has no effect.
public struct CatalogImport: Sendable {
    /// The result of an import.
    public struct Result: Sendable {
        /// The new texts by path relative to the catalog's folder.
        public var files: [String: String]
        /// The actions whose operation the document lacks.
        public var unmatched: [String]
        /// The number of models and enumerations added.
        public var addedDeclarations: Int
    }

    private let document: OpenAPIDocument

    /// Creates the stage for a document.
    public init(document: OpenAPIDocument) {
        self.document = document
    }

    /// Computes the additions.
    ///
    /// - Parameters:
    ///   - folder: The catalog's files. Entries need only name, summary, method and path.
    ///   - diagnostics: Receives the errors in the files.
    public func fill(_ folder: CatalogFolder, reporting diagnostics: inout Diagnostics) -> Result? {
        guard var draft = CatalogDraft(of: folder, reporting: &diagnostics) else { return nil }
        let catalog = draft.entries.catalog
        let facts = UpstreamFacts(of: document, for: catalog, pins: Pins(of: catalog, keeping: .everything))
        diagnostics.append(facts.findings)
        guard !facts.findings.contains(where: { $0.severity == .error }) else { return nil }
        for path in draft.paths(in: "actions") { draft.files[path]?.fill(facts.actionsByPlace) }
        for path in draft.paths(in: "models") { draft.files[path]?.fill(facts.declarations) }
        let known = Set((catalog.declarations + catalog.removedDeclarations).map(\.name))
        var moves = DeclarationMoves()
        let new = facts.order.filter { !known.contains($0) }
        for name in new {
            guard let declaration = facts.declarations[name], let place = facts.places[name] else { continue }
            moves.add(name, declaration.member(group: place.group), to: place.category)
        }
        draft.apply(moves, catalog)
        do throws(Diagnostic) {
            guard let texts = try draft.texts(reporting: &diagnostics) else { return nil }
            return Result(
                files: texts.changed, unmatched: facts.unmatched.map { "\($0.method.rawValue) \($0.path.value)" },
                addedDeclarations: new.count)
        } catch {
            diagnostics.report(error)
            return nil
        }
    }
}

extension YAMLEdits {
    /// Adds the missing facts to the actions of a file.
    fileprivate mutating func fill(_ actions: [SourceLocation: UpstreamAction]) {
        for node in root["actions"]?.elements ?? [] {
            guard let action = actions[node.location.placeOfStart] else { continue }
            if let standing = node["params"]?.entries, !action.facts.parameters.isEmpty {
                let entries = ParameterEntries(of: action, in: standing).entries
                restore(Set(texts: entries.map(\.key)), in: node["params"])
                let missing = entries.filter { !$0.isStanding }
                add(missing.map(\.member), to: "params", of: node)
            }
            let end = Position.after((node.entries?.count ?? 1) - 1)
            for member in action.members where node[member.key?.scalar ?? ""] == nil {
                insert(member, into: node, at: end)
            }
        }
    }

    /// Adds missing fields and values to the declarations of a file.
    fileprivate mutating func fill(_ declarations: [String: UpstreamDeclaration]) {
        for node in root["models"]?.elements ?? [] {
            guard let declaration = node.declaredName.flatMap({ declarations[$0] }) else { continue }
            if node.isRemoved { restore(node) }
            guard node["sameAs"]?.scalar == nil else { continue }
            if let values = declaration.values {
                guard let list = node["values"] else { continue }
                restore(Set(texts: values), in: list)
                let standing = Set(texts: list.items.map(\.name))
                let missing = values.filter { !standing.contains(text: $0) }
                add(missing.map { YAMLMember(.line(.line($0))) }, to: "values", of: node)
            } else if node["model"] != nil {
                restore(Set(texts: declaration.fields.map(\.name.value)), in: node["fields"])
                let standing = Set(texts: (node["fields"]?.entries ?? []).map(\.name))
                let missing = declaration.fields.filter { !standing.contains(text: $0.name.value) }
                add(missing.map(\.member), to: "fields", of: node)
            }
        }
    }

    /// Removes the mark from members of a list or mapping that are in the document again.
    private mutating func restore(_ names: Set<ExactText>, in collection: YAMLNode?) {
        for item in collection?.items ?? [] where item.value.isRemoved && names.contains(text: item.name) {
            restore(item.value)
        }
    }

    /// Appends members, one per line, to those of a key.
    private mutating func add(_ members: [YAMLMember], to key: String, of node: YAMLNode) {
        guard !members.isEmpty else { return }
        if let collection = node[key], !collection.items.isEmpty {
            for member in members { insert(member, into: collection, at: .after(collection.items.count - 1)) }
        } else {
            set(key, of: node, to: .members(members), at: .after((node.entries?.count ?? 1) - 1))
        }
    }
}
