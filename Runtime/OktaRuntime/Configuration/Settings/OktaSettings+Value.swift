extension OktaSettings {
    /// The text of a setting and its source. The text may be a secret, so it is never printed.
    public struct Value: Sendable, Hashable {
        /// The text as given.
        public let text: String

        /// The source.
        public let source: OktaSettings.Source

        /// Creates a setting. The source defaults to the program's code.
        public init(_ text: String, source: OktaSettings.Source = .code) {
            self.text = text
            self.source = source
        }
    }
}

extension OktaSettings.Value: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The source; never the text.
    public var description: String { "<redacted> from \(source)" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the source only.
    public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}

extension OktaSettings {
    /// The source of a setting, for errors.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// The program's code.
        case code
        /// An environment variable.
        case variable(String)
        /// A file, with a line and a column counted from 1.
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
}
