/// Writes one model as a view over a JSON object.
struct ModelEmitter {
    let model: PlannedModel

    func emit(to printer: inout CodePrinter) {
        if model.isExtended { fieldsProtocol(to: &printer) }
        let fields = model.isExtended ? [] : model.fields
        printer.document(model.documentation)
        var conformances: [SwiftCode] = []
        if model.isExtended {
            conformances.append("\(model.name.followed(by: "Fields"))")
        } else if let parent = model.parent {
            conformances.append("\(parent.followed(by: "Fields"))")
        } else {
            conformances.append("OktaModel")
        }
        if model.isOpen { conformances.append("OpenModel") }
        if model.addsID, !model.isExtended { conformances.append("Identifiable") }
        printer.block("public struct \(model.name): \(conformances.joined(separator: ", "))") { printer in
            printer.document("The object as it was received or will be sent.")
            printer.print("public var json: JSON", "")
            printer.document("Views a JSON object as this model; whatever it holds is kept.")
            printer.print("public init(json: JSON) { self.json = json }")
            initializer(to: &printer)
            for field in fields { accessor(field, to: &printer) }
        }
        if !model.variants.isEmpty {
            printer.print("")
            VariantEmitter(model: model).emit(to: &printer)
        }
    }

    /// Fields of a model that others extend are declared once, for all of them.
    private func fieldsProtocol(to printer: inout CodePrinter) {
        let parent: SwiftCode = model.parent.map { "\($0.followed(by: "Fields"))" } ?? "OktaModel"
        printer.document("What ``\(model.name)`` and the models that extend it have in common.")
        // An identifier's type is said here, where each model that conforms would have to infer it.
        let identity: SwiftCode = model.addsID ? ", Identifiable where ID == String?" : ""
        let head: SwiftCode = "public protocol \(model.name.followed(by: "Fields")): \(parent)\(identity)"
        if model.fields.contains(where: \.hasSetter) {
            printer.block(head) { printer in
                printer.document("The object as it was received or will be sent.")
                printer.print("var json: JSON { get set }")
            }
            printer.print("")
        } else {
            printer.print("\(head) {}", "")
        }
        guard !model.fields.isEmpty else { return }
        printer.block("extension \(model.name.followed(by: "Fields"))") { printer in
            for (index, field) in model.fields.enumerated() { accessor(field, to: &printer, separated: index > 0) }
        }
        printer.print("")
    }

    private func accessor(_ field: PlannedModel.Field, to printer: inout CodePrinter, separated: Bool = true) {
        if separated { printer.print("") }
        printer.document(field.documentation)
        if field.isDeprecated {
            printer.print("@available(*, deprecated, message: \"Okta advises against this field.\")")
        }
        let access: SwiftCode = "json[\(field.type.subscriptLabel): \(SwiftLiteral.string(field.wireName))]"
        // Compiled where it is used, if at all: thousands of accessors are in no object file and no program.
        printer.print("@_alwaysEmitIntoClient")
        let head: SwiftCode = "public var \(field.swiftName): \(field.type.text)?"
        if !field.hasSetter {
            printer.computed(head, access)
        } else {
            printer.block(head) { printer in
                printer.print("get { \(access) }", "set { \(access) = newValue }")
            }
        }
    }

    private func initializer(to printer: inout CodePrinter) {
        let fields = model.initializer
        guard !fields.isEmpty else { return }
        printer.print("")
        printer.document("Creates an object with the values that it needs.")
        printer.print("@_alwaysEmitIntoClient")
        let parameters: [SwiftCode] = fields.map {
            "\(SwiftIdentifier.parameterOfInitializer($0.swiftName)): \($0.type.text)"
        }
        printer.print("public init(", list: parameters, ") {")
        printer.indented { printer in
            printer.print("self.init()")
            for field in fields {
                let name = SwiftIdentifier.parameterOfInitializer(field.swiftName)
                printer.print("json[\(field.type.subscriptLabel): \(SwiftLiteral.string(field.wireName))] = \(name)")
            }
        }
        printer.print("}")
    }
}
