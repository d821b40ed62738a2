#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A lossless JSON value: unchanged parts are written exactly as they were received.
///
/// A parsed value is a view of the document's bytes. Reading materialises only the requested values. Writing
/// materialises only the levels on the path to the change; everything else keeps its bytes, so unknown fields, the
/// order of members, the digits of numbers and the spelling of strings are preserved. Changed levels are written
/// without whitespace. A value keeps its whole document in memory.
///
/// Equality and hashing use the meaning: the order of members is ignored, `1`, `1.0` and `10e-1` are one number, and
/// `"A"` and `"\u0041"` are one string. Strings are compared by Unicode scalars, without normalisation.
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
    public init(parsing bytes: [UInt8], limits: JSON.Limits = JSON.Limits()) throws(JSON.ParseError) {
        self.init(try JSONDocument(parsing: bytes, limits: limits), at: 0)
    }

    /// Parses one JSON document from text.
    public init(parsing text: String, limits: JSON.Limits = JSON.Limits()) throws(JSON.ParseError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The text of the last member with this name; nil unless this is an object and the member is a string.
    @inline(__always)
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? { node.string(ofMember: key) }

    /// The value of the last member with this name; nil if there is none, or this is not an object.
    @inline(__always)
    func member(_ key: UnsafeBufferPointer<UInt8>) -> JSON? { node.member(key) }

    /// Reads the last member with this name; nil if there is none, it is null, or this is not an object.
    ///
    /// - Parameters:
    ///   - quick: Reads the usual form at an index of a document's tape, without a value, which would be allocated. What
    ///     it returns nil for is read as a value.
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

/// The storage of a JSON value. Immutable, so values share it.
final class JSONNode: Sendable {
    let storage: JSON.Storage

    /// Shared, because every edit of a model puts it where the value was.
    static let null = JSONNode(.null)

    init(_ storage: JSON.Storage) {
        self.storage = storage
    }

    // Reads are functions of the node: it keeps its storage, so that no owners have to be counted.

    /// The most frequent read, directly from the tape.
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? {
        switch storage {
        case .slice(let document, let index): document.string(of: key, inObjectAt: Int(index))
        case .object(let members): members.last { $0.key.isString(key) }?.value.string
        case .edited, .probe: member(key)?.string
        default: nil
        }
    }

    func member(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        if case .slice(let document, let object) = storage {
            guard let index = document.lookup(key, inValueAt: Int(object)) else { return nil }
            return slice(at: index)
        }
        return memberOfOther(key)
    }

    @inline(__always)
    func readMember<Result>(
        _ key: UnsafeBufferPointer<UInt8>, quick: (JSONDocument, Int) -> Result?, read: (JSON) -> Result?
    ) -> Result? {
        let value: JSON?
        if case .slice(let document, let object) = storage {
            guard let index = document.lookup(key, inValueAt: Int(object)), !document.tape[index].has(.null) else {
                return nil
            }
            if let result = quick(document, index) { return result }
            value = slice(at: index)
        } else {
            value = memberOfOther(key)
        }
        guard let value else { return nil }
        return read(value)
    }

    /// A value of the same document. Apart, because the optimizer would count the document's owners before the lookup,
    /// and so for each member that is missing.
    @inline(never)
    private func slice(at index: Int) -> JSON? {
        guard case .slice(let document, _) = storage else { return nil }
        return JSON(document, at: index)
    }

    @inline(never)
    private func memberOfOther(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        switch storage {
        case .object(let members): return members.last { $0.key.isString(key) }?.value
        case .edited(let object): return object.member(key)
        case .probe(let probe, let path):
            let path = path + [String(decoding: key, as: UTF8.self)]
            probe.note(path)
            return JSON(.probe(probe, path: path))
        default: return nil
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

/// `Codable` preserves neither the order of members nor the text of numbers. Decoded objects have their members sorted
/// by name. Numbers keep up to 38 significant digits with `JSONDecoder` and `JSONEncoder`, and the precision of
/// `Double` with other coders. To preserve everything, use `JSON(parsing:)` and `bytes`.
extension JSON: Codable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Decodes any value.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            let names = container.allKeys.map(\.stringValue).sorted()
            self.init(members: try names.map { ($0, try container.decode(JSON.self, forKey: Name($0))) })
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSON] = []
            while !container.isAtEnd { elements.append(try container.decode(JSON.self)) }
            self.init(elements)
        } else {
            self = try Self.scalar(decoder.singleValueContainer())
        }
    }

    private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSON {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return JSON(value) }
        if let value = try? container.decode(String.self) { return JSON(value) }
        if let value = try? container.decode(Int64.self) { return JSON(.number(String(value))) }
        if let value = try? container.decode(UInt64.self) { return JSON(.number(String(value))) }
        if let value = try? container.decode(Decimal.self), value.isFinite { return JSON(.number("\(value)")) }
        return JSON(try container.decode(Double.self))
    }

    /// Encodes the value. Among members that share a name, only the last is encoded.
    public func encode(to encoder: any Encoder) throws {
        switch kind {
        case .object:
            var container = encoder.container(keyedBy: Name.self)
            for (key, value) in members ?? [] { try container.encode(value, forKey: Name(key)) }
        case .array:
            var container = encoder.unkeyedContainer()
            for element in elements ?? [] { try container.encode(element) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .boolean:
            var container = encoder.singleValueContainer()
            try container.encode(bool ?? false)
        case .string:
            var container = encoder.singleValueContainer()
            try container.encode(string ?? "")
        case .number:
            var container = encoder.singleValueContainer()
            try encodeNumber(into: &container)
        }
    }

    private func encodeNumber(into container: inout any SingleValueEncodingContainer) throws {
        if let int { return try container.encode(int) }
        let text = numberText ?? "0"
        if let value = UInt64(text) { return try container.encode(value) }
        if let double, JSON(double) == self { return try container.encode(double) }
        if let value = Decimal(string: text), value.isFinite, JSON(.number("\(value)")) == self {
            return try container.encode(value)
        }
        guard let double else {
            let context = EncodingError.Context(
                codingPath: container.codingPath, debugDescription: "The number is beyond the range of Double.")
            throw EncodingError.invalidValue(text, context)
        }
        try container.encode(double)
    }
}
