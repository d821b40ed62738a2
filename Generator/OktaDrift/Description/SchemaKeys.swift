/// The keys of a schema, by what a comparison makes of them.
enum SchemaKeys {
    /// Keys that have rules of their own.
    private static let modelled: Set<String> = [
        "$ref", "allOf", "oneOf", "anyOf", "properties", "required", "items", "additionalProperties", "discriminator",
        "enum", "type", "nullable", "readOnly", "writeOnly", "deprecated", "x-okta-lifecycle",
        "x-okta-extensible",
    ]
    /// Limits, and formats that do not make a type of their own.
    static let facts: Set<String> = [
        "format", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
        "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    ]
    /// Keys by which a part of an `allOf` says more of a schema without changing what it is.
    private static let decorations: Set<String> = [
        "description", "title", "example", "nullable", "readOnly", "writeOnly", "deprecated", "default",
        "minLength", "maxLength", "pattern", "minimum", "maximum",
    ]

    /// All keys that say more than words.
    static let compared = modelled.union(facts)

    /// Whether a key leaves what a schema is unchanged.
    static func isDecoration(_ key: String) -> Bool {
        decorations.contains(key) || key.hasPrefix("x-")
    }
}
