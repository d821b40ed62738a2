import OktaCatalog
import OktaUpstream
import YAML

extension Shape.Kind {
    /// The kind of value of a catalog's built-in type.
    init(_ type: BuiltinType) {
        self =
            switch type {
            case .string: .string
            case .integer: .integer
            case .number: .number
            case .boolean: .boolean
            case .dateTime: .dateTime
            case .uri: .uri
            case .duration: .duration
            case .base64: .base64
            case .json: .any
            case .bytes: .bytes
            case .certificate: .certificate
            case .file: .file
            }
    }

    /// The kind of value that a schema itself states; nil when it states none.
    init?(ofSchema node: YAMLNode) {
        if let type = BuiltinType(ofSchema: node) {
            self.init(type)
            return
        }
        switch node["type"]?.scalar {
        case "array": self = .array
        case "object": self = .object
        default: return nil
        }
    }

    /// The intersection with another kind; the first one if they are disjoint.
    func narrowed(to other: Shape.Kind) -> Shape.Kind {
        switch (self, other) {
        case (.any, _): other
        case (.number, .integer), (.string, .dateTime), (.string, .uri), (.string, .duration), (.string, .base64),
            (.string, .bytes):
            other
        default: self
        }
    }
}
