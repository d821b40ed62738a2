import OktaCatalog
import YAML

/// Writes the sentences of a form into a catalog. A sentence is written only if it is missing, so that no handwritten
/// text is overwritten.
struct SentenceUpdate {
    /// A text of the form that was not used, because the catalog has another one.
    struct Unused: Sendable, Equatable {
        /// The entry, such as `GET /api/v1/users`.
        var entry: String
        /// The key or the member, such as `summary` or `limit`.
        var part: String
        /// The text.
        var text: String
    }

    private(set) var draft: CatalogDraft
    private(set) var unused: [Unused] = []
    /// The number of names and sentences that were written.
    private(set) var count = 0
    /// The new names of actions and declarations.
    private(set) var renames: [UpdateReport.Rename] = []
    private(set) var findings: [Diagnostic] = []

    private let form: SentenceForm
    private let service: String

    init(_ form: SentenceForm, for service: String, in draft: CatalogDraft) {
        (self.form, self.service, self.draft) = (form, service, draft)
        writeCategories()
        writeActions()
        let names = writeDeclarations()
        if !names.isEmpty { self.draft.rename(names) }
    }

    // MARK: The entries of each kind

    private mutating func writeCategories() {
        var files: [ExactText: String] = [:]
        for path in draft.paths(in: "actions") {
            if let name = draft.files[path]?.root["category"]?.scalar { files[text: name] = path }
        }
        for entry in form.entries(.category, of: service) {
            guard let path = files[text: entry.name], let root = draft.files[path]?.root else {
                report(entry, "category", among: files.keys.map(\.text))
                continue
            }
            if let text = entry.texts["summary"] { write(text, to: "summary", of: root, .action, in: path, entry) }
        }
    }

    private mutating func writeActions() {
        let places = draft.actionPlaces
        let known = places.keys.sorted().map(\.description)
        var named: [String: [(name: Located<String>, node: YAMLNode)]] = [:]
        var owners: [SourceLocation: SentenceForm.Entry] = [:]
        for entry in form.entries(.action, of: service) {
            guard let operation = entry.operation, let place = places[operation] else {
                report(entry, "action", among: known)
                continue
            }
            let (path, node) = place
            guard isFirst(entry, for: node, &owners) else { continue }
            if let name = entry.texts["action"], !name.value.isUnwritten,
                rename(node, to: name, in: path, entry, identity: operation)
            {
                named[path, default: []].append((name, node))
            }
            if let text = entry.texts["summary"] { write(text, to: "summary", of: node, .action, in: path, entry) }
            writeList("params", "a parameter", of: node, in: path, entry)
        }
        for (path, actions) in named { checkNames(of: actions, in: path) }
    }

    /// Writes the sentences of models and enumerations, and returns their new names.
    private mutating func writeDeclarations() -> [String: String] {
        let places = draft.declarationPlaces
        let known = draft.declarationNames
        var names: [String: Located<String>] = [:]
        var owners: [SourceLocation: SentenceForm.Entry] = [:]
        for entry in form.entries(.declaration, of: service) {
            guard let declared = known.name(of: entry), let (path, node) = places[declared] else {
                report(entry, "model or enumeration", among: places.keys.sorted())
                continue
            }
            guard isFirst(entry, for: node, &owners) else { continue }
            if let name = entry.texts["rename"], !name.value.isUnwritten, name.value != declared {
                if node["doc"].isUnwritten {
                    names[declared] = name
                } else {
                    unused.append(Unused(entry: entry.name, part: "rename", text: name.value))
                }
            }
            if let text = entry.texts["doc"] { write(text, to: "doc", of: node, .declaration, in: path, entry) }
            writeList("fields", "a field", of: node, in: path, entry)
            writeList("values", "a value", of: node, in: path, entry)
        }
        return checked(names, places)
    }

    // MARK: Names

    private mutating func rename(
        _ node: YAMLNode, to name: Located<String>, in path: String, _ entry: SentenceForm.Entry,
        identity: OperationIdentity
    ) -> Bool {
        guard let old = node["action"]?.scalar, !old.hasSameBytes(as: name.value) else { return false }
        guard node["summary"].isUnwritten else {
            unused.append(Unused(entry: entry.name, part: "action", text: name.value))
            return false
        }
        draft.files[path]?.set("action", of: node, to: .line(.line(name.value)), keys: .action)
        renames.append(.init(subject: .action, from: old, to: name.value, operation: identity))
        count += 1
        return true
    }

    /// Reports new names that collide with another action of the category, in the catalog or in Swift.
    private mutating func checkNames(of renamed: [(name: Located<String>, node: YAMLNode)], in path: String) {
        let new = Dictionary(renamed.map { ($0.node.location.start, $0.name) }, uniquingKeysWith: { first, _ in first })
        var owners: [String: [Located<String>]] = [:]
        for node in draft.files[path]?.root["actions"]?.elements ?? [] {
            guard let name = new[node.location.start] ?? node["action"]?.scalar.map({ Located($0, at: node.location) })
            else { continue }
            let swiftName = node["swift"]?.scalar ?? IdentifierWords(name.value).lowerCamelCase
            owners[swiftName, default: []].append(name)
        }
        for (name, _) in renamed {
            let others = owners[IdentifierWords(name.value).lowerCamelCase] ?? []
            guard let other = others.first(where: { $0.location != name.location }) else { continue }
            findings.append(
                Diagnostic(
                    rule: "duplicate-action", "`\(name.value)` is also the name of another action of the category",
                    at: name.location, hint: "choose another name", notes: [.init("it is here", at: other.location)]))
        }
    }

