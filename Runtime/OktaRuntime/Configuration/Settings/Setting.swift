/// The text of a setting, which may be a secret and which nothing prints, and where it was made.
public struct Setting: Sendable, Hashable {
    /// The text as it was given.
    public let text: String

    /// Where it was made.
    public let source: SettingSource

    /// Creates a setting; one of the program's own unless told otherwise.
    public init(_ text: String, source: SettingSource = .code) {
        self.text = text
        self.source = source
    }
}

extension Setting: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The source; never the text.
    public var description: String { "<redacted> from \(source)" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the source alone.
    public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
