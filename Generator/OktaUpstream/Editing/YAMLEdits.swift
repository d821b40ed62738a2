import OktaCatalog
import YAML

/// Edits of one YAML file, expressed by its values, independent of their style.
///
/// ``result()`` returns the new text only if it parses as the old values with the edits and nothing else.
struct YAMLEdits {
    /// The position of a new member among the existing ones.
    enum Position: Hashable {
        case first
        /// After the member with an index.
        case after(Int)
    }

    /// The changes to the members of one list or mapping.
    struct Changes {
        var removed: Set<Int> = []
        /// The removed members that are inserted elsewhere, with the comments above them.
        var moved: Set<Int> = []
        /// New values of entries, by index.
        var values: [Int: YAMLContent] = [:]
        /// New members, by position.
        var insertions: [Position: [YAMLMember]] = [:]

        func insertions(at position: Position) -> [YAMLMember] { insertions[position] ?? [] }
    }

    /// The value of the file, which contains the collections to change.
    let root: YAMLNode

    private let file: SourceFile
    private var changes: [SourceMark: Changes] = [:]

    /// Creates edits of a file, whose last line must end with a line break, and of its value.
    init(_ file: SourceFile, root: YAMLNode) {
        self.file = file
        self.root = root
    }

    /// Whether there are no edits.
    var isEmpty: Bool { changes.isEmpty }

    // MARK: Changes

    /// Adds a member.
    mutating func insert(_ member: YAMLMember, into collection: YAMLNode, at position: Position) {
        changes[collection.location.start, default: Changes()].insertions[position, default: []].append(member)
    }

    /// Removes a member.
    mutating func remove(_ index: Int, from collection: YAMLNode) {
        changes[collection.location.start, default: Changes()].removed.insert(index)
    }

    /// Moves a member with the changes to it, and with its comments.
    mutating func move(_ index: Int, of collection: YAMLNode, to position: Position) {
        let member = member(index, of: collection)
        changes[collection.location.start, default: Changes()].moved.insert(index)
        remove(index, from: collection)
        insert(member, into: collection, at: position)
    }

    /// Changes the value of a mapping's entry.
    mutating func set(_ index: Int, of mapping: YAMLNode, to value: YAMLContent) {
        changes[mapping.location.start, default: Changes()].values[index] = value
    }

    /// Sets a key of a mapping by changing the existing entry, or adding one after the entry with an index.
    mutating func set(_ key: String, of mapping: YAMLNode, to value: YAMLContent, at position: Position) {
        if let index = mapping.entries?.firstIndex(where: { $0.name.hasSameBytes(as: key) }) {
            set(index, of: mapping, to: value)
            return
        }
        insert(YAMLMember(key, value), into: mapping, at: position)
    }

    // MARK: The result

    /// Returns the new text with its value.
    ///
    /// - Throws: An error with the position of an edit, if the text does not contain exactly the edits.
    func result() throws(Diagnostic) -> (text: String, root: YAMLNode) {
        var writer = YAMLEditWriter(edits: TextEdits(file), changes: changes)
        writer.write(root)
        let start = changes.keys.min() ?? .start
        return try Self.proved(
            SourceFile(path: file.path, text: writer.edits.result), YAMLEditResult(changes: changes).value(of: root),
            from: start)
    }

    /// Parses a new text to verify that it has the expected value, and returns both.
    static func proved(
        _ file: SourceFile, _ expected: YAMLNode, from start: SourceMark = .start
    ) throws(Diagnostic) -> (text: String, root: YAMLNode) {
        var faults = Diagnostics()
        let written = YAMLLoader().load(file, reporting: &faults)
        guard let written, !faults.hasErrors, written.isSame(as: expected) else {
            throw Diagnostic(
                rule: "unwritable-change", "this change would also change something else; nothing was written",
                at: SourceLocation(file: file.path, start: start, end: start),
                hint: "write the entry in the usual form: one key per line, each value after its key")
        }
        return (String(decoding: file.bytes, as: UTF8.self), written)
    }

    /// Elements of a list with the changes to them, to be added to another list.
    func members(_ nodes: [YAMLNode]) -> [YAMLMember] {
        guard !nodes.isEmpty else { return [] }
        let text = TextEdits(file)
        return nodes.map { node in
            var writer = YAMLEditWriter(edits: text, changes: changes)
            writer.write(node)
            let value = YAMLEditResult(changes: changes).value(of: node)
            return writer.edits.lines(ofElement: node).map { YAMLMember(value, lines: $0) } ?? YAMLMember(.line(value))
        }
    }

    /// Returns a member of a list or mapping with the changes to it, to be added at another position.
    private func member(_ index: Int, of collection: YAMLNode) -> YAMLMember {
        let item = collection.items[index]
        let value = YAMLEditResult(changes: changes).value(of: item.value)
        var writer = YAMLEditWriter(edits: TextEdits(file), changes: changes)
        writer.write(item.value)
        let block = BlockEditWriter(edits: writer.edits, node: collection, changes: Changes())
        let key = collection.entries?[index].key
        if let lines = block.lines(ofMember: index) { return YAMLMember(value, key: key, lines: lines) }
        return key.map { YAMLMember($0, .line(value)) } ?? YAMLMember(.line(value))
    }
}

extension YAMLNode {
    /// Returns whether two nodes have the same value, regardless of position and quotes.
    func isSame(as other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left, _), .scalar(let right, _)):
            left.utf8.elementsEqual(right.utf8) && isText == other.isText
        case (.sequence(let left), .sequence(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy { $0.key.isSame(as: $1.key) && $0.value.isSame(as: $1.value) }
        default: false
        }
    }

    /// Whether all parsers read the scalar as a string.
    private var isText: Bool {
        if case .scalar(let text, .plain) = content { !PlainScalar(text).isReadDifferentlyElsewhere } else { true }
    }
}

extension SourceLocation {
    /// The position of the first character, which identifies an entry.
    var placeOfStart: SourceLocation { SourceLocation(file: file, start: start, end: start) }
}

/// The expected values of a file after its edits, computed from its values without its text.
struct YAMLEditResult {
    let changes: [SourceMark: YAMLEdits.Changes]

    /// Returns a node with the changes to it and to its descendants.
    func value(of node: YAMLNode) -> YAMLNode {
        var node = node
        let own = changes[node.location.start] ?? YAMLEdits.Changes()
        switch node.content {
        case .scalar: break
        case .sequence(let elements):
            var result = own.insertions(at: .first).map(\.value.node)
            for (index, element) in elements.enumerated() {
                if !own.removed.contains(index) { result.append(value(of: element)) }
                result += own.insertions(at: .after(index)).map(\.value.node)
            }
            node.content = .sequence(result)
        case .mapping(let entries):
            var result = own.insertions(at: .first).compactMap(\.entry)
            for (index, entry) in entries.enumerated() {
                if !own.removed.contains(index) {
                    result.append(
                        YAMLEntry(key: entry.key, value: own.values[index]?.node ?? value(of: entry.value)))
                }
                result += own.insertions(at: .after(index)).compactMap(\.entry)
            }
            node.content = .mapping(result)
        }
        return node
    }
}
