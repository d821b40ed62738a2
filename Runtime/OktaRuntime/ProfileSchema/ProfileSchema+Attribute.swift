extension ProfileSchema {
    /// One attribute of a profile, as an org's schema declares it.
    public struct Attribute: Sendable, Hashable {
        /// The attribute's name, which is the member's name in profiles.
        public let name: String

        /// Whether the org added it; Okta's own attributes are base attributes.
        public let isCustom: Bool

        /// Whether Okta rejects a profile without it.
        public let isRequired: Bool

        /// The schema's declaration of the attribute, with all that has no property here: title, permissions, master.
        public let json: JSON

        /// The title that admins see.
        public var title: String? { json[string: "title"] }

        /// The JSON type: `string`, `boolean`, `number`, `integer`, `array`, or one that Okta adds later.
        public var type: String? { json[string: "type"] }

        /// The type of the elements of an array.
        public var elementType: String? { json["items"]?[string: "type"] }

        /// Whether API calls cannot change it.
        public var isReadOnly: Bool { json[string: "mutability"] == "READ_ONLY" }

        /// Whether Okta rejects a value that another profile of the schema has.
        ///
        /// A schema is written with `true` and read back with the string `UNIQUE_VALIDATED`: both count.
        /// `PENDING_UNIQUENESS` does not, because Okta enforces nothing until it has checked the existing values.
        public var isUnique: Bool {
            json[bool: "unique"] == true || json[string: "unique"] == "UNIQUE_VALIDATED"
        }

        /// The allowed values, for an array those of its elements; empty when all are allowed.
        public var allowedValues: [JSON] { (json["enum"] ?? json["items"]?["enum"])?.elements ?? [] }

        /// Whether the schema allows a value. Numbers are compared by value; the allowed values of a boolean attribute
        /// may be strings.
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
