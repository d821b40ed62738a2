import OktaCatalog

/// Writes the file of one category: the group's type and its functions.
struct GroupEmitter {
    let group: PlannedGroup

    var path: String { "Actions/\(group.typeName.bare).swift" }

    func code() -> CodePrinter {
        var printer = CodePrinter()
        let needsFoundation = group.functions.contains { $0.types.contains(where: \.needsFoundation) }
        FileHeader.print(
            to: &printer, imports: needsHTTPTypes ? ["HTTPTypes", "OktaRuntime"] : ["OktaRuntime"],
            needsFoundation: needsFoundation)
        printer.block("extension OktaClient") { printer in
            printer.document(DocText.sentence(group.summary))
            printer.print("@_alwaysEmitIntoClient")
            printer.print("public var \(group.propertyName): \(group.typeName) { \(group.typeName)(client: self) }")
        }
        printer.print("")
        printer.document(DocText.sentence(group.summary))
        printer.document("")
        printer.document("The actions of the category \(DocText.code(group.category)).")
        printer.block("public struct \(group.typeName): ActionGroup") { printer in
            printer.document("The client that sends the requests.")
            printer.print("public let _client: OktaClient", "")
            printer.document("Creates the group for a client.")
            printer.print("@_alwaysEmitIntoClient")
            printer.print("public init(client: OktaClient) { _client = client }")
            for function in group.functions {
                printer.print("")
                FunctionEmitter(function: function).emit(to: &printer)
            }
        }
        return printer
    }

    /// Whether a function states its method. All functions except those of lists do.
    private var needsHTTPTypes: Bool {
        group.functions.contains { function in
            if case .paged = function.result { false } else { true }
        }
    }
}
