/// The output format of results.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// A table for people.
    case table
    /// A single JSON value: the object, or an array of all items.
    case json
    /// One JSON value per line.
    case ndjson
    /// Comma-separated values (RFC 4180).
    case csv
    /// YAML.
    case yaml
}

/// Options for showing results.
package struct OutputOptions: Sendable {
    /// The format; nil for a table on a terminal, and JSON otherwise.
    package var format: OutputFormat?
    /// The columns of tables and CSV, as paths; nil for those of the model.
    package var columns: [String]?
    /// The default columns of a command; nil for those of the model.
    package var usualColumns: [String]?
    /// Columns with names to type, which are never truncated.
    package var wholeColumns: Set<String> = []
    /// A JSONPath (RFC 9535) or a JSON Pointer that selects from each object.
    package var query: String?
    /// Conditions that items must meet.
    package var conditions: [String]
    /// Whether secrets in responses are shown on a terminal.
    package var showsSecrets: Bool
    /// Whether CSV values that a spreadsheet would interpret as formulas are escaped.
    package var guardsFormulas: Bool
    /// The member of each item that states its origin, and that a query keeps; nil for none.
    private(set) var leadingMember: String?

    package init(
        format: OutputFormat? = nil, columns: [String]? = nil, query: String? = nil, conditions: [String] = [],
        showsSecrets: Bool = false, guardsFormulas: Bool = false
    ) {
        self.format = format
        self.columns = columns
        self.query = query
        self.conditions = conditions
        self.showsSecrets = showsSecrets
        self.guardsFormulas = guardsFormulas
    }

    /// Returns the paths in a comma-separated list without surrounding spaces; nil if there are none.
    static func paths(_ text: String?) -> [String]? {
        let paths = (text ?? "").split(separator: ",").compactMap { part -> String? in
            guard let first = part.firstIndex(where: { $0 != " " }), let last = part.lastIndex(where: { $0 != " " })
            else { return nil }
            return String(part[first...last])
        }
        return paths.isEmpty ? nil : paths
    }
}

extension OutputOptions {
    /// Returns the options with a column before those that the user chose, also before the values of a query.
    package func led(by column: String) -> OutputOptions {
        var options = self
        options.leadingMember = column
        if let columns, !columns.contains(column) { options.columns = [column] + columns }
        return options
    }
}
