#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Typed access to members, for the accessors of models.
///
/// Every read is nil when the member is absent, null or of another type, or when the value is no object. Every write
/// sets the member as `subscript(key: String)` does; nil removes it. The subscripts are concrete, and names are static,
/// because a thousand generated models have to compile quickly and read without building a string per name.
extension JSON {
    /// A string.
    public subscript(string key: StaticString) -> String? {
        get { key.withUTF8Buffer { string(ofMember: $0) } }
        set { setMember(key, newValue.map { JSON($0) }) }
    }

    /// A whole number, however it is written.
    public subscript(int key: StaticString) -> Int? {
        get { member(key)?.int }
        set { setMember(key, newValue.map { JSON($0) }) }
    }

    /// A number.
    public subscript(double key: StaticString) -> Double? {
        get { member(key)?.double }
        set { setMember(key, newValue.map { JSON($0) }) }
    }

    /// A boolean.
    public subscript(bool key: StaticString) -> Bool? {
        get { member(key)?.bool }
        set { setMember(key, newValue.map { JSON($0) }) }
    }

    /// A date, in the forms that `OktaDate` lists; written in UTC with milliseconds.
    public subscript(date key: StaticString) -> Date? {
        get { member(key).flatMap { Date(fitting: $0) } }
        set { setMember(key, newValue?.json) }
    }

    /// Any value; here null reads as `.null`, not as nil.
    public subscript(json key: StaticString) -> JSON? {
        get { member(key) }
        set { setMember(key, newValue) }
    }

    /// A model; only objects fit.
    public subscript<Model: OktaModel>(model key: StaticString) -> Model? {
        get {
            guard let value = member(key), value.kind == .object else { return nil }
            return Model(json: value)
        }
        set { setMember(key, newValue?.json) }
    }

    /// An open enumeration; any string fits.
    public subscript<Enum: OktaEnum>(enum key: StaticString) -> Enum? {
        get {
            // Not `map`: its generic code would run through tables here.
            guard let value = self[string: key] else { return nil }
            return Enum(rawValue: value)
        }
        set { setMember(key, newValue.map { JSON($0.rawValue) }) }
    }

    /// Everything else: arrays, dictionaries and their nestings. Elements that do not fit are left out of the typed
    /// view, and stay in the JSON until the member is set.
    public subscript<Value: JSONConvertible>(value key: StaticString) -> Value? {
        get { member(key).flatMap { Value(fitting: $0) } }
        set { setMember(key, newValue?.json) }
    }

    private func member(_ key: StaticString) -> JSON? {
        key.withUTF8Buffer { member($0) }
    }

    private mutating func setMember(_ key: StaticString, _ value: JSON?) {
        setMember(key.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }, value)
    }
}
