/// Settings as they were given, each with its source; a configuration is made of them.
///
/// ```swift
/// var settings = try OktaSettings.fromEnvironment()
/// settings.set(.userAgent, to: "backup-tool/1.4")
/// let configuration = try OktaConfiguration(settings: settings)
/// ```
///
/// What is said in the program goes before environment variables, and these before a file, which the module
/// `OktaSettingsFile` reads.
public struct OktaSettings: Sendable, Hashable {
    /// Where the settings belong.
    public let group: OktaSettings.Group

    private var settings: [OktaSettings.Key: OktaSettings.Value] = [:]

    /// Names that look like settings and are none, with their sources: misspelt ones, for the most part.
    public private(set) var unrecognized: [String] = []

    /// Variables of other programs that hold what settings here would.
    private(set) var unread = UnreadVariables()

    /// Creates settings of which none is made.
    public init(group: OktaSettings.Group = .client) {
        self.group = group
    }

    /// A setting; `nil` when it is not made.
    public subscript(name: OktaSettings.Key) -> OktaSettings.Value? {
        get { settings[name] }
        set { settings[name] = newValue }
    }

    /// Makes a setting in the program; `nil` takes it back.
    public mutating func set(_ name: OktaSettings.Key, to text: String?) {
        settings[name] = text.map { OktaSettings.Value($0) }
    }

    /// Notes a name that is no setting.
    ///
    /// - Parameter name: The name with its place; no value.
    public mutating func note(unrecognized name: String) {
        unrecognized.append(name)
    }

    /// Notes a variable that is no setting here, though another program may use it for one.
    mutating func note(unread variable: String) {
        unread.note(variable)
    }

    /// The settings of these names alone.
    public func only(_ names: Set<OktaSettings.Key>) -> OktaSettings {
        var chosen = OktaSettings(group: group)
        chosen.settings = settings.filter { names.contains($0.key) }
        return chosen
    }

    /// These settings, with those of a source that goes before them in their place; the result belongs where those do.
    public func overridden(by stronger: OktaSettings) -> OktaSettings {
        var merged = stronger
        merged.settings.merge(settings) { strong, _ in strong }
        merged.unrecognized = unrecognized + stronger.unrecognized
        merged.unread.add(unread)
        return merged
    }
}

extension OktaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Which settings are made, and where; no values.
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
