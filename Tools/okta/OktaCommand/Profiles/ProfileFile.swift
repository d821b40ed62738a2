#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime
internal import OktaSettingsFile
internal import Synchronization

/// The file of profiles, `okta.yaml` in the user's settings folder, in the library's format.
///
/// The first profile is the default one.
package struct ProfileFile: Sendable {
    /// The profile of an org.
    package struct Profile: Sendable, Hashable {
        /// The name of the profile.
        package var name: String
        /// The URL, the credentials and all other settings.
        package var settings: OktaSettings
        /// The ids of the org's tenants in the user's program.
        package var tenants: [String]

        package init(name: String, settings: OktaSettings? = nil, tenants: [String] = []) {
            self.name = name
            self.settings = settings ?? OktaSettings(group: .organization(named: name))
            self.tenants = tenants
        }
    }

    /// The path of the file.
    package let path: String
    /// The profiles, default first.
    package private(set) var profiles: [Profile] = []
    /// Settings of `okta.client`, which users may add by hand. They are kept.
    private var client = OktaSettings()

    /// Reads the file. A missing or empty file has no profiles.
    package init(_ context: ProgramContext) throws(CommandFailure) {
        path = try context.settingsFolder() + "/okta.yaml"
        let stored = PrivateFile(path)
        guard let bytes = try stored.read(), bytes.contains(where: { $0 > 0x20 }) else { return }
        do {
            let file = try SettingsFile(path: path, text: String(decoding: bytes, as: UTF8.self))
            client = file.client
            profiles = file.organizations.map { Profile(name: $0.name, settings: $0.settings, tenants: $0.tenants) }
        } catch {
            throw CommandFailure(error)
        }
        if stored.isOpenToOthers, ([client] + profiles.map(\.settings)).contains(where: Self.hasSecret) {
            Self.warn(context, path)
        }
    }

    /// Returns whether settings contain a secret. The path of a key is none.
    private static func hasSecret(_ settings: OktaSettings) -> Bool {
        settings[.token] != nil || settings[.proxyPassword] != nil
            || settings[.privateKey]?.text.contains("PRIVATE KEY") ?? false
    }

    private static let warned = Mutex<Set<String>>([])

    /// Warns once per command that other users can read the secrets.
    private static func warn(_ context: ProgramContext, _ path: String) {
        guard warned.withLock({ $0.insert(path).inserted }) else { return }
        context.notices.print("okta: other users can read the secrets in \(path); run `chmod 600 '\(path)'`")
        context.notices.flush()
    }

    package subscript(name: String) -> Profile? { profiles.first { $0.name == name } }

    /// Adds a profile, or replaces the one with its name.
    ///
    /// - Parameter isDefault: Whether it becomes the default profile.
    package mutating func set(_ profile: Profile, isDefault: Bool) throws(CommandFailure) {
        try Self.check(name: profile.name)
        let variables = profile.settings.group.variablePrefix
        if let other = profiles.first(where: {
            $0.name != profile.name && $0.settings.group.variablePrefix == variables
        }) {
            throw .usage(
                "the profiles \(other.name) and \(profile.name) would have the same environment variables",
                advice: "Choose another name.")
        }
        let index = profiles.firstIndex { $0.name == profile.name }
        if let index, !isDefault {
            profiles[index] = profile
        } else {
            if let index { profiles.remove(at: index) }
            profiles.insert(profile, at: isDefault ? 0 : profiles.count)
        }
    }

    /// Removes a profile.
    ///
    /// - Returns: Whether it existed.
    package mutating func remove(_ name: String) -> Bool {
        let count = profiles.count
        profiles.removeAll { $0.name == name }
        return profiles.count < count
    }

    /// Writes the file, readable only by its owner.
    package func write() throws(CommandFailure) {
        try PrivateFile(path).write(Array(text.utf8))
    }

    /// Changes the file under a lock, so that concurrent logins do not overwrite each other.
    package static func change(
        _ context: ProgramContext, _ change: (inout ProfileFile) throws(CommandFailure) -> Void
    ) async throws(CommandFailure) {
        let lock = try await FileLock.wait(try context.settingsFolder() + "/okta.yaml.lock")
        defer { withExtendedLifetime(lock) {} }
        var file = try ProfileFile(context)
        try change(&file)
        try file.write()
    }

    /// Throws for an invalid profile name.
    package static func check(name: String) throws(CommandFailure) {
        guard let first = name.first, first.isLetter || first.isNumber,
            name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
        else {
            throw .usage("'\(name)' is not a profile name", advice: "Use letters, digits, -, _ and dots.")
        }
    }

    // MARK: Text

    private var text: String {
        var lines = ["# Written by `okta login`. Values may be changed by hand; comments are not kept.", "okta:"]
        let common = Self.lines(of: client, indent: "    ")
        if !common.isEmpty { lines += ["  client:"] + common }
        // A key without a value would not be a mapping.
        lines.append(profiles.isEmpty ? "  orgs: {}" : "  orgs:")
        for profile in profiles {
            lines.append("    \(Self.quoted(profile.name)):")
            lines += Self.lines(of: profile.settings, indent: "      ")
            if !profile.tenants.isEmpty {
                lines.append("      tenants: [\(profile.tenants.map(Self.quoted).joined(separator: ", "))]")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of settings: OktaSettings, indent: String) -> [String] {
        OktaSettings.Key.allCases.compactMap { key in
            settings[key].map { "\(indent)\(key.rawValue): \(quoted($0.text))" }
        }
    }

    /// Returns a text in JSON form, which YAML reads as the same text.
    private static func quoted(_ text: String) -> String { JSON(text).text }
}
