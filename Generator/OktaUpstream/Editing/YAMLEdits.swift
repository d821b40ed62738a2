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
        /// New values of entries, by index.
        var values: [Int: Value] = [:]
        /// New members in lines, by position.
        var insertions: [Position: [[String]]] = [:]

        func insertions(at position: Position) -> [[String]] { insertions[position] ?? [] }
    }

    /// A new value of an entry.
    enum Value {
        /// A one-line value, valid in flow style too.
        case line(String)
        /// A list or mapping, one or more lines per member.
        case members([String])

        /// The value in lines.
        var lines: [String] {
            switch self {
            case .line(let line): [line]
            case .members(let lines): lines
            }
        }

        /// An entry with this value in lines.
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

    /// Prepares edits of a file; nil when it cannot be parsed, which is reported to `diagnostics`.
    init?(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        original = file
        // A last line without a line break gets one, so that appended text does not join it.
        let isComplete = file.bytes.last.map { $0 == 0x0A || $0 == 0x0D } ?? true
        self.file =
            isComplete
            ? file : SourceFile(path: file.path, bytes: file.bytes + Array(TextEdits(file).lineBreak.utf8))
        guard let root = YAMLLoader().load(self.file, reporting: &diagnostics) else { return nil }
        self.root = root
    }

    /// Whether there are no edits.
    var isEmpty: Bool { changes.isEmpty }

    // MARK: Changes

    /// Adds a member in block form, without indentation: `key: value` or `- value`, and the lines below it.
    mutating func insert(_ lines: [String], into collection: YAMLNode, at position: Position) {
        guard !lines.isEmpty else { return }
        changes[collection.location.start, default: Changes()].insertions[position, default: []].append(lines)
    }

    /// Removes a member.
    mutating func remove(_ index: Int, from collection: YAMLNode) {
        changes[collection.location.start, default: Changes()].removed.insert(index)
    }

    /// Changes the value of a mapping's entry.
    mutating func set(_ index: Int, of mapping: YAMLNode, to value: Value) {
        changes[mapping.location.start, default: Changes()].values[index] = value
    }

    /// Sets a key of a mapping: changes the existing entry, or adds one after the entry with an index.
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
    /// - Throws: An error with the position of an edit, when the text would not parse as expected.
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
                "this change would also change something else; nothing was written",
                at: place, hint: "write the entry in the usual form: one key per line, each value after its key")
        }
        return text
    }

    private var place: SourceLocation {
        let start = changes.keys.min() ?? .start
        return SourceLocation(file: file.path, start: start, end: start)
    }
}

extension YAMLNode {
    /// Whether two nodes have the same value, regardless of position and quotes.
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

    /// Whether every parser reads a scalar as a string.
    private var isText: Bool {
        if case .scalar(let text, .plain) = content { !PlainScalar(text).isReadDifferentlyElsewhere } else { true }
    }
}

extension SourceLocation {
    /// The position of the first character, which identifies an entry.
    var placeOfStart: SourceLocation { SourceLocation(file: file, start: start, end: start) }
}
