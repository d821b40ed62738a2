import OktaCatalog
import YAML

/// The categories of a plan as a Markdown table, for a document with two marker lines.
public struct CategoryTable: Sendable {
    /// The line before the table.
    public static let begin = "<!-- begin of the categories, written by `make generate` -->"
    /// The line after it.
    public static let end = "<!-- end of the categories -->"

    private let lines: [String]

    /// Creates the table of a plan, with a row per category.
    public init(plan: Plan) {
        let rows = plan.groups.map { group in (group: group, actions: group.listedFunctions.count) }
        let count = rows.reduce(0) { $0 + $1.actions }
        lines =
            [
                "\(count.counted("action")) in \(rows.count.counted("category", plural: "categories")):",
                "", "| Category | In Swift | Actions | Description |", "|---|---|---|---|",
            ]
            + rows.map { group, actions in
                let cells = [
                    Self.cell(group.category), "`okta.\(group.propertyName.bare)`", "\(actions)",
                    Self.cell(group.summary.hasSuffix(".") ? String(group.summary.dropLast()) : group.summary),
                ]
                return "| \(cells.joined(separator: " | ")) |"
            }
    }

    /// Creates the table of several modules, with a row per module so that it fits on a screen. The documentation page
    /// of each module has the table of its categories.
    ///
    /// - Parameter modules: The plans, each with the name of the API.
    public init(modules: [(plan: Plan, api: String)]) {
        if modules.count == 1, let plan = modules.first?.plan {
            self = CategoryTable(plan: plan)
            return
        }
        let counts = modules.map(\.plan).map { $0.groups.map { ($0.category, $0.listedFunctions.count) } }
        let count = counts.joined().reduce(0) { $0 + $1.1 }
        lines =
            [
                "\(count.counted("action")) in \(counts.joined().count.counted("category", plural: "categories")) of "
                    + "\(modules.count.counted("module")):",
                "", "| Module | API | Actions | Categories, each with its number of actions |", "|---|---|---|---|",
            ]
            + zip(modules, counts).map { module, counts in
                let cells = [
                    "`\(module.plan.module.bare)`", Self.cell(module.api),
                    "\(counts.reduce(0) { $0 + $1.1 })",
                    counts.map { "\(Self.cell($0)) \($1)" }.joined(separator: ", "),
                ]
                return "| \(cells.joined(separator: " | ")) |"
            }
    }

    /// Returns a document with this table inserted.
    ///
    /// - Parameter document: The document's bytes. Its line breaks are kept.
    /// - Returns: The document; nil if it does not have both markers in order.
    public func inserted(into document: [UInt8]) -> [UInt8]? {
        let all = document.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        func isLine(_ line: ArraySlice<UInt8>, _ text: String) -> Bool {
            (line.last == UInt8(ascii: "\r") ? line.dropLast() : line).elementsEqual(text.utf8)
        }
        guard let begin = all.firstIndex(where: { isLine($0, Self.begin) }),
            let end = all[begin...].firstIndex(where: { isLine($0, Self.end) })
        else { return nil }
        let lineEnd = all[begin].last == UInt8(ascii: "\r") ? "\r" : ""
        let table = lines.map { Array("\($0)\(lineEnd)".utf8)[...] }
        return Array((all[...begin] + table + all[end...]).joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Returns a text as one cell that ends neither the cell nor the table.
    private static func cell(_ text: String) -> String {
        text.escaping { scalar in
            switch scalar {
            case "|": "\\|"
            case "<": "&lt;"
            case "\\": "\\\\"
            default: scalar.properties.isWhitespace || scalar.value < 0x20 ? " " : nil
            }
        }
    }
}
