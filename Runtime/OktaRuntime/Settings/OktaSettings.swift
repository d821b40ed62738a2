/// Settings with their sources, from which a configuration is created.
///
/// ```swift
/// var settings = try OktaSettings.fromEnvironment()
/// settings.set(.userAgent, to: "backup-tool/1.4")
/// let configuration = try OktaConfiguration(settings: settings)
/// ```
///
/// Precedence: code, then environment variables, then a file, which the module `OktaSettingsFile` reads.
public struct OktaSettings: Sendable, Hashable {
    /// The group of the settings.
    public let group: OktaSettings.Group

    private var settings: [OktaSettings.Key: OktaSettings.Value] = [:]

    /// Unrecognized names that look like settings, with their sources. Most are misspelled.
    public private(set) var unrecognized: [String] = []

    /// Variables of other programs that may contain values for these settings.
    private(set) var unread = UnreadVariables()

    /// Creates empty settings.
    public init(group: OktaSettings.Group = .client) {
        self.group = group
    }

    /// A setting; `nil` if it is not set.
    public subscript(name: OktaSettings.Key) -> OktaSettings.Value? {
        get { settings[name] }
        set { settings[name] = newValue }
    }

    /// Sets a setting in code, or removes it if the text is `nil`.
    public mutating func set(_ name: OktaSettings.Key, to text: String?) {
        settings[name] = text.map { OktaSettings.Value($0) }
    }

    /// Records an unrecognized name.
    ///
    /// - Parameter name: The name with its source, without the value.
    public mutating func note(unrecognized name: String) {
        unrecognized.append(name)
    }

    /// Records a variable that is not a setting but may belong to another program.
    mutating func note(unread variable: String) {
        unread.note(variable)
    }

    /// Returns only the settings with the given names.
    public func filtered(to names: Set<OktaSettings.Key>) -> OktaSettings {
        var chosen = OktaSettings(group: group)
        chosen.settings = settings.filter { names.contains($0.key) }
        return chosen
    }

    /// Returns these settings, overridden by those of a source with higher precedence. The result has the group of that
    /// source.
    public func overridden(by stronger: OktaSettings) -> OktaSettings {
        var merged = stronger
        merged.settings.merge(settings) { strong, _ in strong }
        merged.unrecognized = unrecognized + stronger.unrecognized
        merged.unread.add(unread)
        return merged
    }
}

extension OktaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the settings with their sources, without values.
    public var description: String {
        let made = OktaSettings.Key.allCases.compactMap { name in
            settings[name].map { "\(name.rawValue) from \($0.source)" }
        }
        return "OktaSettings(\(made.joined(separator: ", ")))"
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without values.
    public var customMirror: Mirror { Mirror(self, children: ["settings": description]) }
}

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

/// Collects the problems of several settings, so that one error reports them all.
package struct SettingProblems {
    private var failures: [OktaError.ConfigurationFailure] = []

    package init() {}

    /// Reads one setting.
    ///
    /// - Returns: The value; `nil` if the setting is invalid or missing, which is recorded.
    /// - Throws: Any error other than ``OktaError/configuration(_:)``.
    package mutating func collect<Value>(_ read: () throws(OktaError) -> Value) throws(OktaError) -> Value? {
        do throws(OktaError) {
            return try read()
        } catch {
            guard case .configuration(let failure) = error else { throw error }
            failures += failure.parts.isEmpty ? [failure] : failure.parts
            return nil
        }
    }

    /// Throws the recorded problems, if any.
    package func check() throws(OktaError) {
        guard let first = failures.first else { return }
        throw .configuration(failures.count == 1 ? first : OktaError.ConfigurationFailure(parts: failures))
    }

    /// Throws the recorded problems, or unwraps a value that exists if there are none.
    package func require<Value>(_ value: Value?) throws(OktaError) -> Value {
        try check()
        guard let value else { throw .configuration(.init(message: "a setting is missing")) }
        return value
    }
}

extension OktaError.ConfigurationFailure {
    /// Joins several failures into one.
    fileprivate init(parts: [OktaError.ConfigurationFailure]) {
        let lines = parts.map { "\n- \($0.description)" }.joined()
        self.init(message: "\(parts.count) settings are missing or invalid:\(lines)")
        self.parts = parts
    }
}
