/// The schema of an org's profiles, with base and custom attributes.
///
/// Create it from the response of one of Okta's schema endpoints, for users, groups or the users of an app:
///
/// ```swift
/// let schema = ProfileSchema(try await okta.userSchema.getUserSchema("default"))
/// let issues = user.profile?.issues(against: schema) ?? []
/// ```
///
/// Validation is explicit: profiles accept any value that the org sends.
public struct ProfileSchema: Sendable, Hashable {
    /// The attributes in the order of the schema, with base attributes first.
    public let attributes: [ProfileSchema.Attribute]

    private let positions: [String: Int]

    /// Parses a schema. A value that is not a schema results in no attributes.
    ///
    /// - Parameter json: An object with `definitions.base` and `definitions.custom`, each with `properties` and
    ///   `required`.
    public init(json: JSON) {
        var attributes: [ProfileSchema.Attribute] = []
        var positions: [String: Int] = [:]
        for part in ["base", "custom"] {
            let definition = json["definitions"]?[part]
            let required = Set((definition?["required"]?.elements ?? []).compactMap(\.string))
            for (name, property) in definition?["properties"]?.members ?? [] where positions[name] == nil {
                // User schemas list required names separately, and app user schemas mark the property itself.
                let isRequired = required.contains(name) || property[bool: "required"] == true
                positions[name] = attributes.count
                attributes.append(
                    ProfileSchema.Attribute(
                        name: name, isCustom: part == "custom", isRequired: isRequired, json: property))
            }
        }
        self.attributes = attributes
        self.positions = positions
    }

    /// Parses the schema that an action returned.
    public init(_ model: some OktaModel) {
        self.init(json: model.json)
    }

    /// The attribute with a name.
    public subscript(name: String) -> ProfileSchema.Attribute? {
        positions[name].map { attributes[$0] }
    }

    /// The attributes that the org has added.
    public var customAttributes: [ProfileSchema.Attribute] { attributes.filter(\.isCustom) }
}

extension ProfileSchema {
    /// An attribute of a profile, as declared in an org's schema.
    public struct Attribute: Sendable, Hashable {
        /// The attribute's name, which is the member's name in profiles.
        public let name: String

        /// Whether the org has added the attribute. Okta's own attributes are base attributes.
        public let isCustom: Bool

        /// Whether Okta rejects a profile without the attribute.
        public let isRequired: Bool

        /// The declaration of the attribute in the schema, including members that have no property here, such as
        /// permissions and master.
        public let json: JSON

        /// The title that admins see.
        public var title: String? { json[string: "title"] }

        /// The JSON type: `string`, `boolean`, `number`, `integer`, `array`, or one that Okta adds later.
        public var type: String? { json[string: "type"] }

        /// The type of the elements of an array.
        public var elementType: String? { json["items"]?[string: "type"] }

        /// Whether API calls cannot change the attribute.
        public var isReadOnly: Bool { json[string: "mutability"] == "READ_ONLY" }

        /// Whether Okta rejects a value that another profile of the schema has.
        ///
        /// A schema is written with `true` and read back with the string `UNIQUE_VALIDATED`, and both count. The string
        /// `PENDING_UNIQUENESS` does not count, because Okta enforces uniqueness only after it has checked existing
        /// values.
        public var isUnique: Bool {
            json[bool: "unique"] == true || json[string: "unique"] == "UNIQUE_VALIDATED"
        }

        /// The allowed values, or those of the elements of an array; empty if all values are allowed.
        public var allowedValues: [JSON] { (json["enum"] ?? json["items"]?["enum"])?.elements ?? [] }

        /// Returns whether the schema allows a value. Numbers are compared by value, and the allowed values of a
        /// boolean attribute may be strings.
        func allows(_ value: JSON) -> Bool {
            let allowed = allowedValues
            return allowed.isEmpty || allowed.contains(value)
                || value.kind == .boolean && allowed.contains { $0.string == value.text }
        }

        /// The minimum length of a string, in characters.
        public var minimumLength: Int? { json[int: "minLength"] }

        /// The maximum length of a string, in characters.
        public var maximumLength: Int? { json[int: "maxLength"] }
    }
}
