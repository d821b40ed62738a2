import OktaCatalog

/// Writes the conversions between a union and its variants.
struct VariantEmitter {
    let model: PlannedModel
    /// The protocol of the union and its variants.
    let forms: SwiftName

    func emit(to printer: inout CodePrinter) {
        printer.block("extension \(model.name)") { printer in
            if let discriminator = model.discriminator {
                cases(by: discriminator, to: &printer)
                printer.print("")
                variant(by: discriminator, to: &printer)
                for variant in model.variants {
                    printer.print("")
                    factory(of: variant, to: &printer)
                }
            } else {
                for (index, variant) in model.variants.enumerated() {
                    view(as: variant, separated: index > 0, to: &printer)
                }
            }
            printer.print("")
            printer.document("Creates the object from one of its variants, with all members of the variant.")
            printer.print("@_alwaysEmitIntoClient")
            printer.computed("public init(_ form: some \(forms))", "self.init(json: form.json)")
        }
    }

    // MARK: With a discriminator

    private func cases(by discriminator: String, to printer: inout CodePrinter) {
        printer.document("The variants of ``\(model.name)``, distinguished by \(DocText.code(discriminator)).")
        // Okta adds variants, so a switch outside the package needs `@unknown default`. Older compilers lack the
        // attribute.
        printer.print("#if hasAttribute(nonexhaustive)", "@nonexhaustive", "#endif")
        printer.block("public enum \(DerivedNames.variantType): Sendable, Equatable") { printer in
            for variant in model.variants {
                printer.document(
                    "\(DocText.code(discriminator)) is \(variant.values.map(DocText.code).joined(separator: " or ")).")
                printer.print("case \(variant.caseName)(\(variant.model))")
            }
            let own = model.ownValues.map(DocText.code).joined(separator: ", ")
            printer.document(
                model.ownValues.isEmpty
                    ? "A variant that this version does not know, or none."
                    : "A variant without further fields (\(own)), or one that this version does not know.")
            printer.print("case \(DerivedNames.unknown)(\(model.name))", "")
            printer.document("The object of the variant.")
            printer.print("@_alwaysEmitIntoClient")
            printer.block("public var json: JSON") { printer in
                printer.print("switch self {")
                for variant in model.variants { printer.print("case .\(variant.caseName)(let form): form.json") }
                printer.print("case .\(DerivedNames.unknown)(let form): form.json", "}")
            }
        }
    }

    /// Writes the property that selects the variant by the discriminator. An unknown value, null and a missing
    /// discriminator result in `unknown`.
    private func variant(by discriminator: String, to printer: inout CodePrinter) {
        printer.document(
            "This object as the variant that \(DocText.code(discriminator)) selects. Assigning a variant replaces all members."
        )
        printer.print("@_alwaysEmitIntoClient")
        printer.block("public var \(DerivedNames.variant): \(DerivedNames.variantType)") { printer in
            printer.block("get") { printer in
                printer.print("switch json[string: \(SwiftLiteral.string(discriminator))] {")
                for variant in model.variants { printCase(of: variant, to: &printer) }
                printer.print("default: .\(DerivedNames.unknown)(self)", "}")
            }
            printer.print("set { self = Self(json: newValue.json) }")
            printer.block("_modify") { printer in
                // The variant then has a single owner, and is edited in place.
                printer.print(
                    "var form = \(DerivedNames.variant)", "self = Self(json: .null)",
                    "defer { self = Self(json: form.json) }",
                    "yield &form")
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

    private func factory(of variant: PlannedModel.Variant, to printer: inout CodePrinter) {
        printer.document("Creates the object from this variant.")
        printer.print("@_alwaysEmitIntoClient")
        printer.computed(
            "public static func \(variant.caseName)(_ form: \(variant.model)) -> \(model.name)",
            "\(model.name)(json: form.json)")
    }

    // MARK: Without

    /// Writes the view of a union without a discriminator as one of its variants, which the caller chooses.
    private func view(as variant: PlannedModel.Variant, separated: Bool, to printer: inout CodePrinter) {
        if separated { printer.print("") }
        printer.document("This object as ``\(variant.model)``. Nothing is checked, and no member is lost.")
        printer.print("@_alwaysEmitIntoClient")
        printer.block("public var \(DerivedNames.view(as: variant.model)): \(variant.model)") { printer in
            printer.print("get { \(variant.model)(json: json) }", "set { self = Self(json: newValue.json) }")
        }
    }
}
