#if CommandLine
package import ArgumentParser
internal import OktaRuntime

/// `okta login`: adds an org, or signs in to one again.
package struct LoginCommand: ContextCommand {
    package static let configuration = CommandConfiguration(
        commandName: "okta login", abstract: "Adds an org, or signs in to one again.",
        discussion: """
            Without a way to sign in, the device grant is used: the command shows an address and a code to type there.
            The connection is tested before anything is stored.
            """)

    @Argument(help: "The org's URL, such as https://acme.okta.com; that of the profile if omitted.")
    var url: String?

    @Option(help: "The name of the profile; the first part of the host if omitted.")
    var org: String?

    @Flag(help: "With an API token, which is asked for, or read from the standard input.")
    var token = false

    @Option(help: ArgumentHelp("As an app, with the private key in a file (PEM or JWK).", valueName: "file"))
    var privateKey: String?

    @Option(help: ArgumentHelp("The key's id, if the file does not contain it.", valueName: "kid"))
    var keyID: String?

    @Flag(help: "In a browser on this machine: authorization code with PKCE.")
    var browser = false

    @Flag(help: "With a code that is typed on another device.")
    var device = false

    @Option(
        name: .customLong("client-id"), help: ArgumentHelp("The app to sign in to, or to sign in as.", valueName: "id"))
    var clientID: String?

    @Option(help: ArgumentHelp("The scopes, separated by spaces or commas.", valueName: "scopes"))
    var scopes: String?

    @Option(help: ArgumentHelp("The loopback port of --browser; 0 for a free one.", valueName: "port"))
    var port = 8765

    @Option(help: ArgumentHelp("The login to fill in.", valueName: "login"))
    var loginHint: String?

    @Flag(name: .customLong("default"), help: "Make it the default org.")
    var isDefault = false

    @Flag(help: "Store the secret in a file (0600), even if there is a keyring.")
    var noKeyring = false

    package init() {}

    package func run(_ context: ProgramContext) async throws {
        guard [token, privateKey != nil, browser, device].filter({ $0 }).count <= 1 else {
            throw CommandFailure.usage("--token, --private-key, --browser and --device exclude each other")
        }
        guard (0...65535).contains(port) else { throw CommandFailure.usage("--port takes a number up to 65535") }
        let before = try previous(context)
        guard let given = url ?? before?.settings[.orgURL]?.text else {
            throw CommandFailure.usage(
                "the org's URL is missing", advice: "Give it, such as `okta login https://acme.okta.com`.")
        }
        let orgURL = try checked(given)
        let name = org ?? before?.name ?? Self.name(for: orgURL)
        try ProfileFile.check(name: name)
        let login = Login(
            name: name, orgURL: orgURL, previous: before, isDefault: isDefault,
            place: noKeyring ? .file : .keyring, context: context)
        if token {
            try await login.withToken(SecretPrompt.ask("API token of \(orgURL): ", context))
        } else if let privateKey {
            try await login.asApp(
                clientID: required(clientID ?? before?.settings[.clientID]?.text),
                scopes: requiredScopes(before), keyFile: privateKey, keyID: keyID)
        } else {
            guard browser || device || context.input.isTerminal else {
                throw CommandFailure.usage(
                    "no sign-in method is given, and there is no terminal",
                    advice: "Add --token with the token on the standard input, --private-key, --device or --browser.")
            }
            let app = try SignInApp(
                orgURL: orgURL, clientID: try required(clientID ?? before?.settings[.clientID]?.text),
                scopes: list(scopes ?? before?.settings[.scopes]?.text) ?? SignInApp.usualScopes, loginHint: loginHint,
                caBundlePath: context.caBundlePath)
            try await login.asPerson(app, port: browser ? port : nil)
        }
    }

    /// Returns the failure for arguments that contain the token.
    ///
    /// - Parameter message: The argument parser's message, which would repeat the token.
    static func misplacedToken(_ arguments: [String], _ message: String) -> CommandFailure? {
        let isAttached = arguments.contains { $0.hasPrefix("--token=") }
        guard isAttached || (arguments.contains("--token") && message.lowercased().contains("unexpected argument"))
        else {
            return nil
        }
        return .usage(
            "--token takes no value: others on this machine see arguments, and the shell's history keeps them",
            advice: "The token is asked for, or read from the standard input. Revoke one that was in the arguments.")
    }

    private func previous(_ context: ProgramContext) throws -> ProfileFile.Profile? {
        let file = try ProfileFile(context)
        if let org { return file[org] }
        return url == nil ? file.profiles.first : nil
    }

    private func checked(_ url: String) throws -> String {
        do { return try OktaConfiguration(orgURL: url, authorization: .bearer("unused")).orgURL } catch {
            throw CommandFailure(error)
        }
    }

    private func required(_ clientID: String?) throws -> String {
        guard let clientID else {
            throw CommandFailure.usage(
                "--client-id is missing",
                advice: privateKey == nil
                    ? "Create a native OIDC app in the Admin Console with the grants Device Authorization and Refresh "
                        + "Token, and give its client id. `okta login --token` needs no app."
                    : "Give the client id of the API Services app that has the key.")
        }
        return clientID
    }

    private func requiredScopes(_ before: ProfileFile.Profile?) throws -> [String] {
        guard let list = list(scopes ?? before?.settings[.scopes]?.text) else {
            throw CommandFailure.usage("--scopes is missing", advice: "Give the scopes, such as \"okta.users.read\".")
        }
        return list
    }

    private func list(_ text: String?) -> [String]? {
        let list = text?.split { $0.isWhitespace || $0 == "," }.map(String.init) ?? []
        return list.isEmpty ? nil : list
    }

    /// Returns a profile name for an org: the first label of an Okta host, or the whole host.
    static func name(for orgURL: String) -> String {
        let start = orgURL.firstRange(of: "://")?.upperBound ?? orgURL.startIndex
        let host = orgURL[start...].prefix { $0 != ":" && $0 != "/" && $0 != "[" }
        if host.isEmpty || host == "localhost" || host.allSatisfy({ $0.isNumber || $0 == "." }) { return "local" }
        let domain = OktaDomains.all.map { ".\($0)" }.first(where: host.hasSuffix)
        if let domain { return String(host.dropLast(domain.count)) }
        return String(host)
    }
}
#endif
