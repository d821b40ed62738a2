import Foundation
import OktaGenerator
import Testing

@Suite struct ActionListingTests {
    private func listing(_ index: Int) throws -> ActionListing {
        ActionListing(plan: try #require(GoldenCase.outputs[index].run().output).plan)
    }

    @Test("Action list: the text format has a column for each fact") func textHasAColumnForEachFact() throws {
        let lines = try listing(0).text(.text).split(separator: "\n")
        #expect(
            lines.first
                == "User\tList Users\tuser.listUsers\tGET\t/api/v1/users\texample.users.read example.users.manage\tga\ttoken\t"
        )
        #expect(lines.count == 20)
        #expect(lines.contains { $0.hasSuffix("deprecated\ttoken\t") })
        #expect(lines.contains { $0.hasSuffix("ga\tapiToken\tdrapp") })
    }

    @Test("Action list: the JSON format is valid JSON", arguments: [0, 1])
    func jsonIsJSON(_ index: Int) throws {
        struct Row: Decodable {
            var category, action, swiftName, method, path, lifecycle, authorization, hostPrefix: String
            var scopes: [String]
        }
        let text = try listing(index).text(.json)
        let rows = try JSONDecoder().decode([Row].self, from: Data(text.utf8))
        #expect(rows.count == (index == 0 ? 20 : 5))
    }

    @Test("Action list: the Markdown format keeps each row on one line") func markdownKeepsRowsOnALine() throws {
        let lines = try listing(1).text(.markdown).split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") })
    }
}
