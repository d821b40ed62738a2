/// Parses a JSON text with an explicit stack, so that no input can overflow the call stack.
struct JSONNodeParser {
    /// Findings that do not end the parsing.
    private(set) var findings: [Diagnostic] = []

    private var cursor: JSONTokenReader
    private let limits: YAMLLimits
    private var open: [OpenCollection] = []
    private var nodeCount = 0

    /// An open list or object.
    private struct OpenCollection {
        var isObject: Bool
        var start: SourceMark
        var elements: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var key: YAMLNode?
        var keys: [ExactText: SourceLocation] = [:]
    }

    init(file: SourceFile, limits: YAMLLimits) {
        cursor = JSONTokenReader(file: file)
        self.limits = limits
    }

    /// Parses the single value of the text.
    mutating func parse() throws(Diagnostic) -> YAMLNode {
        while true {
            guard var node = try value() else { continue }
            // A value may close the enclosing collection, which may close the next one.
            while true {
                try count(node)
                guard !open.isEmpty else {
                    cursor.skipSpace()
                    guard cursor.byte == nil else {
                        throw cursor.fault("content follows the JSON value", hint: "keep one value")
                    }
                    return node
                }
                guard let ended = try add(node) else { break }
                node = ended
            }
        }
    }

    /// Parses the next value. Returns nil if a collection was opened and its first value follows.
    private mutating func value() throws(Diagnostic) -> YAMLNode? {
        cursor.skipSpace()
        let start = cursor.mark
        switch cursor.byte {
        case UInt8(ascii: "{"):
            try begin(isObject: true, at: start)
            guard cursor.byte == UInt8(ascii: "}") else {
                try readKey()
                return nil
            }
        case UInt8(ascii: "["):
            try begin(isObject: false, at: start)
            guard cursor.byte == UInt8(ascii: "]") else { return nil }
        case UInt8(ascii: "\""):
            return YAMLNode(.scalar(try cursor.string(), .quoted), at: cursor.location(from: start))
        default:
            return YAMLNode(.scalar(try cursor.literal(), .plain), at: cursor.location(from: start))
        }
        return end()
    }

    private mutating func begin(isObject: Bool, at start: SourceMark) throws(Diagnostic) {
        guard open.count < limits.depth else {
            throw cursor.fault(
                rule: "json-depth", "more than \(limits.depth) levels of nesting", hint: "flatten the value")
        }
        cursor.advance()
        cursor.skipSpace()
        open.append(OpenCollection(isObject: isObject, start: start))
    }

    /// Closes the innermost collection, whose closing bracket is at the cursor.
    private mutating func end() -> YAMLNode? {
        guard let collection = open.popLast() else { return nil }
        cursor.advance()
        return YAMLNode(
            collection.isObject ? .mapping(collection.entries) : .sequence(collection.elements),
            at: cursor.location(from: collection.start), isFlow: true)
    }

    /// Adds a value to the innermost collection, and returns the collection if it ends.
    private mutating func add(_ node: YAMLNode) throws(Diagnostic) -> YAMLNode? {
        let top = open.count - 1
        let isObject = open[top].isObject
        if isObject {
            addEntry(node, to: top)
        } else {
            open[top].elements.append(node)
        }
        cursor.skipSpace()
        let closing = UInt8(ascii: isObject ? "}" : "]")
        if cursor.byte == closing { return end() }
        guard cursor.byte == UInt8(ascii: ",") else {
            throw cursor.fault(
                "expected `,` or `\(isObject ? "}" : "]")`", hint: "separate values with commas, and close the bracket")
        }
        cursor.advance()
        cursor.skipSpace()
        if cursor.byte == closing {
            throw cursor.fault("a value is missing after the comma", hint: "remove the last comma")
        }
        if isObject { try readKey() }
        return nil
    }

    private mutating func addEntry(_ value: YAMLNode, to index: Int) {
        guard let key = open[index].key, let name = key.scalar else { return }
        open[index].key = nil
        if let first = open[index].keys[text: name] {
            findings.append(
                Diagnostic(
                    rule: "json-duplicate-key", "the key `\(name)` occurs twice in this object", at: key.location,
                    hint: "remove one of them", notes: [.init("the first `\(name)` is", at: first)]))
            return
        }
        open[index].keys[text: name] = key.location
        open[index].entries.append(YAMLEntry(key: key, value: value))
    }

    private mutating func readKey() throws(Diagnostic) {
        guard cursor.byte == UInt8(ascii: "\"") else {
            throw cursor.fault("expected a key in double quotes", hint: "write `\"key\": value`")
        }
        let start = cursor.mark
        let key = YAMLNode(.scalar(try cursor.string(), .quoted), at: cursor.location(from: start))
        try count(key)
        open[open.count - 1].key = key
        cursor.skipSpace()
        guard cursor.byte == UInt8(ascii: ":") else {
            throw cursor.fault("expected `:` after the key", hint: "write `\"key\": value`")
        }
        cursor.advance()
    }

    private mutating func count(_ node: YAMLNode) throws(Diagnostic) {
        nodeCount += 1
        guard nodeCount <= limits.nodes else {
            throw Diagnostic(
                rule: "json-size", "more than \(limits.nodes) values", at: node.location, hint: "split the file")
        }
    }
}
