import OktaCatalog
package import YAML

/// The keywords of schemas, by purpose.
enum SchemaKeywords {
    /// Annotations, which do not restrict a value.
    static let annotations: Set<String> = [
        "description", "title", "summary", "example", "examples", "default", "readOnly", "writeOnly", "deprecated",
        "nullable", "externalDocs", "xml", "$comment", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs",
        "definitions",
    ]
    /// Keywords for objects only.
    static let ofObjects: Set<String> = [
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
        "maxProperties", "unevaluatedProperties", "dependentRequired", "dependentSchemas", "discriminator",
    ]
    /// Keywords for lists only.
    static let ofLists: Set<String> = [
        "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
        "unevaluatedItems",
    ]
    /// Keywords for the structure of a value, in addition to the type.
    static let structure: Set<String> = [
        "properties", "required", "additionalProperties", "patternProperties", "allOf", "oneOf", "anyOf", "items",
        "prefixItems", "enum", "discriminator",
    ]
    /// The keywords of schemas, and of the objects around them, whose value is true or false.
    static let flags: Set<String> = [
        "nullable", "readOnly", "writeOnly", "deprecated", "required", "uniqueItems", "exclusiveMinimum",
        "exclusiveMaximum", "additionalProperties", "x-okta-extensible", "explode", "allowReserved", "allowEmptyValue",
    ]

    /// Returns whether a keyword does not restrict a value.
    static func isAnnotation(_ key: String) -> Bool { annotations.contains(key) || key.hasPrefix("x-") }
}

extension BuiltinType {
    /// Creates the type for a schema's `type` and `format`. Returns nil for lists, objects, and schemas without a type.
    package init?(ofSchema node: YAMLNode) {
        switch node["type"]?.scalar {
        case "string":
            switch node["format"]?.scalar {
            case "date-time": self = .dateTime
            case "uri": self = .uri
            case "duration": self = .duration
            case "base64", "byte": self = .base64
            case "binary": self = .bytes
            default: self = .string
            }
        case "integer": self = .integer
        case "number": self = .number
        case "boolean": self = .boolean
        default: return nil
        }
    }
}
