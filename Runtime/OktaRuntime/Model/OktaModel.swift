/// A typed view of one JSON object.
///
/// A model keeps the object that it was read from. Its properties read from and write to that object, and unknown
/// members are preserved. A property is `nil` if its member is absent, null or of another type; `json` contains the
/// member itself.
///
/// A member is sent as a value or as null, or omitted. Okta distinguishes these in partial updates: null clears the
/// stored value, and an omitted member leaves it unchanged. Writing `nil` therefore depends on the current value:
///
/// | Write | Sent |
/// |---|---|
/// | `profile.mobilePhone = "+1 555 0100"` | the value |
/// | `profile.mobilePhone = nil`, where it has a value | null: the org clears it |
/// | `profile.mobilePhone = nil`, where it reads `nil` | unchanged: a new request omits it |
/// | ``setNull(_:)``: `profile.setNull(\.mobilePhone)` | always null |
/// | ``omit(_:)``: `profile.omit(\.mobilePhone)` | always omitted |
///
/// The rule is the same for every model and every request. In a body that replaces the whole object (`PUT`), Okta
/// treats null and absence alike, so the difference has no effect.
///
/// A write through a property that is `nil` (`user.profile?.firstName = "A"`) has no effect.
///
/// `json` can be read, and a model can be created from it. ``setMember(_:to:)`` writes a member that has no property,
/// and an ``OpenModel`` has a subscript for such members. Requirements are kept minimal, because each one is compiled
/// once per generated model.
///
/// Generated models are `Equatable`; a handwritten model only needs to declare the conformance. The protocol does not
/// require it, because that would make all conformances to the protocol larger. ``OktaStored`` makes models `Codable`
/// and `Hashable`, and `json` is both.
///
/// Printing a model shows the names of its members and its id, as in `User(json: {id: "00u1", members: ["id",
/// "status"]})`, because any other value may be a secret.
public protocol OktaModel: JSONConvertible {
    /// Wraps any value. Properties of a value that is not an object read `nil`.
    init(json: JSON)
}

extension OktaModel {
    /// Creates a model without members.
    public init() {
        self.init(json: .emptyObject)
    }

    /// Creates a model and edits it: `User.with { $0.profile = .with { $0.login = "a@example.com" } }`.
    public static func with(_ edit: (inout Self) throws -> Void) rethrows -> Self {
        var model = Self()
        try edit(&model)
        return model
    }

    /// `json` as a variable that is edited in place, for the setters of generated models.
    @_alwaysEmitIntoClient
    public var _json: JSON {
        get { json }
        _modify {
            var value = json
            // The reference is released, so that the object has a single owner and is edited in place.
            self = Self(json: .null)
            defer { self = Self(json: value) }
            yield &value
        }
    }

    /// Sets a member by name, whether or not it has a property: `user.setMember("badge", to: "4711")`. Null is sent as
    /// null. Nil removes the member, so that it is not sent.
    public mutating func setMember(_ name: String, to value: JSON?) {
        _json.setMember(name, value)
    }

    /// Reads an object. Returns `nil` for any other kind.
    public init?(lenient json: JSON) {
        guard json.kind == .object else { return nil }
        self.init(json: json)
    }

    /// Returns whether both have the same members, in any order.
    public static func == (left: Self, right: Self) -> Bool {
        left.json == right.json
    }
}

/// Members that are sent as null or omitted. They are referenced by key path, so that the compiler checks the names.
extension OktaModel {
    /// Sets the member of a property to null, regardless of its value: `profile.setNull(\.mobilePhone)`. It is sent as
    /// null.
    public mutating func setNull<Value>(_ property: WritableKeyPath<Self, Value?>) {
        setMember(at: Self.path(of: property), to: .null)
    }

    /// Removes the member of a property, regardless of its value: `profile.omit(\.mobilePhone)`. It is not sent.
    public mutating func omit<Value>(_ property: WritableKeyPath<Self, Value?>) {
        setMember(at: Self.path(of: property), to: nil)
    }

    /// Returns whether the member of a property is present and null: `user.isNull(\.lastLogin)`.
    public func isNull<Value>(_ property: KeyPath<Self, Value?>) -> Bool {
        var member: JSON? = json
        for name in Self.path(of: property) { member = member?[name] }
        return member?.kind == .null
    }

    mutating func setMember(at path: [String], to value: JSON?) {
        guard !path.isEmpty else { return }
        _json.setMember(at: path[...], to: value)
    }

    /// Returns the names of the members that a property reads, from the root; empty for a property that reads none.
    private static func path<Value>(of property: KeyPath<Self, Value>) -> [String] {
        let probe = MemberProbe()
        _ = Self(json: JSON(.probe(probe, path: [])))[keyPath: property]
        return probe.path
    }
}

extension JSON {
    fileprivate mutating func setMember(at path: ArraySlice<String>, to value: JSON?) {
        guard let name = path.first else { return }
        guard path.count > 1 else { return setMember(name, value) }
        // Omitting a member of an absent object has no effect.
        guard var inner = self[name] ?? value.map({ _ in .emptyObject }) else { return }
        inner.setMember(at: path.dropFirst(), to: value)
        setMember(name, inner)
    }
}

/// A model that is one variant of a union, such as `OpenIdConnectApplication` of `Application`.
///
/// A new instance begins with the members that identify its variant, such as `signOnMode: "OPENID_CONNECT"`. An
/// instance read from JSON keeps the received members.
public protocol OktaForm: OktaModel {
    /// An object with only the members that identify this variant.
    static var blank: JSON { get }
}

extension OktaForm {
    /// Creates an object with the members that identify this variant.
    public init() {
        self.init(json: Self.blank)
    }

    /// Creates an object of this variant and edits it.
    public static func with(_ edit: (inout Self) throws -> Void) rethrows -> Self {
        var model = Self()
        try edit(&model)
        return model
    }
}

/// A model that the organization can extend, such as a user profile. Its typed properties cover the documented members;
/// a subscript reads and writes any member by name.
///
/// ```swift
/// profile["badge"] = "4711"
/// profile["badge"]?.string
/// ```
public protocol OpenModel: OktaModel {}

extension OpenModel {
    /// The member with this name. Null reads as `.null`. Writing `nil` follows ``OktaModel``: it sets a member with a
    /// value to null, and otherwise has no effect.
    public subscript(key: String) -> JSON? {
        get { json[key] }
        set {
            if let newValue {
                _json[key] = newValue
            } else if json[key] != nil {
                _json[key] = JSON.null
            }
        }
        _modify {
            // The value is moved out, so that it has a single owner and a change copies nothing. Null remains, as if
            // nil had been written.
            var value = _json.takeMember(key)
            defer { if let value { _json[key] = value } }
            yield &value
        }
    }

    /// Sets the member with this name to null, which is sent.
    public mutating func setNull(_ key: String) {
        _json[key] = JSON.null
    }

    /// Removes the member with this name, so that it is not sent.
    public mutating func omit(_ key: String) {
        _json[key] = nil
    }

    /// Returns whether the member with this name is present and null.
    public func isNull(_ key: String) -> Bool {
        json[key]?.kind == .null
    }
}
