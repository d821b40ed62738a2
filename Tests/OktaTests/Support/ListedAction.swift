import Foundation
import Testing

/// A row of the list of actions that the package guarantees: category, name, method and path.
struct ListedAction: Sendable, Hashable, CustomStringConvertible {
    let category: String
    let name: String
    let method: String
    let path: String

    var description: String { "\(category) / \(name): \(method) \(path)" }

    /// The generic request has no fixed method and path.
    var isGeneric: Bool { path.isEmpty }

    /// The rows of `Fixtures/actions.tsv`.
    static func all() throws -> [ListedAction] {
        let url = try #require(
            Bundle.module.url(forResource: "actions", withExtension: "tsv", subdirectory: "Fixtures"))
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(cells.count == 4, "\(line)")
            return ListedAction(category: cells[0], name: cells[1], method: cells[2], path: cells[3])
        }
    }

    /// The path with `p0`, `p1`… instead of its placeholders.
    var samplePath: String {
        var index = -1
        return path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.hasPrefix("{") else { return String(segment) }
            index += 1
            return "p\(index)"
        }.joined(separator: "/")
    }
}
