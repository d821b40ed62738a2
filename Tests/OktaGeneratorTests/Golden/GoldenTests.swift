import Foundation
import OktaCatalog
import OktaGenerator
import Testing
import YAML

@Suite(.longCalculation) struct GoldenTests {
    @Test("Golden: the base of all cases has no errors") func baseIsSound() {
        let (output, diagnostics) = GoldenCase(name: "base", isOverlay: false).run()
        #expect(output != nil)
        #expect(diagnostics.isEmpty)
    }

    @Test("Golden: each faulty catalog has the expected errors", arguments: GoldenCase.errors)
    func diagnosticsAreAsExpected(_ golden: GoldenCase) throws {
        let diagnostics = golden.run().diagnostics
        #expect(
            try diagnostics == GoldenCase.expected(at: "\(golden.path)/expected.txt", updatingTo: diagnostics))
        // A case is named after its rule.
        let rule = golden.name.split(separator: "/").last.map(String.init) ?? ""
        if rule != "several" { #expect(diagnostics.contains("[\(rule)]")) }
    }

    @Test("Golden: catalogs that do not fit together have the expected errors", arguments: GoldenCase.sets)
    func diagnosticsOfSetsAreAsExpected(_ golden: GoldenCase) throws {
        let set = golden.set()
        var found = Diagnostics()
        #expect(Generation().run(set, reporting: &found) == nil)
        let diagnostics = DiagnosticRenderer(files: set.files).render(found.sorted)
        #expect(
            try diagnostics == GoldenCase.expected(at: "\(golden.path)/expected.txt", updatingTo: diagnostics))
        // Every catalog is valid without the others.
        for member in set.members {
            var own = Diagnostics()
            #expect(Generation().run(member.folder, reporting: &own) != nil && own.all.isEmpty)
        }
        let rule = golden.name.split(separator: "/").last.map(String.init) ?? ""
        #expect(Set(found.all.map(\.rule)) == [rule])
    }

    @Test("Golden: the output of each catalog is the expected one", arguments: GoldenCase.outputs)
    func outputIsAsExpected(_ golden: GoldenCase) throws {
        let (result, diagnostics) = golden.run()
        let output = try #require(result, "\(diagnostics)")
        try check(output.library, in: "\(golden.path)/expected")
        // Output for tests is compiled in its own folder.
        let support = "\(golden.path)/support/Generated"
        if FileManager.default.fileExists(atPath: support) { try check(output.testSupport, in: support) }
    }

    private func check(_ files: FileSet, in folder: String) throws {
        if GoldenCase.isUpdating { _ = try FolderWriter(root: folder).apply(files) }
        let findings = try GeneratedCheck().compare(files, withFolder: folder)
        #expect(
            findings.isEmpty,
            "\(findings.map { "\($0.kind) \($0.path)\n\($0.difference ?? "")" }.joined(separator: "\n"))")
    }

    @Test("Golden: every rule in the generator's sources has a case") func everyRuleHasACase() throws {
        let generator = URL(fileURLWithPath: GoldenCase.root).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Generator").path
        var rules: Set<String> = []
        for case let name as String in try #require(FileManager.default.enumerator(atPath: generator))
        where name.hasSuffix(".swift") {
            let text = String(
                decoding: try #require(FileManager.default.contents(atPath: "\(generator)/\(name)")), as: UTF8.self)
            for match in text.matches(of: /rule: "([a-z-]+)"/) { rules.insert(String(match.1)) }
            for match in text.matches(of: /\.duplicate\("([a-z]+)"/) { rules.insert("duplicate-\(match.1)") }
        }
        #expect(rules.count > 40)
        // These rules apply to whole files and have separate tests. Running out of memory cannot be tested.
        rules.subtract([
            "yaml-size", "yaml-memory", "file-unreadable", "unknown-service",
            "not-openapi", "baseline", "traffic-unreadable",
            "unwritable-change",
            // Rules for Okta's document, not for the catalog.
            "json-size", "json-depth", "json-duplicate-key", "openapi-version", "openapi-form", "unknown-schema-type",
            "external-reference", "unresolved-reference", "circular-reference", "schema-as-json", "unheld-fact",
            // Rules for files of sentences.
            "sentence-key", "unknown-sentence",
        ])
        let cases = Set(
            GoldenCase.errors.map { String($0.name.dropFirst("errors/".count)) }
                + GoldenCase.sets.map { String($0.name.dropFirst("sets/".count)) })
        #expect(rules.subtracting(cases).isEmpty)
        #expect(cases.subtracting(rules) == ["several"])
    }
}
