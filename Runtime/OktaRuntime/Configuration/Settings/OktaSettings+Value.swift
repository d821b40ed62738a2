extension OktaSettings {
    /// The text of a setting, which may be a secret and which nothing prints, and where it was made.
    public struct Value: Sendable, Hashable {
        /// The text as it was given.
        public let text: String

        /// Where it was made.
        public let source: OktaSettings.Source

        /// Creates a setting; one of the program's own unless told otherwise.
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

    /// A mirror of the source alone.
    public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}

extension OktaSettings {
    /// Where a setting was made, so that an error can name the place.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Source: Sendable, Hashable, CustomStringConvertible {
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
}
