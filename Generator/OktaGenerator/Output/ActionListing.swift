import OktaCatalog
import YAML

/// The actions of a plan as a table, for people and for scripts.
public struct ActionListing: Sendable {
    /// A form of the table.
    public enum Format: String, Sendable, CaseIterable {
        /// Columns of text, separated by tabs.
        case text
        /// A JSON array of objects.
        case json
        /// A Markdown table.
        case markdown
    }

    private struct Row {
        var category: String
        var action: String
        var swiftName: String
        var method: String
        var path: String
        var scopes: [String]
        var lifecycle: String
    }

    private let rows: [Row]

    /// Creates the table of a plan.
    public init(plan: Plan) {
        rows = plan.groups.flatMap { group in
            var seen: Set<ExactText> = []
            return group.functions.filter { seen.insert(text: $0.action.name) }.map { function in
                let action = function.action
                return Row(
                    category: group.category, action: action.name,
                    swiftName: "\(group.propertyName.bare).\(function.swiftName.bare)",
                    method: action.operation?.method.rawValue ?? "any",
                    path: action.operation?.path ?? "any",
                    scopes: action.scopes,
                    lifecycle: action.isDeprecated ? "deprecated" : action.lifecycle.rawValue)
            }
        }
    }

    /// The table in a format, ended by a line feed.
    public func text(_ format: Format) -> String {
        switch format {
        case .text:
            rows.map { row in
                [
                    row.category, row.action, row.swiftName, row.method, row.path, row.scopes.joined(separator: " "),
                    row.lifecycle,
                ]
                .map(flat).joined(separator: "\t") + "\n"
            }.joined()
        case .json: "[\n" + rows.map { json($0).text }.joined(separator: ",\n") + "\n]\n"
        case .markdown:
            "| Category | Action | Swift | Request | Scopes | Lifecycle |\n|---|---|---|---|---|---|\n"
                + rows.map { row in
                    let cells = [
                        row.category, row.action, "`\(row.swiftName)`", "`\(row.method) \(row.path)`",
                        row.scopes.map { "`\($0)`" }.joined(separator: " "), row.lifecycle,
                    ]
                    return "| " + cells.map { flat($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
                }.joined()
        }
    }

    private func flat(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    private func json(_ row: Row) -> JSONText {
        let scopes: JSONText = row.scopes.map(JSONText.string).joined(separator: ", ")
        return """
              {"category": \(JSONText.string(row.category)), "action": \(JSONText.string(row.action)), \
            "swiftName": \(JSONText.string(row.swiftName)), "method": \(JSONText.string(row.method)), \
            "path": \(JSONText.string(row.path)), "scopes": [\(scopes)], "lifecycle": \(JSONText.string(row.lifecycle))}
            """
    }
}
