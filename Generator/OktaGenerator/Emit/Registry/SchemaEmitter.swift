import OktaCatalog

/// Writes the catalog's declarations of models as one text, one line per declaration. Validation on demand reads it, so
/// the models themselves stay small.
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
            return "[\(enumeration.values.map { JSONText.string($0.wireValue) }.joined(separator: ","))]"
        case .model(let model):
            var members: [JSONText] = []
            if model.isOpen { members.append("\"open\":true") }
            if let parent = model.parent { members.append("\"parent\":\(JSONText.string(parent.bare))") }
            if let discriminator = model.discriminator {
                members.append("\"discriminator\":\(JSONText.string(discriminator))")
                let variants = model.variants.flatMap { variant in variant.values.map { ($0, variant.model) } }
                let forms = (variants + model.ownValues.map { ($0, model.name) }).map { value, form -> JSONText in
                    "\(JSONText.string(value)):\(JSONText.string(form.bare))"
                }
                members.append("\"variants\":{\(forms.joined(separator: ","))}")
            } else if !model.variants.isEmpty {
                let forms = model.variants.map { JSONText.string($0.model.bare) }
                members.append("\"variants\":[\(forms.joined(separator: ","))]")
            }
            let fields: [JSONText] = model.fields.map { "\(JSONText.string($0.wireName)):\(self.field($0))" }
            members.append("\"fields\":{\(fields.joined(separator: ","))}")
            return "{\(members.joined(separator: ","))}"
        }
    }

    private func field(_ field: PlannedModel.Field) -> JSONText {
        let type = JSONText.string(notation(field.type))
        var members: [JSONText] = ["\"type\":\(type)"]
        // Requests do not contain fields that only Okta sets.
        if field.isRequired, !field.isReadOnly { members.append("\"required\":true") }
        if field.isNullable { members.append("\"nullable\":true") }
        let constraints = field.constraints
        if let length = constraints.minimumLength { members.append("\"minLength\":\(length)") }
        if let length = constraints.maximumLength { members.append("\"maxLength\":\(length)") }
        if let minimum = constraints.minimum.flatMap(Double.init) { members.append("\"minimum\":\(number(minimum))") }
        if let maximum = constraints.maximum.flatMap(Double.init) { members.append("\"maximum\":\(number(maximum))") }
        return members.count == 1 ? type : "{\(members.joined(separator: ","))}"
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
        // An alias has no entry; its target has.
        case .model(let name), .enumeration(let name): (targets[name] ?? name).bare
        case .array(let element): "[\(notation(element))]"
        case .dictionary(let value): "{\(notation(value))}"
        }
    }
}
