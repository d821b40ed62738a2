import OktaCatalog

extension Shape.Kind {
    /// The kind of value that a type of the catalog's own stands for.
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
}
