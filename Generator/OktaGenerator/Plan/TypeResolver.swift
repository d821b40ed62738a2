import OktaCatalog

/// Turns type expressions of the catalog into Swift types.
struct TypeResolver {
    private let enumerations: Set<String>

    init(catalog: Catalog) {
        enumerations = Set(catalog.modelFiles.flatMap(\.enumerations).map(\.name.value))
    }

    func type(_ expression: TypeExpression) -> SwiftType {
        switch expression {
        case .builtin(let builtin):
            switch builtin {
            case .string: .string
            case .integer: .integer
            case .number: .number
            case .boolean: .boolean
            case .dateTime: .date
            case .uri: .url
            case .duration: .duration
            case .base64: .base64
            case .json: .json
            case .bytes, .certificate: .bytes
            case .file: .uploadFile
            }
        case .named(let name): enumerations.contains(name.value) ? .enumeration(name.value) : .model(name.value)
        case .array(let element): .array(type(element))
        case .map(let value): .dictionary(type(value))
        }
    }
}
