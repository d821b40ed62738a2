import OktaCatalog

/// Writes a reader of every field of every model, with an object that has all of them.
struct ReaderEmitter {
    let plan: Plan

    func files() -> [String: CodePrinter] {
        let folders = Dictionary(grouping: plan.modelFiles, by: \.folder)
        var files = ["\(DerivedNames.everyReader).swift": allReaders(folders.keys.sorted())]
        for (folder, modelFiles) in folders {
            files["\(DerivedNames.readers(ofFolder: folder)).swift"] = readers(of: modelFiles, folder: folder)
        }
        return files
    }

    private func readers(of files: [PlannedModelFile], folder: SwiftName) -> CodePrinter {
        var printer = CodePrinter(samplesOf: plan.module)
        printer.document("Reads every field of every model of the folder \(folder).")
        printer.block("enum \(DerivedNames.readers(ofFolder: folder))") { printer in
            printer.print("@available(*, deprecated, message: \"Reads deprecated fields, too.\")")
            printer.list("static var all: [ModelReader]") { printer in
                for case .model(let model) in files.flatMap(\.types) { reader(of: model, to: &printer) }
            }
        }
        return printer
    }

    private func reader(of model: PlannedModel, to printer: inout CodePrinter) {
        let name = SwiftLiteral.string(model.name.bare)
        let sample = SwiftLiteral.string(sample(of: model).text)
        let variant: SwiftCode = model.discriminator == nil ? "" : ", variant: { $0.variant }"
        printer.print("ModelReader(\(name), \(model.name).self, sample: \(sample)\(variant)) { model, visit in")
        printer.indented { printer in
            if model.allFields.isEmpty { printer.print("_ = (model, visit)") }
            for field in model.allFields {
                printer.print("visit(\(SwiftLiteral.string(field.wireName)), \(read(field)) as Any?)")
            }
        }
        printer.print("},")
    }

    /// Returns the expression that reads a field. A missing identifier reads as an empty string.
    private func read(_ field: PlannedModel.Field) -> SwiftCode {
        let value: SwiftCode = "model.\(field.swiftName)"
        return field.isAlwaysThere ? "(\(value).isEmpty ? nil : \(value))" : value
    }

    /// Returns an object with a valid value for each field, as JSON.
    private func sample(of model: PlannedModel) -> JSONText {
        .object(model.allFields.map { ($0.wireName, json($0.type)) })
    }

    /// Returns a valid value of a type, as JSON.
    private func json(_ type: SwiftType) -> JSONText {
        switch type {
        case .string, .enumeration, .url: #""v""#
        case .duration: #""PT1H""#
        case .base64: #""AQID""#
        case .integer: "1"
        case .number: "1.50"
        case .boolean: "true"
        case .date: #""2026-01-02T03:04:05.000Z""#
        case .model: "{}"
        case .array(let element): "[\(json(element))]"
        case .dictionary(let value): "{\"k\":\(json(value))}"
        case .json, .bytes, .uploadFile: "null"
        }
    }

    private func allReaders(_ folders: [SwiftName]) -> CodePrinter {
        SampleSource(
            name: DerivedNames.everyReader, documentation: "A reader of every model.", element: "ModelReader",
            list: "readers", deprecation: "Reads deprecated fields, too.",
            parts: folders.map { "\(DerivedNames.readers(ofFolder: $0)).all" }
        ).file(of: plan.module)
    }
}
