/// A lossless JSON value, whose unchanged parts are written exactly as they were received.
///
/// A parsed value is a view of the document's bytes. Reading materializes only the requested values. Writing
/// materializes only the levels on the path to the change; everything else keeps its bytes, so unknown fields, the
/// order of members, the digits of numbers and the spelling of strings are preserved. Changed levels are written
/// without whitespace. A value keeps its whole document in memory.
///
/// Equality and hashing use the meaning: the order of members is ignored, `1`, `1.0` and `10e-1` are one number, and
/// `"A"` and `"\u0041"` are one string. Strings are compared by Unicode scalars, without normalization.
///
/// A document may repeat a member name. Lookups find the last one, `members` and `count` include all, and setting or
/// removing the name removes the others. An unpaired surrogate escape (`"\uD800"`) is accepted and reads as U+FFFD;
/// unchanged, it is written as received.
public struct JSON: Sendable {
    /// The kind of value.
    public enum Kind: String, Sendable, Hashable, CustomStringConvertible {
        case null, boolean, number, string, array, object

        /// The kind's name in JSON terms, such as `boolean`.
        public var description: String { rawValue }
    }

    enum Storage: Sendable {
        /// The value at an index of a document's tape.
        case slice(JSONDocument, UInt32)
        case null
        case boolean(Bool)
        case number(String)
        case string(String)
        case array([JSON])
        case object([JSONMember])
        case edited(JSONEditedObject)
        /// An object without members that records the names that are requested, at this path of names from the root.
        case probe(MemberProbe, path: [String])
    }

    /// A single reference, so that all generated models share the Swift runtime's code for copying and destroying a
    /// value, instead of having their own.
    private var node: JSONNode

    var storage: Storage {
        @inline(__always) get { node.storage }
        @inline(__always) set { node = JSONNode(newValue) }
    }

    @inline(__always)
    init(_ storage: Storage) {
        node = JSONNode(storage)
    }

    /// The null value.
    public static var null: JSON { JSON(JSONNode.null) }

    private init(_ node: JSONNode) {
        self.node = node
    }

    init(_ document: JSONDocument, at index: Int) {
        // A document is smaller than 4 GiB and every token takes up at least one byte.
        self.init(.slice(document, UInt32(truncatingIfNeeded: index)))
    }

    /// Parses one JSON document, strictly by RFC 8259, in UTF-8 without a byte order mark.
    ///
    /// - Parameters:
    ///   - bytes: The document. The value keeps it in memory.
    ///   - limits: The limits for untrusted input. Default to a depth of 512 and to 4 GiB.
    /// - Throws: ``JSON/ParseError``, which states the violated rule and its location.
    public init(parsing bytes: [UInt8], limits: JSON.Limits = JSON.Limits()) throws(JSON.ParseError) {
        self.init(try JSONDocument(parsing: bytes, limits: limits), at: 0)
    }

    /// Parses one JSON document from text.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - limits: The limits for untrusted input. Default to a depth of 512 and to 4 GiB.
    /// - Throws: ``JSON/ParseError``, which states the violated rule and its location.
    public init(parsing text: String, limits: JSON.Limits = JSON.Limits()) throws(JSON.ParseError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Returns the text of the last member with this name; `nil` unless this is an object and the member is a string.
    @inline(__always)
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? { node.string(ofMember: key) }

    /// Returns the last member with this name; `nil` if there is none, or this is not an object.
    @inline(__always)
    func member(_ key: UnsafeBufferPointer<UInt8>) -> JSON? { node.member(key) }

    /// Reads the last member with this name. Returns `nil` if there is none, it is null, or this is not an object.
    ///
    /// - Parameters:
    ///   - quick: Reads the usual form at an index of a document's tape, without allocating a value. If it returns
    ///     `nil`, `read` is called with a value.
    @inline(__always)
    func readMember<Result>(
        _ key: UnsafeBufferPointer<UInt8>, quick: (JSONDocument, Int) -> Result?, read: (JSON) -> Result?
    ) -> Result? {
        node.readMember(key, quick: quick, read: read)
    }

    /// The kind of value.
    public var kind: Kind {
        switch storage {
        case .slice(let document, let index):
            switch document.tape[Int(index)].kind {
            case .null, .end: .null
            case .boolean: .boolean
            case .number: .number
            case .string, .name: .string
            case .array: .array
            case .object: .object
            }
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object, .edited, .probe: .object
        }
    }
}

/// A member of an object that has been built or changed. Its name is a string value, so that an unchanged name stays a
/// slice and keeps its spelling.
struct JSONMember: Sendable {
    var key: JSON
    var value: JSON

    /// Appends the member without white space around its colon.
    func write(into output: inout [UInt8]) {
        key.write(into: &output)
        output.append(UInt8(ascii: ":"))
        value.write(into: &output)
    }
}
