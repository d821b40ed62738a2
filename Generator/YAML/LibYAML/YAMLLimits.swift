/// Limits on the accepted input, so that a malicious or broken file is rejected quickly.
public struct YAMLLimits: Sendable, Hashable {
    /// The maximum file size in bytes.
    public var bytes: Int
    /// The maximum nesting depth of lists and mappings.
    public var depth: Int
    /// The maximum number of scalars, lists and mappings.
    public var nodes: Int
    /// The maximum number of scalars, lists and mappings that aliases expand to; nil if anchors and aliases are not
    /// allowed.
    public var aliased: Int?

    /// Creates limits.
    public init(bytes: Int, depth: Int, nodes: Int, aliased: Int? = nil) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.aliased = aliased
    }

    /// The limits for handwritten files: 8 MiB, 32 levels, a million nodes.
    public static let written = YAMLLimits(bytes: 8 << 20, depth: 32, nodes: 1_000_000)
    /// The limits for generated documents, such as an OpenAPI document: 64 MiB, 128 levels, ten million nodes, of which
    /// a million through aliases, which some tools write for repeated values.
    public static let published = YAMLLimits(bytes: 64 << 20, depth: 128, nodes: 10_000_000, aliased: 1_000_000)
}

/// The checks of a file's bytes before they are parsed.
struct InputCheck {
    /// The error; nil if the bytes can be parsed.
    let fault: Diagnostic?

    /// Checks the size, then the encoding.
    ///
    /// - Parameter sizeRule: The id of the rule about files that are too large.
    init(_ file: SourceFile, limits: YAMLLimits, sizeRule: String) {
        fault = Self.sizeFault(of: file, limits: limits, rule: sizeRule) ?? Self.encodingFault(of: file)
    }

    private static func sizeFault(of file: SourceFile, limits: YAMLLimits, rule: String) -> Diagnostic? {
        guard file.bytes.count > limits.bytes else { return nil }
        return Diagnostic(
            rule: rule, "the file has \(file.bytes.count) bytes; at most \(limits.bytes) are read",
            at: SourceLocation(file: file.path, start: .start, end: .start), hint: "split the file")
    }

    /// Rejects bytes that are not UTF-8, because libyaml would report another position.
    private static func encodingFault(of file: SourceFile) -> Diagnostic? {
        if file.bytes.starts(with: [0xFE, 0xFF]) || file.bytes.starts(with: [0xFF, 0xFE]) {
            return Diagnostic(
                rule: "yaml-encoding", "the file is UTF-16",
                at: SourceLocation(file: file.path, start: .start, end: .start), hint: "save it as UTF-8")
        }
        let bytes = file.content
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        let mark = file.mark(atByte: firstInvalidByte(in: bytes))
        return Diagnostic(
            rule: "yaml-encoding", "this byte is not valid UTF-8",
            at: SourceLocation(file: file.path, start: mark, end: mark), hint: "save the file as UTF-8")
    }

    private static func firstInvalidByte(in bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): valid += UTF8.width(scalar)
            case .emptyInput, .error: return valid
            }
        }
    }
}
