/// The keywords of schemas, by what they say.
enum SchemaKeywords {
    /// Words, flags and examples, which leave open what a value is.
    static let annotations: Set<String> = [
        "description", "title", "summary", "example", "examples", "default", "readOnly", "writeOnly", "deprecated",
        "nullable", "externalDocs", "xml", "$comment", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs",
        "definitions",
    ]
    /// What holds of objects only.
    static let ofObjects: Set<String> = [
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
        "maxProperties", "unevaluatedProperties", "dependentRequired", "dependentSchemas", "discriminator",
    ]
    /// What holds of lists only.
    static let ofLists: Set<String> = [
        "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
        "unevaluatedItems",
    ]
    /// What says what a value is made of, beside the type.
    static let structure: Set<String> = [
        "properties", "required", "additionalProperties", "patternProperties", "allOf", "oneOf", "anyOf", "items",
        "prefixItems", "enum", "discriminator",
    ]
    /// Conditions, which may add members that nothing else names.
    static let conditions: Set<String> = ["if", "then", "else", "dependentSchemas"]

    /// Whether a keyword leaves open what a value is.
    static func isAnnotation(_ key: String) -> Bool { annotations.contains(key) || key.hasPrefix("x-") }
}
