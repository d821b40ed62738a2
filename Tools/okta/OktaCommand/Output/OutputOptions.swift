/// The form of results.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// Columns for people.
    case table
    /// One JSON value: the object, or an array of all items.
    case json
    /// One JSON value a line.
    case ndjson
    /// Comma-separated values (RFC 4180).
    case csv
    /// YAML.
    case yaml
}

/// How results are shown.
package struct OutputOptions: Sendable {
    /// The form; nil for a table on a terminal, and JSON otherwise.
    package var format: OutputFormat?
    /// The columns of tables and CSV, as paths; nil to choose them per model.
    package var columns: [String]?
    /// The columns that a command has where none are given; nil for those of the model.
    package var usualColumns: [String]?
    /// Columns with names to type, which are never cut.
    package var wholeColumns: Set<String> = []
    /// A JSONPath (RFC 9535) or a JSON Pointer that selects from each object.
    package var query: String?
    /// Conditions that a row must meet.
    package var conditions: [String]
    /// Whether secrets in answers are shown on a terminal.
    package var showsSecrets: Bool
    /// Whether values of CSV that a spreadsheet would take for a formula are made harmless.
    package var guardsFormulas: Bool

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

    /// The paths of a list with commas, as the command line has them. Blanks around them do not count; a list without a
    /// path chooses nothing.
    static func paths(_ text: String?) -> [String]? {
        let paths = (text ?? "").split(separator: ",").compactMap { part -> String? in
            guard let first = part.firstIndex(where: { $0 != " " }), let last = part.lastIndex(where: { $0 != " " })
            else { return nil }
            return String(part[first...last])
        }
        return paths.isEmpty ? nil : paths
    }
}
