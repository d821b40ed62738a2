import OktaCatalog
import YAML

/// Reads a catalog's models and enumerations as shapes, including inherited fields.
struct CatalogShapeReader {
    private(set) var shapes: [Shape] = []
    /// The shapes of models and enumerations, by name.
    private(set) var declared: [String: Int] = [:]
    private var models: [String: CatalogModel] = [:]
    private var builtins: [BuiltinType: Int] = [:]
    private let names: SwiftNames

    init(_ catalog: Catalog, names: SwiftNames) {
        self.names = names
        let start = SourceLocation(file: "", start: .start, end: .start)
        for type in BuiltinType.allCases {
            builtins[type] = shapes.count
            shapes.append(Shape(kind: Shape.Kind(type), location: start))
        }
        for file in catalog.modelFiles {
            for enumeration in file.enumerations {
                declared[enumeration.name.value] = shapes.count
                shapes.append(shape(enumeration))
            }
            for model in file.models {
                declared[model.name.value] = shapes.count
                models[model.name.value] = model
                shapes.append(Shape(name: model.name.value, kind: .object, location: model.location))
            }
        }
        for (name, model) in models.sorted(by: { $0.key < $1.key }) {
            guard let index = declared[name] else { continue }
            shapes[index].fields = fields(of: model)
            describe(model, at: index)
        }
    }

    private func shape(_ enumeration: CatalogEnumeration) -> Shape {
        var shape = Shape(name: enumeration.name.value, kind: .enumeration, location: enumeration.location)
        shape.values = enumeration.values.map {
            Shape.Value(
                value: $0.value.value,
                symbol: names.value($0.value.value, of: enumeration.name.value)?.source,
                location: $0.value.location)
        }
        shape.remarks = Remarks(
            words: CatalogDescriber.hash(enumeration.documentation) &+ enumeration.values.map(\.documentation).hashValue
        )
        return shape
    }

    private mutating func describe(_ model: CatalogModel, at index: Int) {
        let variants = model.variants.compactMap { variant in
            declared[variant.model.value].map {
                Shape.Variant(
                    key: variant.value ?? variant.model.value, use: TypeUse(shape: $0), location: variant.model.location
                )
            }
        }
        shapes[index].variants = variants
        if model.isOpen { shapes[index].openness = .open }
        shapes[index].discriminator = model.discriminator?.value
        shapes[index].remarks = Remarks(words: CatalogDescriber.hash(model.documentation))
        shapes[index].initializer =
            model.initializer?.map(\.value) ?? model.fields.filter { $0.isRequired && !$0.isReadOnly }.map(\.name.value)
    }

    /// Returns a model's fields, inherited ones first.
    private mutating func fields(of model: CatalogModel) -> [Shape.Field] {
        var fields: [Shape.Field] = []
        var indices: [ExactText: Int] = [:]
        for level in ExtensionChain(of: model, in: models).reversed() {
            let origin = level.name.value == model.name.value ? nil : level.name.value
            for field in level.fields {
                let described = described(field, of: level, origin: origin)
                if let index = indices[text: field.name.value] {
                    fields[index] = described
                } else {
                    indices[text: field.name.value] = fields.count
                    fields.append(described)
                }
            }
        }
        return fields
    }

    private mutating func described(
        _ field: CatalogModel.Field, of model: CatalogModel, origin: String?
    ) -> Shape.Field {
        var use = self.use(of: field.type, at: field.name.location)
        if field.isNullable { use.flags.insert(.nullable) }
        if field.isReadOnly { use.flags.insert(.readOnly) }
        if field.isWriteOnly { use.flags.insert(.writeOnly) }
        if field.isDeprecated { use.flags.insert(.deprecated) }
        use.limits = Self.limits(field.constraints)
        use.remarks = Remarks(words: CatalogDescriber.hash(field.documentation))
        return Shape.Field(
            name: field.name.value, symbol: names.field(field.name.value, of: model.name.value).source, use: use,
            isRequired: field.isRequired, origin: origin, location: field.name.location)
    }

    /// Returns the use of a type.
    mutating func use(of type: TypeExpression, at location: SourceLocation) -> TypeUse {
        switch type {
        case .builtin(let builtin): return TypeUse(shape: builtins[builtin] ?? 0)
        case .named(let name): return TypeUse(shape: declared[name.value] ?? builtins[.json] ?? 0)
        case .array(let element): return add(.array, of: element, at: location)
        case .map(let value): return add(.map, of: value, at: location)
        }
    }

    private mutating func add(_ kind: Shape.Kind, of element: TypeExpression, at location: SourceLocation) -> TypeUse {
        let use = self.use(of: element, at: location)
        shapes.append(Shape(kind: kind, element: use, location: location))
        return TypeUse(shape: shapes.count - 1)
    }

    /// Returns the limits of a parameter or field, by their names in JSON Schema.
    static func limits(_ constraints: Constraints) -> Limits {
        var facts: [String: String] = [:]
        facts["minimum"] = constraints.minimum
        facts["maximum"] = constraints.maximum
        facts["minLength"] = constraints.minimumLength.map { String($0) }
        facts["maxLength"] = constraints.maximumLength.map { String($0) }
        facts["pattern"] = constraints.pattern
        facts["default"] = constraints.defaultValue
        return Limits(facts)
    }
}
