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
