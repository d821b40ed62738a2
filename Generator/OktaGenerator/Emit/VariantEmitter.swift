/// Writes how a model is seen as one of its variants.
struct VariantEmitter {
    let model: PlannedModel

    func emit(to printer: inout CodePrinter) {
        if let discriminator = model.discriminator {
            discriminated(by: discriminator, to: &printer)
        } else {
            views(to: &printer)
        }
    }

    /// The discriminator alone decides; a value that nobody knows yet, null and absence are all `unknown`.
    private func discriminated(by discriminator: String, to printer: inout CodePrinter) {
        printer.block("extension \(model.name)") { printer in
            printer.document("The forms of ``\(model.name)``, told apart by \(DocText.code(discriminator)).")
            printer.block("public enum Variant: Sendable, Hashable") { printer in
                for variant in model.variants {
                    printer.document("Of \(variant.values.map(DocText.code).joined(separator: " or ")).")
                    printer.print("case \(variant.caseName)(\(variant.model))")
                }
                printer.document("Of a form that this version does not know, or of none.")
                printer.print("case unknown(\(model.name))")
            }
            printer.print("")
            printer.document("This object in the form that its \(DocText.code(discriminator)) names.")
            printer.print("@_alwaysEmitIntoClient")
            printer.block("public var variant: Variant") { printer in
                printer.print("switch json[string: \(SwiftLiteral.string(discriminator))] {")
                for variant in model.variants {
                    printCase(of: variant, to: &printer)
                }
                printer.print("default: .unknown(self)", "}")
            }
        }
    }

    private func printCase(of variant: PlannedModel.Variant, to printer: inout CodePrinter) {
        let values = variant.values.map(SwiftLiteral.string)
        let form: SwiftCode = ".\(variant.caseName)(\(variant.model)(json: json))"
        let oneLine: SwiftCode = "case \(values.joined(separator: ", ")): \(form)"
        guard !oneLine.fits(printer.columnsLeft) else { return printer.print(oneLine) }
        printer.print(wrapping: values, after: "case ", before: ":")
        printer.indented { $0.print(form) }
    }

    /// Nothing in the object tells the forms apart, so the caller chooses.
    private func views(to printer: inout CodePrinter) {
        printer.block("extension \(model.name)") { printer in
            for (index, variant) in model.variants.enumerated() {
                if index > 0 { printer.print("") }
                let name = variant.model.preceded(by: "as")
                printer.document("This object seen as a ``\(variant.model)``; nothing is checked or lost.")
                printer.print("@_alwaysEmitIntoClient")
                printer.computed("public var \(name): \(variant.model)", "\(variant.model)(json: json)")
                printer.print("")
                printer.document("Creates the object from its form \(DocText.code(variant.model.bare)).")
                printer.print("@_alwaysEmitIntoClient")
                printer.computed("public init(_ form: \(variant.model))", "self.init(json: form.json)")
            }
        }
    }
}