    /// Returns the valid new names of declarations, and reports the others.
    private mutating func checked(
        _ names: [String: Located<String>], _ places: [String: (path: String, node: YAMLNode)]
    ) -> [String: String] {
        var owners: [String: Int] = [:]
        for name in places.keys { owners[names[name]?.value ?? name, default: 0] += 1 }
        var result: [String: String] = [:]
        for (old, new) in names.sorted(by: { $0.key < $1.key }) {
            var problem: (rule: String, message: String)?
            if new.value.first?.isUppercase != true || SwiftName(new.value) == nil {
                problem = ("invalid-name", "`\(new.value)` is not a name of a type")
            } else if ReservedNames.contains(new.value, as: .type) {
                problem = ("reserved-name", "`\(new.value)` has another meaning in Swift or in the runtime")
            } else if (owners[new.value] ?? 0) > 1 {
                problem = ("duplicate-model", "`\(new.value)` is also the name of another model or enumeration")
            }
            if let problem {
                findings.append(
                    Diagnostic(
                        rule: problem.rule, problem.message, at: new.location,
                        hint: "choose a name that starts with a capital letter and that nothing else has"))
                continue
            }
            let isEnumeration = places[old]?.node["enum"] != nil
            renames.append(.init(subject: isEnumeration ? .enumeration : .model, from: old, to: new.value))
            count += 1
            result[old] = new.value
        }
        return result
    }

    // MARK: Sentences

    private mutating func write(
        _ text: Located<String>, to key: String, of node: YAMLNode, _ keys: EntryKeys, in path: String,
        _ entry: SentenceForm.Entry, part: String? = nil
    ) {
        guard !text.value.isUnwritten else { return }
        guard node[key].isUnwritten else {
            if node[key]?.scalar != text.value {
                unused.append(Unused(entry: entry.name, part: part ?? key, text: text.value))
            }
            return
        }
        let value: YAMLNode = node.isFlow ? .text(text.value) : .line(text.value)
        draft.files[path]?.set(key, of: node, to: .line(value), keys: keys)
        count += 1
    }

    private mutating func writeList(
        _ key: String, _ what: String, of node: YAMLNode, in path: String, _ entry: SentenceForm.Entry
    ) {
        let list = node[key]
        let items = list?.items ?? []
        for (name, text) in entry.lists[key] ?? [] {
            let index =
                items.firstIndex { $0.name.hasSameBytes(as: name.value) }
                ?? items.firstIndex { $0.isEntry && $0.value["name"]?.scalar == name.value }
            guard let list, let index else {
                let nearest = NearestName(candidates: items.map(\.name)).nearest(to: name.value)
                findings.append(
                    Diagnostic(
                        rule: "unknown-sentence", "`\(entry.name)` has no \(what.dropFirst(2)) `\(name.value)`",
                        at: name.location,
                        hint: nearest.map { "did you mean `\($0)`?" }
                            ?? (node["sameAs"] == nil
                                ? "remove the line" : "remove the line: the entry is an alias of another one")))
                continue
            }
            let item = items[index].value
            if item.entries != nil {
                write(text, to: "doc", of: item, .member, in: path, entry, part: name.value)
            } else if !text.value.isUnwritten {
                // The value of the enumeration consists only of its text so far.
                let value = YAMLNode.flow([
                    YAMLEntry(key: .plain("value"), value: .text(name.value)),
                    YAMLEntry(key: .plain("doc"), value: .text(text.value)),
                ])
                draft.files[path]?.remove(index, from: list)
                draft.files[path]?.insert(YAMLMember(.line(value)), into: list, at: .after(index))
                count += 1
            }
        }
    }

    /// Returns whether no other entry of the form is about the same action or declaration, and reports the second one.
    private mutating func isFirst(
        _ entry: SentenceForm.Entry, for node: YAMLNode, _ owners: inout [SourceLocation: SentenceForm.Entry]
    ) -> Bool {
        guard let other = owners.updateValue(entry, forKey: node.location) else { return true }
        findings.append(
            Diagnostic(
                rule: "sentence-key", "`\(entry.name)` is the same entry of the catalog as `\(other.name)`",
                at: entry.location, hint: "join the two", notes: [.init("it is here", at: other.location)]))
        return false
    }

    private mutating func report(_ entry: SentenceForm.Entry, _ what: String, among known: [String]) {
        let nearest = NearestName(candidates: known).nearest(to: entry.name)
        findings.append(
            Diagnostic(
                rule: "unknown-sentence", "the catalog `\(service)` has no \(what) `\(entry.name)`", at: entry.location,
                hint: nearest.map { "did you mean `\($0)`?" }
                    ?? "remove the entry; for an operation without an action, list it under `cover` in upstream.yaml"))
    }
}

extension YAMLNode? {
    /// Whether a sentence is missing.
    fileprivate var isUnwritten: Bool { self?.scalar?.isUnwritten ?? (self == nil) }
}
