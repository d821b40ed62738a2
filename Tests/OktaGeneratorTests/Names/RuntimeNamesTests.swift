import Foundation
import Testing

/// The generator's list of reserved public names of the runtime matches the module.
@Suite struct RuntimeNamesTests {
    @Test("Reserved names: the list equals the public names of the runtime") func theListIsThatOfTheModule() throws {
        let symbols = try RuntimeSymbols()
        let models = ["OktaModel", "OktaForm", "OpenModel", "JSONConvertible"]
        #expect(symbols.topLevel.isSuperset(of: models + ["OktaClient", "ActionGroup", "OktaEnum", "JSON"]))
        let lists: [(name: String, says: String, names: Set<String>)] = [
            ("types", "What stands at the top level.", symbols.topLevel),
            ("clientMembers", "The members of a client.", symbols.members(of: "OktaClient")),
            (
                "modelMembers", "What is read from a model by name.",
                symbols.members(of: "OktaModel", "OktaForm", "OpenModel", "JSONConvertible") {
                    $0.isReadByName && !$0.isOfType
                }
            ),
            (
                "modelTypeMembers", "What a model's type has.",
                symbols.members(of: "OktaModel", "OktaForm", "OpenModel", "JSONConvertible", where: \.isOfType)
            ),
            (
                "modelInitializers", "The labels of what makes a model of JSON.",
                symbols.labelsOfJSON(of: "OktaModel", "OktaForm", "OpenModel", "JSONConvertible")
            ),
            (
                "enumerationMembers", "What is read from a value of an enumeration by name, and what its type has.",
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

    private static func source(of lists: [(name: String, says: String, names: Set<String>)]) -> String {
        var text = """
            /// The public names of the runtime, which nothing of a catalog can have where they would meet.
            ///
            /// Written by `RuntimeNamesTests` from the symbols of the module, with OKTA_UPDATE_GOLDEN=1; otherwise they are compared.
            enum RuntimeNames {

            """
        for list in lists {
            text += "    /// \(list.says)\n    static let \(list.name) = names(\n        \"\"\"\n"
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
