import Foundation
import Testing

/// The generator's list of reserved public names of the runtime matches the module.
@Suite struct RuntimeNamesTests {
    @Test("Reserved names: the list equals the public names of the runtime") func theListIsThatOfTheModule() throws {
        let symbols = try RuntimeSymbols()
        let models = ["OktaModel", "OktaForm", "OpenModel", "JSONConvertible"]
        #expect(symbols.topLevel.isSuperset(of: models + ["OktaClient", "ActionGroup", "OktaEnum", "JSON"]))
        let lists: [(name: String, documentation: String, names: Set<String>)] = [
            ("types", "The types at the top level.", symbols.topLevel),
            ("clientMembers", "The members of a client.", symbols.members(of: "OktaClient")),
            (
                "modelMembers", "The properties of a model.",
                symbols.members(of: "OktaModel", "OktaForm", "OpenModel", "JSONConvertible") {
                    $0.isReadByName && !$0.isOfType
                }
            ),
            (
                "modelTypeMembers", "The static members of a model.",
                symbols.members(of: "OktaModel", "OktaForm", "OpenModel", "JSONConvertible", where: \.isOfType)
            ),
            (
                "modelInitializers", "The labels of the initializers that take JSON.",
                symbols.labelsOfJSON(of: "OktaModel", "OktaForm", "OpenModel", "JSONConvertible")
            ),
            (
                "enumerationMembers",
                "The properties of a value of an enumeration, and the static members of its type.",
                symbols.members(of: "OktaEnum", "JSONConvertible") { $0.isReadByName || $0.isOfType }
            ),
        ]
        for list in lists { #expect(!list.names.isEmpty, "\(list.name)") }
        // All begin with an underscore, so that functions and parameters need no reserved names.
        #expect(symbols.members(of: "ActionGroup").isEmpty)
        let text = Self.source(of: lists)
        let path = URL(fileURLWithPath: GoldenCase.root).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Generator/OktaCatalog/Naming/RuntimeNames.swift").path
        #expect(
            try text == GoldenCase.expected(at: path, updatingTo: text),
            "a public name of the runtime has changed: run the tests with OKTA_UPDATE_GOLDEN=1, then `make generate`")
    }

    private static func source(of lists: [(name: String, documentation: String, names: Set<String>)]) -> String {
        var text = """
            /// The public names of the runtime. They are reserved in the scopes that they share with elements of a catalog.
            ///
            /// `RuntimeNamesTests` writes this file from the symbols of the module with OKTA_UPDATE_GOLDEN=1, and otherwise compares it.
            enum RuntimeNames {

            """
        for list in lists {
            text += "    /// \(list.documentation)\n    static let \(list.name) = names(\n        \"\"\"\n"
            var line = ""
            for name in list.names.sorted() {
                if line.count + name.count > 100 {
                    text += "        \(line)\n"
                    line = ""
                }
                line += line.isEmpty ? name : " \(name)"
            }
            text += "        \(line)\n        \"\"\")\n\n"
        }
        return text + """
                private static func names(_ text: String) -> Set<String> {
                    Set(text.split { $0 == " " || $0 == "\\n" }.map(String.init))
                }
            }

            """
    }
}
