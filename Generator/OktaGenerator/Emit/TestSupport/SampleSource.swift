import OktaCatalog

/// A type that has all samples of one kind, for test targets that use several modules.
struct SampleSource {
    let name: SwiftName
    let documentation: DocText
    /// The type of a sample.
    let element: SwiftCode
    /// The property with all samples.
    let list: SwiftCode
    /// The deprecation message of the property.
    let deprecation: SwiftCode
    /// The lists that the property concatenates.
    let parts: [SwiftCode]

    func file(of module: SwiftName) -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(
            to: &printer, imports: ["\(module)"], packageImports: [FileHeader.testSupport], needsFoundation: true,
            isPublic: false)
        printer.document(documentation)
        printer.block("enum \(name): \(element)Source") { printer in
            printer.print("@available(*, deprecated, message: \"\(deprecation)\")")
            concatenation(to: &printer)
        }
        printer.print("")
        printer.block("extension \(element)") { printer in
            printer.document(documentation)
            // The access goes through the protocol, whose requirement is not deprecated.
            let property = DerivedNames.property(ofModule: module)
            printer.print("package static let \(property) = (\(name).self as any \(element)Source.Type).\(list)")
        }
        return printer
    }

    private func concatenation(to printer: inout CodePrinter) {
        let head: SwiftCode = "static var \(list): [\(element)]"
        guard !parts.isEmpty else { return printer.computed(head, "[]") }
        printer.block(head) { printer in
            printer.print("[")
            printer.indented { printer in for part in parts { printer.print("\(part),") } }
            printer.print("].flatMap { $0 }")
        }
    }
}
