import OktaCatalog
import YAML

/// Creates actions for the operations under `cover` in `upstream.yaml`, with names derived from the operations' ids.
///
/// For a missing category, a file and an entry in `catalog.yaml` are created.
struct ActionAdditions {
    /// The catalog with the new actions.
    private(set) var catalog: Catalog
    private let document: OpenAPIDocument
    private var additions: [Addition] = []
    /// The new categories with the paths of their files.
    private var categories: [(name: String, path: String)] = []
    /// The positions of the new categories in the list of `catalog.yaml`.
    private var listing: [(name: String, position: YAMLEdits.Position)] = []

    private struct Addition {
        let path: String
        /// The location of the entry, which is before the first line because the entry is not written yet.
        let place: SourceLocation
        /// The position among the existing actions.
        let position: YAMLEdits.Position
    }

    /// - Throws: An error for an operation that an action cannot represent.
    init(for document: OpenAPIDocument, in draft: CatalogDraft, report: inout UpdateReport) throws(Diagnostic) {
        catalog = draft.entries.catalog
        self.document = document
        let covered = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        var operations: [ExactText: [OpenAPIDocument.Operation]] = [:]
        var order: [String] = []
        for group in catalog.dispositions?.cover ?? [] {
            let name = group.category.value
            if operations[text: name] == nil { order.append(name) }
            for entry in group.operations where !covered.contains(entry.value) {
                guard let operation = document.operation(entry.value.method, entry.value.path) else { continue }
                guard CatalogAction.Method(rawValue: operation.method) != nil else {
                    throw Diagnostic(
                        rule: "unknown-value", "an action cannot have the method `\(operation.method)`",
                        at: entry.location, hint: "list the operation under `ignored`, with the reason")
                }
                operations[text: name, default: []].append(operation)
            }
        }
        for name in order {
            let wanted = (operations[text: name] ?? []).sorted { $0.identity < $1.identity }
            guard !wanted.isEmpty else { continue }
            if let index = catalog.categories.firstIndex(where: { $0.name.value.hasSameBytes(as: name) }),
                let path = draft.path(ofFile: catalog.categories[index].name.location.file)
            {
                add(wanted, to: index, in: path, report: &report)
            } else {
                let path = freePath(for: name, draft)
                categories.append((name, path))
                let location = SourceLocation(file: path, start: .start, end: .start)
                catalog.categories.append(
                    CatalogCategory(
                        Located(name, at: location), summary: Located(UnwrittenText.placeholder, at: location)))
                add(wanted, to: catalog.categories.count - 1, in: path, report: &report)
            }
        }
        list(categories.map(\.name), after: draft.entries.order.map(\.value))
    }

    // MARK: Actions

    private mutating func add(
        _ operations: [OpenAPIDocument.Operation], to category: Int, in path: String, report: inout UpdateReport
    ) {
        let standing = catalog.categories[category].actions
        var names = Set(texts: standing.map(\.name.value))
        var inserted: [YAMLEdits.Position: [CatalogAction]] = [:]
        for operation in operations {
            guard let method = CatalogAction.Method(rawValue: operation.method) else { continue }
            let first = Self.name(of: operation)
            var name = first
            var number = 2
            while !names.insert(text: name) {
                name = "\(first) \(number)"
                number += 1
            }
            report.changes.append(
                .init(subject: .action, name: name, text: UpdateReport.addition(of: operation.identity)))
            let mark = SourceMark(line: 0, column: additions.count)
            let place = SourceLocation(file: path, start: mark, end: mark)
            let before = standing.lastIndex { $0.identity.map { $0 < operation.identity } ?? false }
            let position = before.map { YAMLEdits.Position.after($0) } ?? .first
            additions.append(Addition(path: path, place: place, position: position))
            inserted[position, default: []].append(
                CatalogAction(
                    Located(name, at: place), summary: Located(UnwrittenText.placeholder, at: place), method: method,
                    path: Located(operation.path, at: place), at: place))
        }
        catalog.categories[category].actions =
            (inserted[.first] ?? []) + standing.enumerated().flatMap { [$1] + (inserted[.after($0)] ?? []) }
    }

