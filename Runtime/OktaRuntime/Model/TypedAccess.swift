#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Typed access to members, for the accessors of models.
///
/// A read is `nil` if the member is absent, null or of another type, or if the value is not an object. Writing a value
/// sets the member like `subscript(key: String)`. Writing `nil` sets a member that reads as a value to null, and has no
/// other effect; see ``OktaModel``. The subscripts are concrete and the names are static, so that generated models
/// compile quickly and read without creating a string per name.
extension JSON {
    /// A string. Values of other types read as `nil`.
    public subscript(string key: StaticString) -> String? {
        get { key.withBytes { string(ofMember: $0) } }
        set {
            guard let newValue else { return clearMember(key, where: self[string: key] != nil) }
            setMember(key, JSON(newValue))
        }
    }

    /// An integer in any spelling, including from a string.
    public subscript(int key: StaticString) -> Int? {
        get { key.withBytes { readMember($0, quick: { $0.int(at: $1) }, read: { $0.lenientInt }) } }
        set {
            guard let newValue else { return clearMember(key, where: self[int: key] != nil) }
            setMember(key, JSON(newValue))
        }
    }

    /// A number, including from a string.
    public subscript(double key: StaticString) -> Double? {
        get { key.withBytes { readMember($0, quick: { _, _ in nil }, read: { $0.lenientDouble }) } }
        set {
            guard let newValue else { return clearMember(key, where: self[double: key] != nil) }
            setMember(key, JSON(newValue))
        }
    }

    /// A boolean, including from a string.
    public subscript(bool key: StaticString) -> Bool? {
        get { key.withBytes { readMember($0, quick: { $0.bool(at: $1) }, read: { $0.lenientBool }) } }
        set {
            guard let newValue else { return clearMember(key, where: self[bool: key] != nil) }
            setMember(key, JSON(newValue))
        }
    }

    /// A date in the formats that `OktaDate` lists. It is written in UTC with milliseconds.
    public subscript(date key: StaticString) -> Date? {
        get { key.withBytes { readMember($0, quick: { $0.date(at: $1) }, read: { Date(lenient: $0) }) } }
        set {
            guard let newValue else { return clearMember(key, where: self[date: key] != nil) }
            setMember(key, newValue.json)
        }
    }

    /// Any value. Null reads as `.null` rather than `nil`.
    public subscript(json key: StaticString) -> JSON? {
        get { member(key) }
        set {
            guard let newValue else { return clearMember(key, where: member(key).map { $0.kind != .null } ?? false) }
            setMember(key, newValue)
        }
    }

    /// A model. Only objects are read.
    public subscript<Model: OktaModel>(model key: StaticString) -> Model? {
        get {
            guard let value = member(key), value.kind == .object else { return nil }
            return Model(json: value)
        }
        set {
            guard let newValue else { return clearMember(key, where: member(key)?.kind == .object) }
            setMember(key, newValue.json)
        }
    }

    /// An open enumeration. Any string is read.
    public subscript<Enum: OktaEnum>(enum key: StaticString) -> Enum? {
        get {
            // A guard, because the unspecialized generic code of `map` would be slow here.
            guard let value = self[string: key] else { return nil }
            return Enum(rawValue: value)
        }
        set {
            guard let newValue else { return clearMember(key, where: self[string: key] != nil) }
            setMember(key, JSON(newValue.rawValue))
        }
    }

    /// A value of any other type, such as arrays, dictionaries and nested ones. Elements that do not have the type are
    /// omitted from the typed view, and stay in the JSON until the member is set.
    public subscript<Value: JSONConvertible>(value key: StaticString) -> Value? {
        get {
            guard let value = member(key) else { return nil }
            return Value(lenient: value)
        }
        set {
            guard let newValue else {
                return clearMember(key, where: member(key).flatMap { Value(lenient: $0) } != nil)
            }
            setMember(key, newValue.json)
        }
    }

    private func member(_ key: StaticString) -> JSON? {
        key.withBytes { member($0) }
    }

    private mutating func setMember(_ key: StaticString, _ value: JSON) {
        setMember(key.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }, value)
    }

    /// Implements writing `nil`. Swift also writes `nil` back if `a` in `a?.b = c` is `nil`, which must not destroy a
    /// member that does not read as a value.
    private mutating func clearMember(_ key: StaticString, where readsAsValue: Bool) {
        if readsAsValue { setMember(key, .null) }
    }
}

extension JSONDocument {
    /// Returns the date in the string at `index`; `nil` for any other kind.
    @inline(__always)
    fileprivate func date(at index: Int) -> Date? {
        tape[index].has(.string) ? withText(at: index, OktaDate.parse) : nil
    }
}

extension StaticString {
    /// Calls `body` with the UTF-8. Unlike `withUTF8Buffer`, it needs no function call in the usual case.
    @inline(__always)
    fileprivate func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard hasPointerRepresentation else { return withUTF8Buffer(body) }
        return body(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
    }
}
