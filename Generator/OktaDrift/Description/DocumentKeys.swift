/// The keys of Okta's document, by their role in a comparison.
enum DocumentKeys {
    /// Keys that only readers and documentation tools use.
    static let words: Set<String> = [
        "description", "summary", "title", "example", "examples", "externalDocs", "x-codegen-request-body-name",
        "x-enumDescriptions", "x-enumDescription", "x-okta-added-version", "x-okta-defined-as",
        "x-okta-ignore-redocly-rules-for-sdk", "x-tags", "x-displayName", "$comment",
    ]

    /// Keys of schemas that have rules.
    static let schemaRules: Set<String> = [
        "$ref", "allOf", "oneOf", "anyOf", "properties", "required", "items", "additionalProperties", "discriminator",
        "enum", "type", "nullable", "readOnly", "writeOnly", "deprecated", "x-okta-lifecycle", "x-okta-extensible",
    ]

    /// Limits of schemas, and formats that do not define a type.
    static let limits: Set<String> = [
        "format", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
        "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    ]

    /// Keys of lists whose order has no meaning.
    static let sets: Set<String> = ["SKUs", "x-okta-iam-permissions", "x-okta-iam-admin-roles"]

    /// Keys that only refer to a schema, or hold referenced schemas.
    static let schemaPlaces: Set<String> = [
        "$schema", "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$defs", "definitions", "$vocabulary",
    ]

    /// Keys that define a schema's structure. Siblings of a reference are only annotations if none of these keys is
    /// present.
    static let structure: Set<String> = [
        "allOf", "oneOf", "anyOf", "properties", "required", "items", "additionalProperties", "patternProperties",
        "discriminator", "enum", "type", "format", "not", "if", "then", "else", "prefixItems", "contains",
        "propertyNames", "dependentSchemas", "dependentRequired", "unevaluatedItems", "unevaluatedProperties",
        "contentSchema", "contentEncoding", "contentMediaType", "x-okta-extensible",
    ]

    /// The role of a schema's key in a comparison.
    enum SchemaKey {
        case rule, limit, place
    }

    /// The keys of schemas other than descriptions and remarks.
    static let schema: [String: SchemaKey] = [schemaRules: SchemaKey.rule, limits: .limit, schemaPlaces: .place]
        .reduce(into: [:]) { keys, group in for key in group.key { keys[key] = group.value } }
}
