import Foundation
import Okta
import Testing

/// What the README says of the code is so.
@Suite struct ReadmeTests {
    private let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func text(of path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func theExampleIsTheOneThatIsCompiled() throws {
        let source = try text(of: "Tests/OktaTests/Readme/ReadmeExample.swift")
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0.hasSuffix("// README begin") })
        let end = try #require(lines.firstIndex { $0.hasSuffix("// README end") })
        let example = lines[(begin + 1)..<end].map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }
            .joined(separator: "\n")
        #expect(try text(of: "README.md").contains(example))
    }

    @Test func theTableOfCategoriesIsTheRegistrys() throws {
        let rows = try text(of: "README.md").split(separator: "\n").filter { $0.contains("| `okta.") }
        let found = rows.map { row in
            row.split(separator: "|").prefix(3).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        var expected: [[String]] = []
        for action in ActionRegistry.okta.actions where expected.last?.first != action.category {
            let count = ActionRegistry.okta.actions.count { $0.category == action.category }
            let group = action.swiftName.prefix { $0 != "." }
            expected.append([action.category, "`okta.\(group)`", "\(count)"])
        }
        #expect(found == expected)
    }
}
