import OktaCatalog
package import YAML

extension BuiltinType {
    /// The type of a schema's `type` and `format`; nil for lists, objects, and schemas without a type.
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
