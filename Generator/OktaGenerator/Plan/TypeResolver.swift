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
        case .named(let reference):
            enumerations.contains(reference.value) ? .enumeration(name(reference)) : .model(name(reference))
        case .array(let element): .array(type(element))
        case .map(let value): .dictionary(type(value))
        }
    }

    /// The name of what stands for a union.
    func protocolName(_ conformance: UnionGraph.Conformance) -> SwiftName? {
        switch conformance {
        case .fields(let model): SwiftName(model)?.followed(by: "Fields")
        case .marker(let union): SwiftName(union)?.followed(by: "Form")
        }
    }

    /// The name of a model or enumeration; one that is no identifier has been reported where it is declared.
    func name(_ reference: Located<String>) -> SwiftName {
        SwiftName(reference.value) ?? .reported
    }
}
