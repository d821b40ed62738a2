/// A JSON value that loses nothing: what is read and not changed is written exactly as it was received.
///
/// A parsed value is a view into the document's bytes. Reading materialises only what is asked for. Writing
/// materialises only the levels on the way to the change; everything beside that way keeps its bytes, so unknown
/// fields, the order of members, the digits of numbers and the spelling of strings survive. Changed levels are written
/// without whitespace. A value keeps the whole document that it came from in memory.
///
/// Values are equal, and hash alike, when they mean the same: the order of members does not matter, `1`, `1.0` and
/// `10e-1` are one number, `"A"` and `"\u0041"` are one string. Strings are compared by Unicode scalars, without
/// normalisation.
///
/// A member name may occur more than once in a document. Lookups find the last one, `members` and `count` show all,
/// and setting or removing that name removes the others. A surrogate escape without its other half (`"\uD800"`) is
/// accepted and reads as U+FFFD; untouched, it is written as it was.
public struct JSON: Sendable {
    /// What sort of value this is.
    public enum Kind: String, Sendable, Hashable, CustomStringConvertible {
        case null, boolean, number, string, array, object

        /// The kind's name in JSON's own terms, such as `boolean`.
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
        /// An object without members that notes which are asked for, at these names from the outermost in.
        case probe(MemberProbe, path: [String])
    }

    /// One reference, so that the thousand models that hold a JSON value are all copied and destroyed by the same code of
    /// the Swift runtime, and none by code of its own.
    private var node: JSONNode

    var storage: Storage {
        @inline(__always) get { node.storage }
        @inline(__always) set { node = JSONNode(newValue) }
    }

    @inline(__always)
    init(_ storage: Storage) {
        node = JSONNode(storage)
    }

    init(_ document: JSONDocument, at index: Int) {
        // A document is smaller than 4 GiB and every token takes up at least one byte.
        self.init(.slice(document, UInt32(truncatingIfNeeded: index)))
    }

    /// Parses one JSON document: RFC 8259 to the letter, in UTF-8 without a byte order mark.
    public init(parsing bytes: [UInt8], limits: JSON.Limits = JSON.Limits()) throws(JSONError) {
        self.init(try JSONDocument(parsing: bytes, limits: limits), at: 0)
    }

    /// Parses one JSON document from text.
    public init(parsing text: String, limits: JSON.Limits = JSON.Limits()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The text of the last member of this name; nil unless this is an object and that a string.
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? { node.string(ofMember: key) }

    /// What sort of value this is.
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
        case .object, .probe: .object
        }
    }
}

/// What a JSON value refers to; never changed, so values share it freely.
final class JSONNode: Sendable {
    let storage: JSON.Storage

    init(_ storage: JSON.Storage) {
        self.storage = storage
    }

    /// The commonest read, straight from the tape: no value in between, and nothing retained.
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? {
        switch storage {
        case .slice(let document, let index): document.string(of: key, inObjectAt: Int(index))
        case .object(let members): members.last { $0.key.isString(key) }?.value.string
        case .probe: JSON(storage).member(key)?.string
        default: nil
        }
    }
}

/// A member of an object that has been built or changed. Its name is a string value, so that an untouched name stays a
/// slice and keeps its spelling.
struct JSONMember: Sendable {
    var key: JSON
    var value: JSON
}
