import OktaCatalog
import Testing
import YAML

@testable import OktaGenerator

/// The pages of the DocC catalog lead to every type that a module declares.
@Suite struct DocumentationPageTests {
    private func plan(_ golden: String) throws -> Plan {
        var diagnostics = Diagnostics()
        let folder = GoldenCase(name: golden, isOverlay: false).folder()
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
        return Planner().plan(catalog, reporting: &diagnostics)
    }

    @Test("Documentation: each type is on exactly one page", arguments: ["features", "hostile", "places", "names"])
    func eachTypeIsOnExactlyOnePage(golden: String) throws {
        let plan = try plan(golden)
        let pages = DocumentationEmitter(plan: plan).files()
        let links = pages.values.flatMap { page in
            page.split(separator: "\n").filter { $0.hasPrefix("- ``") }.map { String($0.dropFirst(4).dropLast(2)) }
        }
        let types = plan.modelFiles.flatMap(\.types).map(\.name.bare) + plan.groups.map(\.typeName.bare)
        #expect(Set(links).count == links.count)
        #expect(Set(types).isSubset(of: links))
        // The rest are the protocols of extended models and of unions.
        let protocols = Set(links).subtracting(types)
        #expect(protocols.allSatisfy { $0.hasSuffix("Fields") || $0.hasSuffix("Form") }, "\(protocols)")
    }

    @Test("Documentation: the page of a module names the server, if its calls do not go to an org")
    func otherServer() throws {
        var plan = try plan("features")
        let path = "Documentation.docc/\(plan.module.bare).md"
        #expect(DocumentationEmitter(plan: plan).files()[path]?.contains("Calls go to") == false)
        plan.server = "https://{team}.things.example.com"
        let page = try #require(DocumentationEmitter(plan: plan).files()[path])
        #expect(page.contains("\nCalls go to `https://{team}.things.example.com`, not to an org"))
    }

    @Test("Documentation: a page is recognized as generated, and a page of a person is not")
    func markOfPages() throws {
        let plan = try plan("features")
        for page in DocumentationEmitter(plan: plan).files().values {
            #expect(GeneratedText.isMarked(Array(page.utf8)))
            #expect(GeneratedText.isMarked(Array("<<<<<<< ours\n\(page)".utf8)))
        }
        #expect(!GeneratedText.isMarked(Array("# ``Okta``\n\nBy hand.\n".utf8)))
        #expect(!GeneratedText.isMarked(Array("# ".utf8)))
    }
}
