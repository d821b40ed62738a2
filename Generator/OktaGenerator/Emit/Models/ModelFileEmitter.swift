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
        // An unused import causes a warning, and an alias refers only to its own module.
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
