/// Where the rows of a set come from: the value of `--for`.
package enum SetSource: Sendable, Hashable {
    /// The objects of a list that meet a search expression.
    case search(String)
    /// The objects of a list that meet a filter expression.
    case filter(String)
    /// What a group has: its members, for actions on users.
    case group(String)
    /// What an app has: the users assigned to it, for actions on users.
    case app(String)
    /// A file of ids, one a line, or of JSON objects; `-` for the standard input.
    case file(String)
    /// A file of comma-separated values, and the column that identifies the object; nil for `id`.
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
            // The path may contain colons; the column is what stands behind the last one.
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

    /// Whether the org lists the rows.
    package var isList: Bool {
        switch self {
        case .search, .filter, .group, .app: true
        case .file, .csv: false
        }
    }

    /// The file that it reads; nil for lists.
    package var path: String? {
        switch self {
        case .file(let path), .csv(let path, _): path
        default: nil
        }
    }

    /// The same set with a path that does not depend on the working directory.
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
            "'\(text)' is no set",
            advice: "A set is search:EXPRESSION, filter:EXPRESSION, group:NAME, app:NAME, file:PATH, csv:PATH:COLUMN, "
                + "or - for ids or objects on the standard input.")
    }
}
