import OktaCatalog

/// Writes data of a module as an extension of a runtime type with a static property. The data is one JSON text, which
/// the runtime parses on first use, because Swift literals would take much longer to compile.
struct DataEmitter {
    let module: SwiftName
    /// The type of the runtime.
    let type: SwiftCode
    let documentation: DocText

    func code(_ lines: [JSONText]) -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["OktaRuntime"])
        printer.block("extension \(type)") { printer in
            printer.document(documentation)
            // The property is compiled into programs that read it, so that others do not contain the text.
            printer.print("@_alwaysEmitIntoClient")
            printer.block("public static var \(DerivedNames.property(ofModule: module)): \(type)") { printer in
                printer.print("._module(")
                printer.indented { $0.print("\(SwiftLiteral.string(module.bare)), text: ", raw: lines, ")") }
            }
        }
        return printer
    }

    /// Returns the lines of a list of categories, with one line per action.
    ///
    /// - Parameters:
    ///   - groups: The categories.
    ///   - head: The members of a category besides its actions.
    ///   - action: The object of an action.
    static func lines(
        of groups: [PlannedGroup], head: (PlannedGroup) -> JSONText, action: (PlannedFunction) -> JSONText
    ) -> [JSONText] {
        let categories = groups.enumerated().flatMap { index, group in
            let start: JSONText = "\(index == 0 ? "[" : ","){\(head(group)),\"actions\":["
            let actions = group.listedFunctions.enumerated().map { index, function -> JSONText in
                "\(index == 0 ? "" : ",")\(action(function))"
            }
            return [start] + actions + ["]}"]
        }
        return categories + [groups.isEmpty ? "[]" : "]"]
    }
}
