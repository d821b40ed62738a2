package import OktaRuntime
internal import OktaSettingsFile

/// The org of a command.
///
/// Precedence: the given name, the variables `OKTA_CLIENT_…`, an `okta.yaml` in the working directory or in `~/.okta`,
/// and the default profile of `okta login`.
package struct OrgSelection: Sendable, Hashable {
    /// The name of a profile, or of an org in an `okta.yaml`; nil for the default one.
    package var name: String?
    /// Whether the command runs on every org.
    package var all: Bool

    package init(name: String? = nil, all: Bool = false) {
        self.name = name
        self.all = all
    }

    /// Returns the client of the selected org.
    package func client(_ context: ProgramContext) throws(CommandFailure) -> OktaClient {
        try target(context).client()
    }

    /// Returns the selected org.
    package func target(_ context: ProgramContext) throws(CommandFailure) -> OrgTarget {
        guard !all else {
            throw .usage("this command runs on one org", advice: "Leave out --all-orgs, or name one with --org.")
        }
        let known = try KnownOrgs(context)
        if let name { return try known.named(name) }
        return try known.standard()
    }

    /// Returns the orgs of a command: all with `--all-orgs`, otherwise the selected one.
    package func targets(_ context: ProgramContext) throws(CommandFailure) -> [OrgTarget] {
        guard all else { return [try target(context)] }
        guard name == nil else {
            throw .usage("--org and --all-orgs exclude each other", advice: "Leave out one of them.")
        }
        let known = try KnownOrgs(context)
        let targets = try known.all()
        guard !targets.isEmpty else { throw known.hasUnnamedOrg ? KnownOrgs.onlyUnnamed : KnownOrgs.none }
        return targets
    }
}

