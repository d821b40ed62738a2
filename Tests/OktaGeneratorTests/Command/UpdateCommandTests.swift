import ArgumentParser
import Foundation
import OktaGenerator
import Testing

@testable import okta_generator

/// `okta-generator update` on files: it writes all files or none.
@Suite(.longCalculation) struct UpdateCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: "\(UpdateCase.path)/spec", toPath: "\(folder.path)/spec")
        try folder.write("# Changelog\n\n## Unreleased\n\n## 1.0.0\n", to: "CHANGELOG.md")
    }

    private func run(release: Int, changelog: String? = nil) throws {
        var command = try OktaGeneratorCommand.parseAsRoot([
            "update", "--spec", "\(folder.path)/spec", "--upstream", "\(UpdateCase.path)/release-\(release).yaml",
            "--changelog", changelog ?? "\(folder.path)/CHANGELOG.md",
        ])
        try command.run()
    }

    private var texts: [String: String] { folder.texts }

    @Test("Update command: writes the expected files, and a second run changes nothing")
    func filesAreAsExpectedAndASecondRunLeavesThem() throws {
        try run(release: 3)
        let expected = TemporaryFolder.texts(at: "\(UpdateCase.path)/expected-3")
        let written = texts
        for (path, text) in expected where path != "CHANGELOG.md" { #expect(written["spec/\(path)"] == text) }
        #expect(written["CHANGELOG.md"]?.contains("### Facts of Okta's document 3") == true)
        try run(release: 3)
        #expect(texts == written)
    }

    @Test("Update command: writes nothing when the changelog cannot be read")
    func writesNothingWhenChangelogCannotBeRead()
        throws
    {
        let before = texts
        #expect(throws: InputFailure.self) { try run(release: 3, changelog: "\(folder.path)/nowhere.md") }
        #expect(texts == before)
    }

    @Test("Update command: does not write to an invalid catalog") func aBrokenCatalogIsNotWrittenTo() throws {
        try folder.write("category: User\nsummary: x\nactions: 7\n", to: "spec/actions/user.yaml")
        let before = texts
        #expect(throws: ExitCode(2)) { try run(release: 3) }
        #expect(texts == before)
    }
}
