import OktaCatalog

/// Turns type expressions of the catalog into Swift types.
struct TypeResolver {
    let names: SwiftNames
    private let enumerations: Set<String>

    init(catalog: Catalog, names: SwiftNames) {
        self.names = names
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

    /// Returns the name of a union's protocol.
    func protocolName(_ conformance: UnionGraph.Conformance) -> SwiftName {
        switch conformance {
        case .fields(let model): DerivedNames.fields(of: names.type(model))
        case .marker(let union): DerivedNames.form(of: names.type(union))
        }
    }

    /// Returns the name of a model or enumeration.
    func name(_ reference: Located<String>) -> SwiftName { names.type(reference.value) }
}
