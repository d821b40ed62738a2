/// A typed view of one JSON object.
///
/// A model keeps the object that it was read from. Its properties read from it and write to it; what they do not know
/// stays. A property is nil when its member is absent, null or of another type; `json` shows the member as it is.
///
/// A member that is sent is a value or null, and one that is left out is not sent. Okta tells the two apart in partial
/// updates: null clears what the org has, and what is left out stays. So nil is written as what it means:
///
/// | Write | Sent |
/// |---|---|
/// | `profile.mobilePhone = "+1 555 0100"` | the value |
/// | `profile.mobilePhone = nil`, where it has a value | null: the org clears it |
/// | `profile.mobilePhone = nil`, where it reads nil | as before: a fresh request leaves it out |
/// | ``setNull(_:)``: `profile.setNull(\.mobilePhone)` | null, whatever is there |
/// | ``leaveOut(_:)``: `profile.leaveOut(\.mobilePhone)` | nothing, whatever is there |
///
/// The rule is the same for every model and every request. In a body that replaces the whole object (`PUT`) Okta takes null
/// and absence alike, so the difference does not matter there.
///
/// A write through a property that is nil (`user.profile?.firstName = "A"`) changes nothing.
///
/// Generic code reads a model through `json` and makes one of another; each model's own `json` can be written too. What
/// is asked of a type is compiled for each of a thousand models, so no more is asked.
///
/// Printing a model shows the names of its members and its id, as `User(json: {id: "00u1", members: ["id", "status"]})`:
/// any other value may be a secret.
public protocol OktaModel: JSONConvertible, Hashable, Codable {
    /// Wraps a value, whatever it is; a property of something that is no object reads nil.
    init(json: JSON)
}

extension OktaModel {
    /// Creates a model without members.
    public init() {
        self.init(json: .emptyObject)
    }

    /// Creates a model and fills it in: `User.with { $0.profile = .with { $0.login = "a@example.com" } }`.
    public static func with(_ edit: (inout Self) throws -> Void) rethrows -> Self {
        var model = Self()
        try edit(&model)
        return model
    }

    /// Reads an object; nothing else fits.
    public init?(fitting json: JSON) {
        guard json.kind == .object else { return nil }
        self.init(json: json)
    }

    /// Whether both hold the same members, in any order.
    public static func == (left: Self, right: Self) -> Bool {
        left.json == right.json
    }

    /// Hashes the members, in any order.
    public func hash(into hasher: inout Hasher) {
        json.hash(into: &hasher)
    }

    /// The hash of the members; here, so that the compiler writes none for each model.
    public var hashValue: Int { json.hashValue }

    /// Decodes an object with any decoder. What `Codable` keeps of order and numbers is said at `JSON`'s conformance.
    /// - Throws: `DecodingError.typeMismatch` when the value is no object.
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
