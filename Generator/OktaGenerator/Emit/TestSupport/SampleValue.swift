import OktaCatalog
import YAML

/// Writes expressions for tests: predictable arguments, and objects that are valid according to the catalog.
struct SampleValue {
    /// The argument of a function that authenticates a client.
    static let client: SwiftCode = "client: .publicClient(clientID: \"client\")"

    private let models: [SwiftName: PlannedModel]
    private let enumerations: [SwiftName: PlannedEnumeration]

    init(plan: Plan) {
        var models: [SwiftName: PlannedModel] = [:]
        var enumerations: [SwiftName: PlannedEnumeration] = [:]
        for type in plan.modelFiles.flatMap(\.types) {
            switch type {
            case .model(let model): models[model.name] = model
            case .enumeration(let enumeration): enumerations[enumeration.name] = enumeration
            case .alias: break
            }
        }
        for case .alias(let alias) in plan.modelFiles.flatMap(\.types) {
            models[alias.name] = models[alias.target]
            enumerations[alias.name] = enumerations[alias.target]
        }
        self.models = models
        self.enumerations = enumerations
    }

    // MARK: Arguments

    func body(_ body: PlannedFunction.Body) -> SwiftCode {
        switch body {
        case .json(let type, _, _), .form(let type): argument(type, text: "v")
        case .bytes, .certificate: "[0x30, 0x00]"
        case .file: "UploadFile(bytes: [1, 2, 3], fileName: \"sample.png\", contentType: \"image/png\")"
        }
    }

    /// Returns a list of two elements, so that a request shows their serialization; nil for a type that is not a list.
    func list(_ type: SwiftType, text: String) -> SwiftCode? {
        guard case .array(let element) = type else { return nil }
        let value = argument(element, text: text)
        return "[\(value), \(value)]"
    }

    func argument(_ type: SwiftType, text: String) -> SwiftCode {
        switch type {
        case .string: SwiftLiteral.string(text)
        case .integer: "1"
        case .number: "1.5"
        case .boolean: "true"
        case .date: "Date(timeIntervalSince1970: 0)"
        case .enumeration(let name): "\(name)(rawValue: \(SwiftLiteral.string(text)))"
        case .model(let name): "\(name)(json: [:])"
        case .array(let element): "[\(argument(element, text: text))]"
        case .dictionary(let value): "[\"k\": \(argument(value, text: text))]"
        case .json: "[:]"
        case .url: "URL(fileURLWithPath: \"/sample\")"
        case .duration: "OktaDuration(rawValue: \"PT1H\")"
        case .base64: "OktaBase64(rawValue: \"AQID\")"
        // These are whole bodies.
        case .bytes, .uploadFile: "[]"
        }
    }

    // MARK: Objects

    /// Returns a model created by its initializer, with only the required arguments or with all.
    ///
    /// A union created in this way has none of its variants.
    func object(
        _ model: PlannedModel, as form: PlannedModel.Variant, of union: PlannedModel, isWhole: Bool
    ) -> (start: SwiftCode, arguments: [SwiftCode]) {
        ("\(model.name)(", arguments(of: model, as: form, of: union, isWhole: isWhole, inside: [model.name]))
    }

    private func arguments(
        of model: PlannedModel, as form: PlannedModel.Variant? = nil, of union: PlannedModel? = nil, isWhole: Bool,
        inside: Set<SwiftName>
    ) -> [SwiftCode] {
        let parameters = model.initializer.filter { parameter in
            parameter.defaultValue == nil || (isWhole && parameter.field.wireName != model.discriminator)
        }
        return parameters.map { parameter in
            let field = parameter.field
            let stated: String?
            if field.wireName == model.discriminator {
                stated = model.ownValues.first
            } else if field.wireName == union?.discriminator {
                stated = form?.values.first
            } else {
                stated = nil
            }
            let value = stated.map { literal($0, of: field.type) } ?? value(of: field.type, field.constraints, inside)
            return "\(label: field.swiftName): \(value)"
        }
    }

    private func literal(_ text: String, of type: SwiftType) -> SwiftCode {
        guard case .enumeration(let name) = type else { return SwiftLiteral.string(text) }
        let known = enumerations[name]?.values.first { $0.wireValue.hasSameBytes(as: text) }
        return known.map { ".\($0.swiftName)" } ?? "\(name)(rawValue: \(SwiftLiteral.string(text)))"
    }

    private func value(of type: SwiftType, _ constraints: Constraints, _ inside: Set<SwiftName>) -> SwiftCode {
        switch type {
        case .string: SwiftLiteral.string(text(constraints))
        case .integer, .number: number(constraints)
        case .enumeration(let name):
            enumerations[name]?.values.first.map { ".\($0.swiftName)" } ?? argument(type, text: "v")
        case .model(let name): object(name, inside)
        case .array(let element): "[\(value(of: element, Constraints(), inside))]"
        case .dictionary(let element): "[\"k\": \(value(of: element, Constraints(), inside))]"
        case .boolean, .date, .url, .duration, .base64, .json, .bytes, .uploadFile: argument(type, text: "v")
        }
    }

    /// Returns an object. A union is created from its first variant.
    private func object(_ name: SwiftName, _ inside: Set<SwiftName>) -> SwiftCode {
        guard let model = models[name], !inside.contains(name) else { return "\(name)(json: [:])" }
        let inside = inside.union([name])
        if model.ownValues.isEmpty, let variant = model.variants.first, let form = models[variant.model],
            !inside.contains(form.name)
        {
            let arguments = arguments(
                of: form, as: variant, of: model, isWhole: false, inside: inside.union([form.name]))
            return "\(name)(\(form.name)(\(arguments.joined(separator: ", "))))"
        }
        return "\(name)(\(arguments(of: model, isWhole: false, inside: inside).joined(separator: ", ")))"
    }

    private func text(_ constraints: Constraints) -> String {
        let length = max(constraints.minimumLength ?? 0, min(6, constraints.maximumLength ?? 6))
        return String(repeating: "sample", count: length / 6 + 1).prefix(length).description
    }

    private func number(_ constraints: Constraints) -> SwiftCode {
        let bound = constraints.minimum.flatMap(Double.init) ?? constraints.maximum.flatMap(Double.init)
        return "\(bound.flatMap { Int(exactly: $0.rounded(.up)) } ?? 1)"
    }
}
