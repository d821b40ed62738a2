import Foundation
import Okta
import Testing

@testable import OktaRuntime

/// The README matches the code.
@Suite struct ReadmeTests {
    private let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func text(of path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test("README: its retry table is the one that the client uses")
    func repetitionsAreTheTables() throws {
        #expect(try text(of: "README.md").contains("\n\n\(RetryRule.documentation)\n\n"), "\(RetryRule.documentation)")
    }

    @Test("README: its table of categories matches the registry; `make generate` writes it")
    func theTableOfCategoriesIsTheRegistrys() throws {
        let lines = try text(of: "README.md").split(separator: "\n")
        func cells(_ row: Substring) -> [String] {
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        var expected: [[String]] = []
        for action in ActionRegistry.okta.actions where expected.last?.first != action.category {
            let count = ActionRegistry.okta.actions.count { $0.category == action.category }
            let group = action.swiftName.prefix { $0 != "." }
            expected.append([action.category, "`okta.\(group)`", "\(count)"])
        }
        let count = ActionRegistry.okta.actions.count
        let advice: Comment = "run `make generate`, which writes the table, and commit README.md too"
        // With several modules, the table has a row for each.
        if let row = lines.first(where: { $0.hasPrefix("| `Okta` |") }) {
            let categories = expected.map { "\($0[0]) \($0[2])" }.joined(separator: ", ")
            #expect(Array(cells(row).dropFirst(2)) == ["\(count)", categories], advice)
            return
        }
        let found = lines.filter { $0.contains("| `okta.") }.map { Array(cells($0).prefix(3)) }
        #expect(found == expected, advice)
        #expect(lines.contains("\(count) actions in \(expected.count) categories:"))
    }
}
