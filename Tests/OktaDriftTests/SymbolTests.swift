import Foundation
import OktaCatalog
import OktaGenerator
import Testing
import YAML

@testable import OktaDrift

/// Reports name symbols that exist in the module. They use the generator's name resolution; without it, they once named
/// `comOktaTelephonyProvider` and other symbols that do not exist.
@Suite struct SymbolTests {
    private func catalog(_ name: String) throws -> Catalog {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var diagnostics = Diagnostics()
        let folder = try CatalogFolder(at: root.appendingPathComponent("Golden/\(name)/spec").path)
        return try #require(CatalogLoader().load(folder, reporting: &diagnostics))
    }

    @Test("Drift symbols: values are named as in the generated enumeration") func valuesAreNamedByWhatTellsThemApart()
        throws
    {
        let description = CatalogDescriber.describe(try catalog("names"))
        let index = try #require(description.declared["Word"])
        let symbols = Dictionary(
            description.shapes[index].values.map { ($0.value, $0.symbol) }, uniquingKeysWith: { first, _ in first })
        #expect(symbols["com.okta.telephony.provider"] == "telephonyProvider")
        #expect(symbols["urn:okta:app:name"] == "name")
        #expect(symbols["https://a.example/b/last"] == "last")
        #expect(symbols["none"] == "noneValue")
        #expect(symbols["await"] == "`await`")
    }

    @Test(
        "Drift symbols: every reported symbol exists in the generated sources",
        arguments: ["names", "features", "hostile", "places"])
    func everySymbolIsGenerated(_ name: String) throws {
        let catalog = try catalog(name)
        var diagnostics = Diagnostics()
        let plan = Planner().plan(catalog, reporting: &diagnostics)
        #expect(!diagnostics.hasErrors)
        let description = CatalogDescriber.describe(catalog)
        let functions = Set(
            plan.groups.flatMap { group in
                group.functions.flatMap { function in
                    ([function.swiftName] + function.formerNames.map(\.swiftName)).map {
                        "okta.\(group.propertyName).\($0.source)"
                    }
                }
            })
        for operation in description.operations {
            for symbol in [operation.symbol] + operation.formerSymbols { #expect(functions.contains(symbol)) }
        }
        let parameters = Set(plan.groups.flatMap(\.functions).flatMap(\.parameters).map(\.swiftName.source))
        for parameter in description.operations.flatMap(\.parameters) {
            guard let label = parameter.label else { continue }
            #expect(parameters.contains(label))
        }
        for type in plan.modelFiles.flatMap(\.types) {
            let shape = description.shapes[try #require(description.declared[type.name.bare])]
            switch type {
            case .model(let model):
                #expect(Set(shape.fields.map(\.symbol)) == Set(model.allFields.map(\.swiftName.source)))
            case .enumeration(let enumeration):
                #expect(shape.values.map(\.symbol) == enumeration.values.map(\.swiftName.source))
            case .alias(let alias):
                let target = description.shapes[try #require(description.declared[alias.target.bare])]
                #expect(shape.fields.map(\.symbol) == target.fields.map(\.symbol))
                #expect(shape.values.map(\.symbol) == target.values.map(\.symbol))
            }
        }
    }
}
