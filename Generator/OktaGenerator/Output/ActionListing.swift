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

    /// The selection of actions to list. Empty lists select all.
    public struct Selection: Sendable {
        /// Categories, in any case.
        public var categories: [String]
        /// Lifecycle stages, such as `ea`, and `deprecated`.
        public var lifecycles: [String]
        /// Scopes.
        public var scopes: [String]

        /// Creates a selection.
        public init(categories: [String] = [], lifecycles: [String] = [], scopes: [String] = []) {
            (self.categories, self.lifecycles, self.scopes) = (categories, lifecycles, scopes)
        }

        fileprivate func contains(_ row: Row) -> Bool {
            (categories.isEmpty || categories.contains { $0.lowercased() == row.category.lowercased() })
                && (lifecycles.isEmpty || lifecycles.contains(row.lifecycle))
                && (scopes.isEmpty || scopes.contains { row.scopes.contains($0) })
        }
    }

    fileprivate struct Row {
        var service: String
        var category: String
        var action: String
        var swiftName: String
        var method: String
        var path: String
        var scopes: [String]
        var lifecycle: String
        var authorization: String
        var hostPrefix: String
    }

    private let rows: [Row]
    /// Whether the service is a column of the text and Markdown formats. JSON always includes it.
    private let showsService: Bool

    /// Creates the table of a plan.
    public init(plan: Plan) {
        (rows, showsService) = (Self.rows(of: plan, service: plan.module.bare), false)
    }

    /// Creates the table of several plans with the names of their services.
    public init(services: [(name: String, plan: Plan)], selecting selection: Selection = Selection()) {
        rows = services.flatMap { Self.rows(of: $0.plan, service: $0.name) }.filter(selection.contains)
        showsService = services.count > 1
    }

    /// Returns the first category or scope of a selection that no action of the table has, in words.
    package func unknown(in selection: Selection) -> String? {
        let categories = Set(rows.map { $0.category.lowercased() })
        if let category = selection.categories.first(where: { !categories.contains($0.lowercased()) }) {
            return "category `\(category)`"
        }
        let scopes = Set(rows.flatMap(\.scopes))
        return selection.scopes.first { !scopes.contains($0) }.map { "scope `\($0)`" }
    }

    private static func rows(of plan: Plan, service: String) -> [Row] {
        plan.groups.flatMap { group in
            group.listedFunctions.map { function in
                let action = function.action
                return Row(
                    service: service, category: group.category, action: action.name,
                    swiftName: "\(group.propertyName.bare).\(function.swiftName.bare)",
                    method: action.operation?.method.rawValue ?? "any",
                    path: action.operation?.path ?? "any",
                    scopes: action.scopes,
                    lifecycle: action.isDeprecated ? "deprecated" : action.lifecycle.rawValue,
                    authorization: action.authorization?.rawValue ?? "token", hostPrefix: action.hostPrefix ?? "")
            }
        }
    }

    /// Returns the table in a format, ended by a line feed.
    public func text(_ format: Format) -> String {
        switch format {
        case .text:
            rows.map { row in
                ((showsService ? [row.service] : []) + [
                    row.category, row.action, row.swiftName, row.method, row.path, row.scopes.joined(separator: " "),
                    row.lifecycle, row.authorization, row.hostPrefix,
                ])
                .map(flat).joined(separator: "\t") + "\n"
            }.joined()
        case .json: "[\n" + rows.map { json($0).text }.joined(separator: ",\n") + "\n]\n"
        case .markdown:
            (showsService ? "| Service " : "")
                + "| Category | Action | Swift | Request | Scopes | Lifecycle |\n"
                + "\(String(repeating: "|---", count: showsService ? 7 : 6))|\n"
                + rows.map { row in
                    let cells =
                        (showsService ? [row.service] : []) + [
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
              {"service": \(JSONText.string(row.service)), "category": \(JSONText.string(row.category)), "action": \(JSONText.string(row.action)), \
            "swiftName": \(JSONText.string(row.swiftName)), "method": \(JSONText.string(row.method)), \
            "path": \(JSONText.string(row.path)), "scopes": [\(scopes)], "lifecycle": \(JSONText.string(row.lifecycle)), \
            "authorization": \(JSONText.string(row.authorization)), "hostPrefix": \(JSONText.string(row.hostPrefix))}
            """
    }
}
