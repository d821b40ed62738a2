/// Writes an open enumeration: a string with known values.
struct EnumerationEmitter {
    let enumeration: PlannedEnumeration

    func emit(to printer: inout CodePrinter) {
        let name = enumeration.name
        printer.document(enumeration.documentation)
        printer.block("public struct \(name): OktaEnum") { printer in
            printer.document("The value on the wire.")
            printer.print("public let rawValue: String", "")
            printer.document("Creates a value from any text; Okta may send values that are not listed here.")
            printer.print("public init(rawValue: String) { self.rawValue = rawValue }")
            for value in enumeration.values {
                printer.print("")
                printer.document(value.documentation)
                // Compiled at the point of use, like the accessors of models.
                printer.print("@_alwaysEmitIntoClient")
                let literal = SwiftLiteral.string(value.wireValue)
                printer.computed("public static var \(value.swiftName): \(name)", "Self(rawValue: \(literal))")
            }
        }
    }
}
