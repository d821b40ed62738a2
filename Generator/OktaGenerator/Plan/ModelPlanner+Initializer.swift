import OktaCatalog
import YAML

/// Plans initializers.
extension ModelPlanner {
    /// Returns the parameters of a model's initializer.
    ///
    /// The fields that Okta requires, and those that identify the variant, are required parameters. Fields with a fixed
    /// or single value get that value. All other writable fields are optional.
    func initializer(of model: CatalogModel, _ lineage: ModelLineage) -> [PlannedModel.Parameter] {
        let fields = lineage.fields
        let discriminators = unions.discriminators(of: model.name.value)
        let fixed = Set(texts: discriminators.filter { $0.values.count == 1 }.map(\.member))
        let stated = discriminators.map(\.member).filter { !fixed.contains(text: $0) } + ownDiscriminator(of: model)
        let asked =
            stated + lineage.asked + fields.filter { $0.isRequired && $0.hasSetter }.map(\.wireName)
        var required: [PlannedModel.Parameter] = []
        var defaulted: [PlannedModel.Parameter] = []
        let asksForForm = Set(texts: stated)
        var seen = fixed
        let declared =
            asked.isEmpty ? [:] : Dictionary(texts: fields.map { ($0.wireName, $0) })
        // A model may redeclare an inherited field.
        var names: Set<SwiftName> = []
        for name in asked where seen.insert(text: name) {
            guard
                let field = declared[text: name]
                    ?? undeclared(
                        name, among: stated, besides: names.union(fields.lazy.map(\.swiftName))),
                names.insert(field.swiftName).inserted
            else { continue }
            let parameter = PlannedModel.Parameter(
                field: field, defaultValue: asksForForm.contains(text: name) ? nil : defaultValue(of: field))
            if parameter.defaultValue == nil { required.append(parameter) } else { defaulted.append(parameter) }
        }
        let optional = fields.filter {
            $0.hasSetter && !$0.isDeprecated && !seen.contains(text: $0.wireName) && names.insert($0.swiftName).inserted
        }
        return required + defaulted + optional.map { PlannedModel.Parameter(field: $0, defaultValue: "nil") }
    }

    /// Returns the members that every object of a variant has; nil for a model that is not a variant.
    func fixedMembers(of model: CatalogModel, fields: [PlannedModel.Field]) -> [PlannedModel.FixedMember]? {
        let discriminators = unions.discriminators(of: model.name.value)
        guard !discriminators.isEmpty else { return nil }
        let fixed = discriminators.filter { $0.values.count == 1 }
        var members = fixed.map {
            PlannedModel.FixedMember(wireName: $0.member, value: SwiftLiteral.string($0.values[0]))
        }
        for field in fields where field.isRequired && field.hasSetter {
            guard !discriminators.contains(where: { $0.member.hasSameBytes(as: field.wireName) }) else { continue }
            guard let value = jsonDefault(of: field) else { continue }
            members.append(PlannedModel.FixedMember(wireName: field.wireName, value: value))
        }
        return members
    }

    /// Returns the discriminator of a union that lists itself as a variant. The values of the other variants are
    /// excluded.
    private func ownDiscriminator(of model: CatalogModel) -> [String] {
        let isOwnForm = model.variants.contains { $0.model.value == model.name.value }
        return isOwnForm ? [model.discriminator?.value].compactMap { $0 } : []
    }

    /// Returns a discriminator that the variant does not declare.
    private func undeclared(
        _ name: String, among discriminators: [String], besides taken: Set<SwiftName>
    ) -> PlannedModel.Field? {
        guard discriminators.contains(where: { $0.hasSameBytes(as: name) }) else { return nil }
        return PlannedModel.Field(
            wireName: name, swiftName: resolver.names.undeclaredField(name, besides: taken),
            type: .string, isReadOnly: false, hasSetter: true, isAlwaysThere: false, isRequired: true,
            isNullable: false,
            isDeprecated: false, constraints: Constraints(), documentation: "")
    }

    // MARK: Values

    /// Returns the value of a required field when the caller passes none: its documented default, or the only value of
    /// its enumeration.
    private func defaultValue(of field: PlannedModel.Field) -> SwiftCode? {
        guard case .enumeration(let name) = field.type else { return literalDefault(of: field) }
        guard let text = enumerationDefault(of: field) else { return nil }
        return resolver.names.value(text, of: name.bare).map { ".\($0)" }
            ?? ".init(rawValue: \(SwiftLiteral.string(text)))"
    }

    private func jsonDefault(of field: PlannedModel.Field) -> SwiftCode? {
        guard case .enumeration = field.type else { return literalDefault(of: field) }
        return enumerationDefault(of: field).map(SwiftLiteral.string)
    }

    private func enumerationDefault(of field: PlannedModel.Field) -> String? {
        guard case .enumeration(let name) = field.type, let values = enumerations[name.bare]?.values else { return nil }
        return field.constraints.defaultValue ?? (values.count == 1 ? values[0].value.value : nil)
    }

    private func literalDefault(of field: PlannedModel.Field) -> SwiftCode? {
        guard let text = field.constraints.defaultValue else { return nil }
        switch field.type {
        case .string: return SwiftLiteral.string(text)
        case .integer, .number: return Int(text).map { "\($0)" }
        case .boolean: return text == "true" ? "true" : text == "false" ? "false" : nil
        default: return nil
        }
    }
}