/// The orgs that the program knows: its profiles, and those of an `okta.yaml`.
package struct KnownOrgs: Sendable {
    private let context: ProgramContext
    /// An invalid profile file only matters to a command that needs it.
    private let profileFile: Result<ProfileFile, CommandFailure>
    private let file: SettingsFile?
    private let variables: OktaSettings

    package init(_ context: ProgramContext) throws(CommandFailure) {
        self.context = context
        do throws(CommandFailure) { profileFile = .success(try ProfileFile(context)) } catch {
            profileFile = .failure(error)
        }
        do throws(OktaError) {
            variables = try OktaSettings(environment: context.environment)
            file = try SettingsFileLocator(
                workingDirectory: context.workingDirectory, environment: context.environment
            ).file()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Returns all orgs with a name. A profile hides an org of the file with the same name.
    package func all() throws(CommandFailure) -> [OrgTarget] {
        var targets: [OrgTarget] = []
        let profiles = try profileFile.get()
        for profile in profiles.profiles { targets.append(try target(profile)) }
        for org in file?.organizations ?? [] where profiles[org.name] == nil { targets.append(try target(org)) }
        return targets
    }

    /// Returns all orgs, first the default one if it has no name, as that of the variables.
    package func listed() throws(CommandFailure) -> [OrgTarget] {
        let targets = try all()
        guard let standard = try? standard(), !targets.contains(where: { $0.isSame(as: standard) }) else {
            return targets
        }
        return [standard] + targets
    }

    /// Returns the org with a name.
    package func named(_ name: String) throws(CommandFailure) -> OrgTarget {
        let profiles = try profileFile.get()
        if let profile = profiles[name] { return try target(profile) }
        if let org = file?.organizations.first(where: { $0.name == name }) { return try target(org) }
        let names = profiles.profiles.map(\.name) + (file?.organizations.map(\.name) ?? [])
        guard !names.isEmpty else {
            throw .usage("there is no org '\(name)'", advice: "Run `okta login --org \(name)` to add it.")
        }
        throw .usage(
            "there is no org '\(name)'",
            advice: "Known orgs: \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? ", …" : ""). "
                + "`okta login --org \(name)` adds another one.")
    }

    /// Returns the default org.
    package func standard() throws(CommandFailure) -> OrgTarget {
        if Self.namesClient(variables) {
            let settings = (file?.client ?? OktaSettings()).overridden(by: variables)
            if let profile = profile(completing: settings) { return try target(profile) }
            return OrgTarget(name: Self.host(of: settings), origin: .variables, settings: settings, context: context)
        }
        if let file, Self.namesClient(file.client) {
            let settings = file.client.overridden(by: variables)
            if let profile = profile(completing: settings) { return try target(profile) }
            return OrgTarget(
                name: Self.host(of: file.client), origin: .file(file.path), settings: settings, context: context)
        }
        if let first = try profileFile.get().profiles.first { return try target(first) }
        if let file, !file.organizations.isEmpty {
            let names = file.organizations.prefix(8).map(\.name).joined(separator: ", ")
            throw .usage("\(file.path) has several orgs", advice: "Name one with --org: \(names).")
        }
        throw Self.none
    }

    /// Returns the first profile of the org in settings without credentials.
    private func profile(completing settings: OktaSettings) -> ProfileFile.Profile? {
        guard settings[.token] == nil, settings[.privateKey] == nil, let origin = Self.origin(of: settings) else {
            return nil
        }
        return try? profileFile.get().profiles.first { Self.origin(of: $0.settings) == origin }
    }

    /// Returns the normalized URL of the org; nil if it is missing or invalid.
    private static func origin(of settings: OktaSettings) -> String? {
        guard let url = settings[.orgURL]?.text else { return nil }
        return try? OktaConfiguration(orgURL: url, authorization: .bearer("unused")).orgURL
    }

    /// Whether the variables or a file have an org without a name.
    var hasUnnamedOrg: Bool { Self.namesClient(variables) || (file.map { Self.namesClient($0.client) } ?? false) }

    /// The failure of `--all-orgs` if the only org has no name.
    static var onlyUnnamed: CommandFailure {
        .usage(
            "--all-orgs needs profiles, and there are none",
            advice: "Leave it out for the org of the variables or of okta.yaml. `okta login` adds a profile.")
    }

    /// The failure if no org is configured.
    static var none: CommandFailure {
        .usage(
            "no org is known",
            advice: "Run `okta login https://acme.okta.com`, or set OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.")
    }

    private func target(_ profile: ProfileFile.Profile) throws(CommandFailure) -> OrgTarget {
        OrgTarget(
            name: profile.name, origin: .profile, tenants: profile.tenants,
            settings: try completed(profile.settings), context: context)
    }

    private func target(_ org: OrganizationSettings) throws(CommandFailure) -> OrgTarget {
        OrgTarget(
            name: org.name, origin: .file(file?.path ?? ""), tenants: org.tenants,
            settings: try completed(org.settings), context: context)
    }

    /// Returns the settings of an org with overrides from `OKTA_ORGS_NAME_…`, over the common connection settings.
    private func completed(_ settings: OktaSettings) throws(CommandFailure) -> OktaSettings {
        do throws(OktaError) {
            let own = try OktaSettings(environment: context.environment, group: settings.group)
            return variables.filtered(to: Self.ofConnection).overridden(by: settings).overridden(by: own)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Returns whether settings contain an org or credentials, and not only connection settings.
    private static func namesClient(_ settings: OktaSettings) -> Bool {
        [OktaSettings.Key.orgURL, .token, .privateKey].contains { settings[$0] != nil }
    }

    /// The settings that do not depend on the org and its credentials.
    private static let ofConnection: Set<OktaSettings.Key> = [
        .connectionTimeout, .requestTimeout, .userAgent, .proxyHost, .proxyPort, .proxyUsername, .proxyPassword,
        .maximumRetries,
    ]

    private static func host(of settings: OktaSettings) -> String {
        let url = settings[.orgURL]?.text ?? ""
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        return String(url[start...].prefix { $0 != "/" })
    }
}
