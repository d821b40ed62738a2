/// A typed view of one JSON object.
///
/// A model keeps the object that it was read from. Its properties read from it and write to it; what they do not know
/// stays. A property is nil when its member is absent, null or of another type; `json` shows the member as it is. A
/// member has three states on write: removed (set the property to nil), null (`setNull`), or a value.
///
/// A write through a property that is nil (`user.profile?.firstName = "A"`) writes nothing; since Swift then assigns
/// the nil back, it also removes a member that was null or of another type.
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

    /// Sets a member to null, which is sent, unlike a member that is removed.
    public mutating func setNull(_ key: String) {
        var object = json
        // Let go of here, so that the object has one holder and is edited where it is.
        self = Self(json: .null)
        object[key] = JSON.null
        self = Self(json: object)
    }

    /// Whether a member is there and null.
    public func isNull(_ key: String) -> Bool {
        json[key]?.kind == .null
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
