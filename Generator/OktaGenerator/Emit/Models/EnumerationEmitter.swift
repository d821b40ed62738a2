import OktaCatalog

/// Writes an open enumeration: a string with known values.
///
/// All enumerations use one generic struct of the runtime, because hundreds of structs with the same conformances would
/// take much longer to compile.
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
                // The value is compiled at the point of use, like the accessors of models.
                printer.print("@_alwaysEmitIntoClient")
                let literal = SwiftLiteral.string(value.wireValue)
                printer.computed("public static var \(value.swiftName): \(name)", "Self(rawValue: \(literal))")
            }
        }
    }
}
