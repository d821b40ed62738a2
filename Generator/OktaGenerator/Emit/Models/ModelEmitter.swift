import OktaCatalog

/// Writes one model as a view over a JSON object.
struct ModelEmitter {
    let model: PlannedModel

    func emit(to printer: inout CodePrinter) {
        if let marker = model.declaredMarker {
            printer.document(
                "A value that is accepted as a ``\(model.name)``: one of its variants, or the object itself.")
            printer.print("public protocol \(marker): OktaModel {}", "")
        }
        if model.isExtended { fieldsProtocol(to: &printer) }
        let fields = model.isExtended ? [] : model.fields
        printer.document(model.documentation)
        var conformances: [SwiftCode] = []
        if model.isExtended {
            conformances.append("\(DerivedNames.fields(of: model.name))")
        } else if let parent = model.parent {
            conformances.append("\(DerivedNames.fields(of: parent))")
        } else if model.markers.isEmpty, model.fixedMembers == nil {
            conformances.append("OktaModel")
        }
        conformances += model.markers.map { "\($0)" }
        if model.fixedMembers != nil { conformances.append("OktaForm") }
        if model.isOpen { conformances.append("OpenModel") }
        if model.addsID, !model.isExtended { conformances.append("Identifiable") }
        // If `OktaModel` inherited from `Equatable`, the conformances would be instantiated at run time.
        conformances.append("Equatable")
        printer.block("public struct \(model.name): \(conformances.joined(separator: ", "))") { printer in
            printer.document("The JSON object as received, or as it will be sent.")
            // A constant, because the setter and coroutine of a variable would be two more public functions per model.
            printer.print("public let json: JSON", "")
            printer.document("Creates a view of a JSON object. All its members are kept.")
            // The linker keeps all public functions of a module, whereas a function that is compiled into the client
            // exists only if it is used.
            printer.print("@_alwaysEmitIntoClient")
            printer.print("public init(json: JSON) { self.json = json }")
            if let members = model.fixedMembers { blank(members, to: &printer) }
            initializer(to: &printer)
            for field in fields { accessor(field, to: &printer) }
        }
        if let forms = model.formProtocol {
            printer.print("")
            VariantEmitter(model: model, forms: forms).emit(to: &printer)
        }
    }

    /// Writes the protocol that declares the fields of an extended model once.
    private func fieldsProtocol(to printer: inout CodePrinter) {
        let parent: SwiftCode = model.parent.map { "\(DerivedNames.fields(of: $0))" } ?? "OktaModel"
        printer.document("The fields that ``\(model.name)`` shares with the models that extend it.")
        // The type of an identifier is stated here, so that it is not inferred for each conforming model.
        let isAlwaysThere = model.fields.contains(where: \.isAlwaysThere)
        let identity: SwiftCode =
            model.addsID ? ", Identifiable where ID == \(isAlwaysThere ? "String" : "String?" as SwiftCode)" : ""
        let head: SwiftCode = "public protocol \(DerivedNames.fields(of: model.name)): \(parent)\(identity)"
        printer.print("\(head) {}", "")
        guard !model.fields.isEmpty else { return }
        printer.block("extension \(DerivedNames.fields(of: model.name))") { printer in
            for (index, field) in model.fields.enumerated() { accessor(field, to: &printer, separated: index > 0) }
        }
        printer.print("")
    }

    private func accessor(_ field: PlannedModel.Field, to printer: inout CodePrinter, separated: Bool = true) {
        if separated { printer.print("") }
        if !field.documentation.isEmpty { printer.document(field.documentation) }
        if field.isAlwaysThere {
            if !field.documentation.isEmpty { printer.document("") }
            printer.document("Empty if the response lacks it.")
        }
        if field.isDeprecated {
            printer.print("@available(*, deprecated, message: \"Deprecated by Okta.\")")
        }
        let member = member(of: field)
        // Accessors are compiled at the point of use, so that unused ones do not add to object files and programs.
        printer.print("@_alwaysEmitIntoClient")
        let head: SwiftCode = "public var \(field.swiftName): \(field.type.text)\(field.isAlwaysThere ? "" : "?")"
        let value: SwiftCode = field.isAlwaysThere ? "\(member) ?? \"\"" : member
        if !field.hasSetter {
            printer.computed(head, value)
        } else {
            printer.block(head) { printer in
                printer.print("get { \(value) }", "set { _\(member) = newValue }")
            }
        }
    }

    /// Returns the expression that reads and writes a field in `json`.
    private func member(of field: PlannedModel.Field) -> SwiftCode {
        "json[\(field.type.subscriptLabel): \(SwiftLiteral.string(field.wireName))]"
    }

    private func blank(_ members: [PlannedModel.FixedMember], to printer: inout CodePrinter) {
        printer.print("")
        printer.document("An object with only the members that identify this variant.")
        let entries: [SwiftCode] = members.map { "\(SwiftLiteral.string($0.wireName)): \($0.value)" }
        let literal: SwiftCode = entries.isEmpty ? ":" : entries.joined(separator: ", ")
        printer.print("@_alwaysEmitIntoClient")
        printer.computed("public static var blank: JSON", "[\(literal)]")
    }

    private func initializer(to printer: inout CodePrinter) {
        let parameters = model.initializer
        guard !parameters.isEmpty else { return }
        printer.print("")
        printer.document(
            "Creates an object. Each parameter sets the property of its name; \(DocText.code("nil")) omits it."
        )
        printer.print("@_alwaysEmitIntoClient")
        let declarations: [SwiftCode] = parameters.map { parameter in
            let type = parameter.field.type.text
            return switch parameter.defaultValue {
            case nil: "\(parameter.field.swiftName): \(type)"
            case "nil": "\(parameter.field.swiftName): \(type)? = nil"
            case let value?: "\(parameter.field.swiftName): \(type) = \(value)"
            }
        }
        printer.print("public init(", list: declarations, ") {")
        printer.indented { printer in
            printer.print("var json = \(model.fixedMembers == nil ? "JSON.emptyObject" : "Self.blank" as SwiftCode)")
            for parameter in parameters {
                printer.print("\(member(of: parameter.field)) = \(parameter.field.swiftName)")
            }
            printer.print("self.init(json: json)")
        }
        printer.print("}")
    }
}
