/// The keys of Okta's document, by what a comparison makes of them.
enum DocumentKeys {
    /// Keys that only readers and documentation tools see.
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

    /// Limits of schemas, and formats that do not make a type.
    static let limits: Set<String> = [
        "format", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
        "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    ]

    /// Keys of lists in which the order says nothing.
    static let sets: Set<String> = ["SKUs", "x-okta-iam-permissions", "x-okta-iam-admin-roles"]

    /// Keys that only lead to a schema, or hold those that references lead to.
    static let schemaPlaces: Set<String> = [
        "$schema", "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$defs", "definitions", "$vocabulary",
    ]

    /// Keys that say what a schema is made of: what stands beside a reference without one of them only decorates it.
    static let structure: Set<String> = [
        "allOf", "oneOf", "anyOf", "properties", "required", "items", "additionalProperties", "patternProperties",
        "discriminator", "enum", "type", "format", "not", "if", "then", "else", "prefixItems", "contains",
        "propertyNames", "dependentSchemas", "dependentRequired", "unevaluatedItems", "unevaluatedProperties",
        "contentSchema", "contentEncoding", "contentMediaType", "x-okta-extensible",
    ]

    /// What a comparison makes of a key of a schema.
    enum SchemaKey {
        case rule, limit, place
    }

    /// The keys of schemas that are no words and no remarks.
    static let schema: [String: SchemaKey] = [schemaRules: SchemaKey.rule, limits: .limit, schemaPlaces: .place]
        .reduce(into: [:]) { keys, group in for key in group.key { keys[key] = group.value } }
}
