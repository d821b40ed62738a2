import OktaCatalog

/// Writes the models and enumerations of a category.
struct ModelFileEmitter {
    let file: PlannedModelFile

    func code() -> CodePrinter {
        var printer = CodePrinter()
        let needsFoundation = file.types.contains { type in
            // An initializer also takes inherited fields.
            if case .model(let model) = type {
                (model.fields + model.initializer.map(\.field)).contains { $0.type.needsFoundation }
            } else {
                false
            }
        }
        // An import that nothing uses is a warning, and an alias names only its own module.
        let isAliases = file.types.allSatisfy { $0.aliasTarget != nil }
        FileHeader.print(to: &printer, imports: isAliases ? [] : ["OktaRuntime"], needsFoundation: needsFoundation)
        for (index, section) in file.sections.enumerated() {
            if index > 0 { printer.print("") }
            if file.sections.count > 1 { printer.print("// MARK: - \(section.name)", "") }
            for (index, type) in section.types.enumerated() {
                if index > 0 { printer.print("") }
                emit(type, to: &printer)
            }
        }
        return printer
    }

    private func emit(_ type: PlannedType, to printer: inout CodePrinter) {
        switch type {
        case .model(let model): ModelEmitter(model: model).emit(to: &printer)
        case .enumeration(let enumeration): EnumerationEmitter(enumeration: enumeration).emit(to: &printer)
        case .alias(let alias):
            printer.document(alias.documentation)
            printer.print("public typealias \(alias.name) = \(alias.target)")
        }
    }
}

/// Writes an open enumeration: a string with known values.
///
/// All enumerations are one generic struct of the runtime, which has the conformances: hundreds of structs with the same
/// conformances take the compiler much longer.
struct EnumerationEmitter {
    let enumeration: PlannedEnumeration

    func emit(to printer: inout CodePrinter) {
        let name = enumeration.name
        printer.document(enumeration.documentation)
        printer.print("public typealias \(name) = OpenEnum<\(DerivedNames.kinds).\(name)>", "")
        printer.block("extension \(DerivedNames.kinds)") { printer in
            printer.document("Distinguishes ``\(name)`` from other enumerations.")
            printer.print("public enum \(name) {}")
        }
        guard !enumeration.values.isEmpty else { return }
        printer.print("")
        printer.block("extension \(name)") { printer in
            for (index, value) in enumeration.values.enumerated() {
                if index > 0 { printer.print("") }
                printer.document(value.documentation)
                // Compiled at the point of use, like the accessors of models.
                printer.print("@_alwaysEmitIntoClient")
                let literal = SwiftLiteral.string(value.wireValue)
                printer.computed("public static var \(value.swiftName): \(name)", "Self(rawValue: \(literal))")
            }
        }
    }
}
