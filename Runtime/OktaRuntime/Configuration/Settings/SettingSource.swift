/// Where a setting was made, so that an error can name the place.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum SettingSource: Sendable, Hashable, CustomStringConvertible {
    /// In the program.
    case code
    /// In an environment variable.
    case variable(String)
    /// In a file, at a line and a column counted from 1.
    case file(path: String, line: Int, column: Int)

    /// The variable's name, or file, line and column.
    public var description: String {
        switch self {
        case .code: "the program"
        case .variable(let name): name
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        }
    }
}
