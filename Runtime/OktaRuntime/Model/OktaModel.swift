/// A typed view of one JSON object.
///
/// A model keeps the object that it was read from. Its properties read from it and write to it; unknown members are
/// preserved. A property is nil when its member is absent, null or of another type; `json` has the member itself.
///
/// A member is sent as a value or as null, or omitted. Okta distinguishes these in partial updates: null clears the
/// stored value, and an omitted member leaves it unchanged. Writing nil therefore depends on the current value:
///
/// | Write | Sent |
/// |---|---|
/// | `profile.mobilePhone = "+1 555 0100"` | the value |
/// | `profile.mobilePhone = nil`, where it has a value | null: the org clears it |
/// | `profile.mobilePhone = nil`, where it reads nil | unchanged: a new request omits it |
/// | ``setNull(_:)``: `profile.setNull(\.mobilePhone)` | always null |
/// | ``leaveOut(_:)``: `profile.leaveOut(\.mobilePhone)` | always omitted |
///
/// The rule is the same for every model and every request. In a body that replaces the whole object (`PUT`), Okta
/// treats null and absence alike, so the difference does not matter there.
///
/// A write through a property that is nil (`user.profile?.firstName = "A"`) changes nothing.
///
/// Generic code reads a model through `json` and creates one from it; the `json` of each concrete model can be written
/// too. Requirements are kept minimal: each one is compiled once per generated model.
///
/// Printing a model shows the names of its members and its id, as in `User(json: {id: "00u1", members: ["id",
/// "status"]})`, because any other value may be a secret.
public protocol OktaModel: JSONConvertible, Hashable, Codable {
    /// Wraps any value; properties of a value that is not an object read nil.
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

    /// Reads an object; nil for any other kind.
    public init?(fitting json: JSON) {
        guard json.kind == .object else { return nil }
        self.init(json: json)
    }

    /// Whether both have the same members, in any order.
    public static func == (left: Self, right: Self) -> Bool {
        left.json == right.json
    }

    /// Hashes the members, in any order.
    public func hash(into hasher: inout Hasher) {
        json.hash(into: &hasher)
    }

    /// The hash of the members. Defined here so that the compiler does not synthesise it for each model.
    public var hashValue: Int { json.hashValue }

    /// Decodes an object with any decoder. `JSON`'s conformance describes what `Codable` preserves of order and
    /// numbers.
    /// - Throws: `DecodingError.typeMismatch` when the value is not an object.
    public init(from decoder: any Decoder) throws {
        let value = try JSON(from: decoder)
        guard value.kind == .object else {
            let context = DecodingError.Context(
                codingPath: decoder.codingPath, debugDescription: "Expected object, found \(value.kind).")
            throw DecodingError.typeMismatch(Self.self, context)
        }
        self.init(json: value)
    }

    /// Encodes the object with any encoder.
    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }
}
