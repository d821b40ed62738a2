/// The source of a set's rows: the value of `--for`.
package enum SetSource: Sendable, Hashable {
    /// The objects of a list that match a search expression.
    case search(String)
    /// The objects of a list that match a filter expression.
    case filter(String)
    /// The members of a group, for actions on users.
    case group(String)
    /// The users assigned to an app, for actions on users.
    case app(String)
    /// A file of ids, one per line, or of JSON objects; `-` is standard input.
    case file(String)
    /// A CSV file, and the column that identifies the object; nil for `id`.
    case csv(path: String, column: String?)

    /// Parses the value.
    package init(_ text: String) throws(CommandFailure) {
        if text == "-" {
            self = .file("-")
            return
        }
        guard let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex else {
            throw Self.unknown(text)
        }
        let value = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "search": self = .search(value)
        case "filter": self = .filter(value)
        case "group": self = .group(value)
        case "app": self = .app(value)
        case "file": self = .file(value)
        case "csv":
            // The path may contain colons; the column follows the last one.
            if let last = value.lastIndex(of: ":"), last > value.startIndex,
                case let column = value[value.index(after: last)...], !column.contains("/")
            {
                self = .csv(path: String(value[..<last]), column: column.isEmpty ? nil : String(column))
            } else {
                self = .csv(path: value, column: nil)
            }
        default: throw Self.unknown(text)
        }
    }

    /// Whether the rows are a list of the org.
    package var isList: Bool {
        switch self {
        case .search, .filter, .group, .app: true
        case .file, .csv: false
        }
    }

    /// The path of the file; nil for lists.
    package var path: String? {
        switch self {
        case .file(let path), .csv(let path, _): path
        default: nil
        }
    }

    /// Returns the set with an absolute path.
    package func withAbsolutePath(_ context: ProgramContext) -> SetSource {
        func absolute(_ path: String) -> String {
            path == "-" || path.hasPrefix("/") ? path : "\(context.workingDirectory)/\(path)"
        }
        switch self {
        case .file(let path): return .file(absolute(path))
        case .csv(let path, let column): return .csv(path: absolute(path), column: column)
        default: return self
        }
    }

    /// The text that ``init(_:)`` parses.
    package var text: String {
        switch self {
        case .search(let expression): "search:\(expression)"
        case .filter(let expression): "filter:\(expression)"
        case .group(let name): "group:\(name)"
        case .app(let name): "app:\(name)"
        case .file(let path): path == "-" ? "-" : "file:\(path)"
        case .csv(let path, let column): "csv:\(path)" + (column.map { ":\($0)" } ?? "")
        }
    }

    private static func unknown(_ text: String) -> CommandFailure {
        .usage(
            "'\(text)' is not a set",
            advice: "A set is search:EXPRESSION, filter:EXPRESSION, group:NAME, app:NAME, file:PATH, csv:PATH:COLUMN, "
                + "or - for ids or objects on the standard input.")
    }
}
