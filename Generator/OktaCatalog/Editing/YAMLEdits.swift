import YAML

/// Changes to one YAML file, said of its values, whichever way these are written.
///
/// ``result()`` gives the new text, and only if it reads back as the old values with the changes and nothing else.
struct YAMLEdits {
    /// Where a new member goes among those that stand.
    enum Position: Hashable {
        case first
        /// Behind the member of an index.
        case after(Int)
    }

    /// What is to become of the members of one list or mapping.
    struct Changes {
        var removed: Set<Int> = []
        /// New values of entries, by index.
        var values: [Int: Value] = [:]
        /// New members in lines, each with its place.
        var insertions: [(position: Position, lines: [String])] = []

        func insertions(at position: Position) -> [[String]] {
            insertions.filter { $0.position == position }.map(\.lines)
        }
    }

    /// A new value of an entry.
    enum Value {
        /// A value in one line, fit for lists and mappings in braces too.
        case line(String)
        /// A list or mapping, a line or more a member.
        case members([String])

        /// The value in lines.
        var lines: [String] {
            switch self {
            case .line(let line): [line]
            case .members(let lines): lines
            }
        }

        /// An entry of this value in lines.
        func entry(under key: String) -> [String] {
            switch self {
            case .line(let line): ["\(key): \(line)"]
            case .members(let lines): ["\(key):"] + lines.map { "  \($0)" }
            }
        }
    }

    /// The file's value, in which the collections to change are found.
    let root: YAMLNode

    private let original: SourceFile
    private let file: SourceFile
    private var changes: [SourceMark: Changes] = [:]

    /// Prepares changes to a file; nil when it can not be read, which `diagnostics` then tells.
    init?(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        original = file
        // A last line without an end gets one, so that what is added behind it does not join it.
        let isComplete = file.bytes.last.map { $0 == 0x0A || $0 == 0x0D } ?? true
        self.file =
            isComplete
            ? file : SourceFile(path: file.path, bytes: file.bytes + Array(TextEdits(file).lineBreak.utf8))
        guard let root = YAMLLoader().load(self.file, reporting: &diagnostics) else { return nil }
        self.root = root
    }

    /// Whether nothing is to be changed.
    var isEmpty: Bool { changes.isEmpty }

    // MARK: Changes

    /// Adds a member in block form, without indentation: `key: value` or `- value`, and the lines below it.
    mutating func insert(_ lines: [String], into collection: YAMLNode, at position: Position) {
        guard !lines.isEmpty else { return }
        changes[collection.location.start, default: Changes()].insertions.append((position, lines))
    }

    /// Takes a member away.
    mutating func remove(_ index: Int, from collection: YAMLNode) {
        changes[collection.location.start, default: Changes()].removed.insert(index)
    }

    /// Gives an entry of a mapping another value.
    mutating func set(_ index: Int, of mapping: YAMLNode, to value: Value) {
        changes[mapping.location.start, default: Changes()].values[index] = value
    }

    /// Sets a key of a mapping: the value of the entry that stands, or an entry behind that of an index.
    mutating func set(_ key: String, of mapping: YAMLNode, to value: Value, at position: Position) {
        if let index = mapping.entries?.firstIndex(where: { $0.name.hasSameBytes(as: key) }) {
            set(index, of: mapping, to: value)
            return
        }
        insert(value.entry(under: key), into: mapping, at: position)
    }

    // MARK: The result

    /// The new text.
    ///
    /// - Throws: An error with the place of a change, when the text would not read back as it should.
    func result() throws(Diagnostic) -> String {
        guard !isEmpty else { return String(decoding: original.bytes, as: UTF8.self) }
        var writer = YAMLEditWriter(file: file, changes: changes)
        writer.write(root)
        let text = writer.edits.result
        var faults = Diagnostics()
        let expected = YAMLEditResult(changes: changes).value(of: root)
        let written = YAMLLoader().load(SourceFile(path: file.path, text: text), reporting: &faults)
        guard let expected, let written, !faults.hasErrors, written.isSame(as: expected) else {
            throw Diagnostic(
                rule: "unwritable-change",
                "something can not be changed here without changing something else too; nothing was written",
                at: place, hint: "write the entry in the usual form: a key a line, values behind their keys")
        }
        return text
    }

    private var place: SourceLocation {
        let start = changes.keys.min() ?? .start
        return SourceLocation(file: file.path, start: start, end: start)
    }
}

extension YAMLNode {
    /// Whether two nodes say the same, wherever and with whichever quotes they stand.
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

    /// Whether every reader takes a scalar for text.
    private var isText: Bool {
        if case .scalar(let text, .plain) = content { !PlainScalar(text).isReadDifferentlyElsewhere } else { true }
    }
}

extension SourceLocation {
    /// The place of the first character, by which an entry is found again.
    var placeOfStart: SourceLocation { SourceLocation(file: file, start: start, end: start) }
}
