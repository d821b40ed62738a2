#if CommandLine
package import ArgumentParser
internal import OktaRuntime

/// `okta orgs list|verify|map|default`: the configured orgs.
package struct OrgsCommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta orgs", abstract: "Lists, tests and maps the orgs that the program knows.",
        subcommands: [OrgsListCommand.self, OrgsVerifyCommand.self, OrgsMapCommand.self, OrgsDefaultCommand.self])

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        throw CommandFailure.usage(
            "okta orgs needs a command: list, verify, map or default", advice: "`okta help orgs` explains them.")
    }
}

struct OrgsListCommand: ContextCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the orgs; sends no call.")

    @OptionGroup var shown: ShownOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        let known = try KnownOrgs(context)
        let standard = try? known.standard()
        var writer = try ResultWriter(
            shown.options(columns: ["name", "url", "credentials", "default", "origin"]), model: nil,
            module: .management, isList: true, output: context.output)
        for target in try known.listed() {
            let isDefault = standard.map { target.isSame(as: $0) } ?? false
            try writer.write(
                JSON(members: [
                    ("name", JSON(target.name)), ("url", JSON(target.url)),
                    ("credentials", JSON(Self.kind(of: target))), ("default", JSON(isDefault)),
                    ("origin", JSON("\(target.origin)")), ("tenants", JSON(target.tenants.map { JSON($0) })),
                ]))
        }
        try writer.finish()
    }

    private static func kind(of target: OrgTarget) -> String {
        do throws(CommandFailure) {
            return try target.credentials().kind
        } catch {
            return error.exitCode == .authorization ? "missing" : "invalid"
        }
    }
}

struct OrgsVerifyCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Tests host, network and credentials of every org.")

    @OptionGroup var shown: ShownOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        let targets = try KnownOrgs(context).listed()
        guard !targets.isEmpty else { throw KnownOrgs.none }
        try await Self.verify(targets, shown, context)
    }

    /// Tests all orgs, even if one fails.
    static func verify(_ targets: [OrgTarget], _ shown: ShownOptions, _ context: ProgramContext) async throws {
        var writer = try ResultWriter(
            shown.options(columns: ["org", "url", "connected", "result"]), model: nil, module: .management,
            isList: true, output: context.output)
        context.output.endWithReader()
        let checks = await targets.concurrently(atOnce: 8) { target -> (code: ExitCode, result: String) in
            do throws(CommandFailure) {
                let check = await (try target.client()).verifyConnection()
                if let failure = CommandFailure(check) { throw failure }
                return (.done, "\(check)")
            } catch {
                return (error.exitCode, error.line)
            }
        }
        try Task.checkCancellation()
        for (target, check) in zip(targets, checks) {
            try writer.write(
                JSON(members: [
                    ("org", JSON(target.name)), ("url", JSON(target.url)), ("connected", JSON(check.code == .done)),
                    ("result", JSON(check.result)),
                ]))
        }
        try writer.finish()
        let codes = checks.map(\.code).filter { $0 != .done }
        guard let first = codes.first else { return }
        let isOfAll = codes.count == targets.count && codes.allSatisfy { $0 == first }
        throw CommandFailure(
            isOfAll ? first : .partlyDone,
            "\(codes.count) of \(targets.count) orgs cannot be reached or refuse the credentials")
    }
}

struct OrgsMapCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Shows which org belongs to each tenant, or sets the tenants of an org.",
        discussion: """
            Without options, shows the map of names and tenants as the library's OktaOrganizations uses it.
            `okta orgs map --org acme --tenants t1,t2` sets those of a profile; a tenant belongs to one org.
            """)

    @Option(help: "The profile whose tenants are set.") var org: String?
    @Option(help: ArgumentHelp("Its tenants, separated by commas; empty for none.", valueName: "ids")) var tenants:
        String?
    @Option(help: ArgumentHelp("Show only the org of this tenant.", valueName: "id")) var tenant: String?
    @OptionGroup var shown: ShownOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        if let tenants {
            guard let org else { throw CommandFailure.usage("--tenants needs --org") }
            let list = tenants.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
            try await ProfileFile.change(context) { file throws(CommandFailure) in
                guard var profile = file[org] else {
                    throw .usage("there is no profile '\(org)'", advice: "`okta orgs list` lists them.")
                }
                profile.tenants = list
                try file.set(profile, isDefault: false)
                _ = try Self.pairs(file.profiles.map { ($0.name, $0.settings[.orgURL]?.text ?? "", $0.tenants) })
            }
        }
        var pairs = try Self.pairs(KnownOrgs(context).all().map { ($0.name, $0.url, $0.tenants) })
        if tenants == nil, let org { pairs.removeAll { $0.org != org } }
        if let tenant {
            pairs.removeAll { $0.tenant != tenant }
            guard !pairs.isEmpty else {
                throw CommandFailure.usage(
                    "tenant \(tenant) belongs to no org", advice: "`okta orgs map --org NAME --tenants …` adds it.")
            }
        }
        var writer = try ResultWriter(
            shown.options(columns: ["tenant", "org", "url"]), model: nil, module: .management, isList: true,
            output: context.output)
        for pair in pairs {
            try writer.write(
                JSON(members: [
                    ("tenant", pair.tenant.map { JSON($0) } ?? .null), ("org", JSON(pair.org)), ("url", JSON(pair.url)),
                ]))
        }
        try writer.finish()
    }

    /// Returns a row for each tenant, and one for an org without tenants.
    private static func pairs(
        _ orgs: [(name: String, url: String, tenants: [String])]
    ) throws(CommandFailure) -> [(tenant: String?, org: String, url: String)] {
        var owners: [String: String] = [:]
        var pairs: [(tenant: String?, org: String, url: String)] = []
        for org in orgs {
            if org.tenants.isEmpty { pairs.append((nil, org.name, org.url)) }
            for tenant in org.tenants {
                if let other = owners.updateValue(org.name, forKey: tenant) {
                    throw .usage(
                        "tenant \(tenant) is given for \(other) and for \(org.name)",
                        advice: "A tenant belongs to one org.")
                }
                pairs.append((tenant, org.name, org.url))
            }
        }
        return pairs
    }
}

struct OrgsDefaultCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "default", abstract: "Makes a profile the default org.")

    @Argument(help: "The name of the profile.") var name: String

    init() {}

    func run(_ context: ProgramContext) async throws {
        let name = name
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            guard let profile = file[name] else {
                throw .usage("there is no profile '\(name)'", advice: "`okta orgs list` lists them.")
            }
            try file.set(profile, isDefault: true)
        }
        context.notices.print("\(name) is the default org.")
    }
}
#endif
