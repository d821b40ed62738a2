/// The schema of an org's profiles: the base attributes and the custom ones.
///
/// Created from the response of Okta's schema endpoints, for users, groups or the users of an app:
///
/// ```swift
/// let schema = ProfileSchema(try await okta.userSchema.getUserSchema("default"))
/// let issues = user.profile?.issues(against: schema) ?? []
/// ```
///
/// Validation is explicit: profiles accept any value that the org sends.
public struct ProfileSchema: Sendable, Hashable {
    /// The attributes, base before custom, in the order of the schema.
    public let attributes: [ProfileSchema.Attribute]

    private let positions: [String: Int]

    /// Parses a schema; a value that is not a schema has no attributes.
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
                // User schemas list required names separately, app user schemas mark the property itself.
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

    /// The attributes that the org added.
    public var customAttributes: [ProfileSchema.Attribute] { attributes.filter(\.isCustom) }
}
