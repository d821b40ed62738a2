import Foundation
import OktaGenerator
import Testing

@testable import okta_generator

@Suite struct CategoryTableTests {
    private let table: CategoryTable
    private let folder: TemporaryFolder

    init() throws {
        table = CategoryTable(plan: try #require(GoldenCase.outputs[0].run().output).plan)
        folder = try TemporaryFolder()
    }

    private func inserted(into document: String) -> String? {
        table.inserted(into: Array(document.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private let place = "\(CategoryTable.begin)\n\(CategoryTable.end)\n"

    @Test("Table: is written between its two markers, and the rest of the file stays")
    func replacesItsPlaceOnly() throws {
        let first = try #require(inserted(into: "# Title\n\n\(place)\nMore\n"))
        #expect(first.hasPrefix("# Title\n\n\(CategoryTable.begin)\n"))
        #expect(first.hasSuffix("|\n\(CategoryTable.end)\n\nMore\n"))
        #expect(first.contains("\n| User | `okta.user` | "))
        #expect(inserted(into: first) == first)
        let stale = first.replacing("\n| User |", with: "\n| Old | x |\n| User |")
        #expect(inserted(into: stale) == first)
    }

    @Test("Table: keeps line endings and bytes that are not UTF-8")
    func keepsBytes() throws {
        let document = Array("\u{FEFF}a\r\n\(place.replacing("\n", with: "\r\n"))".utf8) + [0xFF, 0x0D]
        let result = try #require(table.inserted(into: document))
        #expect(result.starts(with: Array("\u{FEFF}a\r\n".utf8)) && result.suffix(2) == [0xFF, 0x0D])
        let lines = result.split(separator: UInt8(ascii: "\n")).dropLast()
        #expect(lines.count > 5 && lines.allSatisfy { $0.last == UInt8(ascii: "\r") })
    }

    @Test(
        "Table: is not written if its markers are incomplete",
        arguments: ["", "text", CategoryTable.begin, CategoryTable.end, "\(CategoryTable.end)\n\(CategoryTable.begin)"])
    func needsItsPlace(_ document: String) {
        #expect(inserted(into: document) == nil)
    }

    private func run(_ command: String) -> Program.End {
        Program.run([
            command, "--spec", "\(GoldenCase.outputs[0].path)/spec", "--output", "\(folder.path)/Generated",
            "--test-support", "none", "--readme", "\(folder.path)/README.md",
        ])
    }

    @Test("Table: generate writes it, and check reports an outdated one")
    func commandsKeepIt() throws {
        try folder.write("# Title\n\n\(place)", to: "README.md")
        #expect(run("generate").code == 0)
        #expect(run("check").code == 0)
        let text = try #require(folder.text(of: "README.md"))
        try folder.write(text.replacing("| User |", with: "| Person |"), to: "README.md")
        #expect(run("check").code == 1)
        #expect(run("generate").code == 0)
        #expect(folder.text(of: "README.md") == text)
    }

    @Test("Table: reports a document without markers, and writes nothing")
    func aMissingPlaceIsNamed() throws {
        for command in ["generate", "check"] {
            #expect(run(command).code == 2)
            try folder.write("# Title\n", to: "README.md")
            let end = run(command)
            #expect(end.code == 2 && end.message?.contains(CategoryTable.begin) == true)
        }
        #expect(folder.texts == ["README.md": "# Title\n"])
    }
}
