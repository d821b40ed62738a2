import OktaCatalog

/// Writes the catalog's declarations of models as one text with a line per declaration. It is read for validation on
/// demand, so that the models themselves stay small.
struct SchemaEmitter {
    let plan: Plan
    private let targets: [SwiftName: SwiftName]

    init(plan: Plan) {
        self.plan = plan
        targets = plan.aliasTargets
    }

    func code() -> CodePrinter {
        DataEmitter(
            module: plan.module, type: "ModelSchema", documentation: "Every model and enumeration of this module."
        ).code(lines())
    }

    private func lines() -> [JSONText] {
        let types = plan.modelFiles.flatMap(\.types).filter { $0.aliasTarget == nil }.sorted { $0.name < $1.name }
        let lines: [JSONText] = types.enumerated().map { index, type in
            "\(index == 0 ? "{" : ",")\(JSONText.string(type.name.bare)):\(declaration(of: type))"
        }
        return lines + [types.isEmpty ? "{}" : "}"]
    }

    private func declaration(of type: PlannedType) -> JSONText {
        switch type {
        case .alias: return "{}"
        case .enumeration(let enumeration):
            return .list(enumeration.values.map { .string($0.wireValue) })
        case .model(let model):
            var members = JSONMembers()
            members.add("open", if: model.isOpen)
            members.add("parent", text: model.parent?.bare)
            if let discriminator = model.discriminator {
                members.add("discriminator", .string(discriminator))
                let variants = model.variants.flatMap { variant in variant.values.map { ($0, variant.model) } }
                let all = variants + model.ownValues.map { ($0, model.name) }
                members.add("variants", .object(all.map { ($0, .string($1.bare)) }))
            } else {
                members.add("variants", texts: model.variants.map(\.model.bare))
            }
            members.add("fields", .object(model.fields.map { ($0.wireName, field($0)) }))
            return members.object
        }
    }

    private func field(_ field: PlannedModel.Field) -> JSONText {
        let type = JSONText.string(notation(field.type))
        var facts = JSONMembers()
        facts.add("type", type)
        // Requests do not contain fields that only Okta sets.
        facts.add("required", if: field.isRequired && !field.isReadOnly)
        facts.add("nullable", if: field.isNullable)
        let constraints = field.constraints
        if let length = constraints.minimumLength { facts.add("minLength", "\(length)") }
        if let length = constraints.maximumLength { facts.add("maxLength", "\(length)") }
        if let minimum = constraints.minimum.flatMap(Double.init) { facts.add("minimum", number(minimum)) }
        if let maximum = constraints.maximum.flatMap(Double.init) { facts.add("maximum", number(maximum)) }
        return facts.count == 1 ? type : facts.object
    }

    private func number(_ value: Double) -> JSONText {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private func notation(_ type: SwiftType) -> String {
        switch type {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .date: "dateTime"
        case .url: "uri"
        case .duration: "duration"
        case .base64: "base64"
        case .json, .bytes, .uploadFile: "json"
        // An alias has no entry, so its target is used.
        case .model(let name), .enumeration(let name): (targets[name] ?? name).bare
        case .array(let element): "[\(notation(element))]"
        case .dictionary(let value): "{\(notation(value))}"
        }
    }
}
