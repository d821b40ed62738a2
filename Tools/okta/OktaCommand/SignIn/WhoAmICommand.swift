#if CommandLine
package import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// `okta whoami`: org, identity, roles and scopes, and what actions require in addition.
package struct WhoAmICommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta whoami", abstract: "Shows org, identity, roles and scopes, and which scope an action lacks.",
        discussion: "With --can, the exit code is 4 when a scope is missing.")

    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.")
    var org: String?

    @Option(
        name: .customLong("can"),
        help: ArgumentHelp(
            "Say whether the scopes permit an action, such as \"user list-users\"; may be repeated.",
            valueName: "action"))
    var actions: [String] = []

    @OptionGroup
    var shown: ShownOptions

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        context.output.endWithReader()
        let asked = try actions.map(Self.action)
        let target = try OrgSelection(name: org).target(context)
        let credentials = try target.credentials()
        let verdicts = asked.map { ScopeVerdict($0, credentials) }
        let identity = Identity(client: try target.client(), credentials: credentials, notices: context.notices)
        var members: [(String, JSON)] = [("profile", JSON(target.name))]
        members += try await identity.members()
        members.append(("scopes", credentials.scopes.map { JSON($0.sorted().map { JSON($0) }) } ?? .null))
        if !verdicts.isEmpty { members.append(("can", JSON(verdicts.map(\.json)))) }
        var writer = try ResultWriter(
            shown.options(columns: [
                "profile", "org.name", "org.url", "identity.name", "credentials", "roles", "scopes",
            ]),
            model: nil, module: .management, isList: false, output: context.output)
        try writer.write(JSON(members: members))
        try writer.finish()
        let refused = verdicts.filter { !$0.isAllowed }
        guard refused.isEmpty else {
            throw CommandFailure(.authorization, refused.map(\.sentence).joined(separator: "\n"))
        }
    }

    private static func action(_ text: String) throws(CommandFailure) -> CommandAction {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 2 else {
            throw .usage("--can takes a category and an action, such as \"user list-users\"")
        }
        return try CommandCatalog.all.category(words[0]).action(words[1])
    }
}

/// Whether credentials permit an action, as far as scopes and the kind of token determine it.
package struct ScopeVerdict: Sendable {
    private let name: String
    /// The scopes of which one is required; empty if none is missing.
    package let missing: [String]
    private let reason: String?

    package init(_ action: CommandAction, _ credentials: OrgTarget.Credentials) {
        name = "\(action.category) \(action.name)"
        let descriptor = action.descriptor
        switch descriptor.authorization {
        case .anonymous, .client:
            (missing, reason) = ([], nil)
        case .apiToken where credentials.isOAuth:
            (missing, reason) = ([], "it accepts API tokens only")
        case .oauth2 where !credentials.isOAuth:
            (missing, reason) = (descriptor.scopes, "it accepts OAuth 2.0 access tokens only")
        default:
            guard credentials.isOAuth, !descriptor.scopes.isEmpty else {
                (missing, reason) = ([], nil)
                return
            }
            guard let scopes = credentials.scopes else {
                (missing, reason) = (descriptor.scopes, "the scopes of the access token are not known")
                return
            }
            let permits = descriptor.scopes.contains { Self.permits(Set(scopes), $0) }
            missing = permits ? [] : descriptor.scopes
            reason = permits ? nil : "the scope \(descriptor.scopes.joined(separator: " or ")) is missing"
        }
    }

    /// Whether scopes and token permit the action. Roles may still prevent it, which only the org knows.
    package var isAllowed: Bool { reason == nil }

    /// The verdict as a sentence.
    package var sentence: String { "\(name): \(reason ?? "permitted")" }

    var json: JSON {
        var members: [(String, JSON)] = [("action", JSON(name)), ("allowed", JSON(isAllowed))]
        if !missing.isEmpty { members.append(("missing", JSON(missing.map { JSON($0) }))) }
        if let reason { members.append(("reason", JSON(reason))) }
        return JSON(members: members)
    }

    /// Returns whether granted scopes include a scope. A `manage` scope includes the `read` scope.
    private static func permits(_ granted: Set<String>, _ scope: String) -> Bool {
        if granted.contains(scope) { return true }
        return scope.hasSuffix(".read") && granted.contains(scope.dropLast(".read".count) + ".manage")
    }
}

/// The identity of the caller in the org.
private struct Identity: Sendable {
    let client: OktaClient
    let credentials: OrgTarget.Credentials
    let notices: TextOutput

    func members() async throws(CommandFailure) -> [(String, JSON)] {
        let organization = try await read("/api/v1/org", "the org's settings")
        var org: [(String, JSON)] = [("url", JSON(client.configuration.orgURL))]
        for (name, member) in [("id", "id"), ("name", "companyName"), ("subdomain", "subdomain")] {
            if let value = organization?[member] { org.append((name, value)) }
        }
        var members: [(String, JSON)] = [("org", JSON(members: org))]
        var rolesPath: RequestPath?
        switch credentials {
        case .app(let id, _):
            members += [
                ("credentials", JSON(credentials.kind)),
                ("identity", ["kind": "app", "id": JSON(id), "name": JSON(id)]),
            ]
            rolesPath = "/oauth2/v1/clients/\(id)/roles"
        default:
            let me = try await read("/api/v1/users/me", "the person")
            let id = me?[string: "id"]
            let name = me?["profile"]?[string: "login"]
            members += [
                ("credentials", JSON(credentials.kind)),
                (
                    "identity",
                    me == nil
                        ? .null
                        : ["kind": "user", "id": id.map { JSON($0) } ?? .null, "name": name.map { JSON($0) } ?? .null]
                ),
            ]
            if let id { rolesPath = "/api/v1/users/\(id)/roles" }
        }
        var roles: JSON = .null
        if let rolesPath, let found = try await read(rolesPath, "the roles")?.elements {
            roles = JSON(found.map { $0["type"] ?? $0["label"] ?? .null })
        }
        members.append(("roles", roles))
        return members
    }

    /// Reads something about the caller; prints a notice and returns nil if that is not permitted.
    private func read(_ path: RequestPath, _ what: String) async throws(CommandFailure) -> JSON? {
        do {
            return try await client.request(.get, path).json()
        } catch {
            if case .api(let failure) = error, [403, 404].contains(failure.status.code) {
                let needed =
                    failure.requiredScopes.isEmpty
                    ? CatalogModule.management.registry.action(method: .get, path: path.encoded)?.scopes ?? []
                    : failure.requiredScopes
                let scopes = credentials.isOAuth ? needed.joined(separator: " or ") : ""
                notices.print("\(what) cannot be read" + (scopes.isEmpty ? "" : ": the scope \(scopes) is missing"))
                return nil
            }
            throw CommandFailure(error)
        }
    }
}
#endif
