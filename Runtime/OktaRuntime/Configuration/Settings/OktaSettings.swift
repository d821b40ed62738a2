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

    /// Unrecognized names that look like settings, with their sources; most are misspelt.
    public private(set) var unrecognized: [String] = []

    /// Variables of other programs that hold values for these settings.
    private(set) var unread = UnreadVariables()

    /// Creates empty settings.
    public init(group: OktaSettings.Group = .client) {
        self.group = group
    }

    /// A setting; `nil` when it is not set.
    public subscript(name: OktaSettings.Key) -> OktaSettings.Value? {
        get { settings[name] }
        set { settings[name] = newValue }
    }

    /// Sets a setting in code; `nil` removes it.
    public mutating func set(_ name: OktaSettings.Key, to text: String?) {
        settings[name] = text.map { OktaSettings.Value($0) }
    }

    /// Records an unrecognized name.
    ///
    /// - Parameter name: The name with its source; no value.
    public mutating func note(unrecognized name: String) {
        unrecognized.append(name)
    }

    /// Records a variable that is not a setting here but may be one of another program.
    mutating func note(unread variable: String) {
        unread.note(variable)
    }

    /// Only the settings with these names.
    public func only(_ names: Set<OktaSettings.Key>) -> OktaSettings {
        var chosen = OktaSettings(group: group)
        chosen.settings = settings.filter { names.contains($0.key) }
        return chosen
    }

    /// These settings, overridden by those of a source with higher precedence. The result keeps the group of these
    /// settings.
    public func overridden(by stronger: OktaSettings) -> OktaSettings {
        var merged = stronger
        merged.settings.merge(settings) { strong, _ in strong }
        merged.unrecognized = unrecognized + stronger.unrecognized
        merged.unread.add(unread)
        return merged
    }
}

extension OktaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the settings with their sources; no values.
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