    /// Returns the initial name from the words of the operation's id. After that, the catalog pins the name.
    private static func name(of operation: OpenAPIDocument.Operation) -> String {
        let words = operation.node["operationId"]?.scalar.map { IdentifierWords($0).words } ?? []
        var name = ""
        for word in words.isEmpty ? IdentifierWords(operation.identity.description).words : words {
            var previous: Character?
            for character in word {
                if previous == nil, !name.isEmpty { name.append(" ") }
                if let previous, character.isUppercase, !previous.isUppercase { name.append(" ") }
                name += previous == nil ? character.uppercased() : String(character)
                previous = character
            }
        }
        return name
    }

    // MARK: Categories

    private func freePath(for category: String, _ draft: CatalogDraft) -> String {
        let words = IdentifierWords(category).words.map { $0.lowercased() }
        let name = words.isEmpty ? "category" : words.joined(separator: "-")
        var path = "actions/\(name).yaml"
        var number = 2
        while draft.files[path] != nil || categories.contains(where: { $0.path == path }) {
            path = "actions/\(name)-\(number).yaml"
            number += 1
        }
        return path
    }

    /// Lists new categories in `catalog.yaml`, in sorted position if the list is sorted, and otherwise at the end.
    private mutating func list(_ names: [String], after standing: [String]) {
        let isSorted = zip(standing, standing.dropFirst()).allSatisfy { $0 < $1 }
        let known = Set(texts: standing)
        let new = names.filter { !known.contains(text: $0) }
        listing = (isSorted ? new.sorted() : new).map { name in
            let before = isSorted ? standing.lastIndex { $0 < name } : standing.indices.last
            return (name, before.map { .after($0) } ?? .first)
        }
        func inserted(at position: YAMLEdits.Position) -> [String] {
            listing.filter { $0.position == position }.map(\.name)
        }
        catalog.sort(by: inserted(at: .first) + standing.enumerated().flatMap { [$1] + inserted(at: .after($0)) })
    }

    // MARK: The text

    /// Writes the new entries with their facts.
    func write(_ facts: UpstreamFacts, into draft: inout CatalogDraft) {
        let actions = facts.actionsByPlace
        var members: [String: [(member: YAMLMember, position: YAMLEdits.Position)]] = [:]
        for addition in additions {
            guard let action = actions[addition.place] else { continue }
            members[addition.path, default: []].append((Self.member(of: action), addition.position))
        }
        for (path, additions) in members {
            if let category = categories.first(where: { $0.path == path }) {
                draft.create(
                    path,
                    .members([
                        YAMLMember("category", .line(.line(category.name))),
                        YAMLMember("summary", .line(.line(UnwrittenText.placeholder))),
                        YAMLMember("actions", .members(additions.map(\.member))),
                    ]))
            } else {
                draft.files[path]?.insert(additions, under: "actions")
            }
        }
        let names = listing.map { (YAMLMember(.line(.line($0.name))), $0.position) }
        if !names.isEmpty { draft.files["catalog.yaml"]?.insert(names, under: "categories") }
    }

    private static func member(of action: UpstreamAction) -> YAMLMember {
        let identity = [
            YAMLMember("action", .line(.line(action.facts.name.value))),
            YAMLMember("summary", .line(.line(UnwrittenText.placeholder))),
            YAMLMember("method", .line(.plain(action.facts.method.rawValue))),
            YAMLMember("path", .line(.line(action.facts.path.value))),
        ]
        return YAMLMember(.members(identity + action.members))
    }
}

extension YAMLEdits {
    /// Adds elements to the list under a key of the file.
    fileprivate mutating func insert(_ elements: [(member: YAMLMember, position: Position)], under key: String) {
        guard let list = root[key] else { return }
        if list.elements?.isEmpty == false {
            for (member, position) in elements { insert(member, into: list, at: position) }
        } else {
            let last = max((root.entries?.count ?? 0) - 1, 0)
            set(key, of: root, to: .members(elements.map(\.member)), at: .after(last))
        }
    }
}
