#if CommandLine
internal import Dispatch
internal import OktaOAuth
internal import OktaRuntime

/// Tests the credentials of an org and stores them as a profile.
struct Login: Sendable {
    let name: String
    let orgURL: String
    /// The profile to replace.
    let previous: ProfileFile.Profile?
    let isDefault: Bool
    let place: SecretStore.Place
    let context: ProgramContext

    func withToken(_ token: String) async throws(CommandFailure) {
        var settings = settings(.apiToken)
        settings.set(.token, to: token)
        try await test(settings)
        let secrets = try SecretStore(context)
        // Without a keyring the token is stored in the file of profiles, which the library also reads.
        let isInKeyring = place == .keyring && secrets.hasKeyring
        if isInKeyring {
            if try secrets.write(token, of: name, to: .keyring) == .keyring {
                settings.set(.token, to: nil)
            } else {
                try secrets.remove(name)
            }
        } else {
            try secrets.remove(name)
        }
        try await store(settings)
    }

    func asApp(
        clientID: String, scopes: [String], keyFile: String, keyID: String?
    ) async throws(CommandFailure) {
        var settings = settings(.privateKey)
        settings.set(.clientID, to: clientID)
        settings.set(.scopes, to: scopes.joined(separator: " "))
        let path =
            keyFile.hasPrefix("/") || keyFile.hasPrefix("~/") ? keyFile : "\(context.workingDirectory)/\(keyFile)"
        settings.set(.privateKey, to: path)
        settings.set(.keyID, to: keyID)
        try await test(settings)
        try SecretStore(context).remove(name)
        try await store(settings)
    }

    /// Signs in a user.
    ///
    /// - Parameter port: The loopback port for a browser; nil for the device grant.
    func asPerson(_ app: SignInApp, port: Int?) async throws(CommandFailure) {
        let notices = context.notices
        let tokens: SignInTokens
        if let port {
            let receiver = try LoopbackReceiver(port: port)
            notices.print(
                "Waiting for the browser on \(receiver.redirectURI), which the app must have as a redirect URI.")
            tokens = try await BrowserSignIn(app, receiver: receiver).tokens { address in
                notices.print("Open this address to sign in:\n  \(address)")
                notices.flush()
                BrowserOpener(context).open(address)
            }
        } else {
            tokens = try await DeviceSignIn(app).tokens { invitation in
                notices.print("To sign in, open \(invitation.address) and type the code \(invitation.userCode)")
                if let address = invitation.completeAddress { notices.print("or open \(address)") }
                notices.flush()
            }
        }
        var settings = settings(.bearer)
        try await test(settings, with: tokens)
        settings.set(.clientID, to: app.clientID)
        settings.set(.scopes, to: app.scopes.joined(separator: " "))
        let secrets = try SecretStore(context)
        // Another process may be refreshing the tokens of the previous sign-in.
        let lock = try await FileLock.wait(secrets.lockPath(name))
        try secrets.write(tokens.stored, of: name, to: place)
        withExtendedLifetime(lock) {}
        try await store(settings)
        let granted = tokens.scopes
        let denied = app.scopes.filter { $0.hasPrefix("okta.") && !granted.contains($0) }
        if !granted.isEmpty, !denied.isEmpty {
            notices.print(
                "Not granted: \(denied.joined(separator: ", ")). An admin grants scopes to the app under Okta API Scopes, and "
                    + "the person's admin roles limit them.")
        }
        if tokens.refreshToken == nil {
            notices.print("The sign-in ends at \(tokens.expiry.json.string ?? ""): offline_access was not granted.")
        }
    }

    /// Returns empty settings for an authorization mode. Settings that users added to the profile by hand are kept.
    private func settings(_ mode: OktaSettings.AuthorizationMode) -> OktaSettings {
        var settings = previous?.settings ?? OktaSettings(group: .organization(named: name))
        for key in [OktaSettings.Key.token, .clientID, .scopes, .privateKey, .keyID] { settings.set(key, to: nil) }
        settings.set(.orgURL, to: orgURL)
        settings.set(.authorizationMode, to: mode.rawValue)
        return settings
    }

    /// Tests the credentials.
    ///
    /// - Parameter tokens: The tokens of a sign-in; nil for the credentials in the settings.
    private func test(_ settings: OktaSettings, with tokens: SignInTokens? = nil) async throws(CommandFailure) {
        let check: ConnectionCheck
        do throws(OktaError) {
            var configuration =
                if let tokens {
                    try OktaConfiguration(
                        settings: settings,
                        authorization: SignInAuthorization(profile: name, orgURL: orgURL, tokens: tokens, store: nil))
                } else {
                    try OktaConfiguration.withOAuth(settings, environment: context.environment)
                }
            configuration.caBundlePath = context.caBundlePath
            OrgUse.note(name)
            check = await (try OktaClient(configuration: configuration)).verifyConnection()
        } catch {
            throw CommandFailure(error)
        }
        if let failure = CommandFailure(check) {
            let advice = [failure.advice, "Nothing was stored."].compactMap(\.self).joined(separator: "\n")
            throw CommandFailure(failure.exitCode, failure.message, advice: advice)
        }
        context.notices.print("\(check)")
    }

    private func store(_ settings: OktaSettings) async throws(CommandFailure) {
        let profile = ProfileFile.Profile(name: name, settings: settings, tenants: previous?.tenants ?? [])
        var path = ""
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            try file.set(profile, isDefault: isDefault)
            path = file.path
        }
        context.notices.print("The profile \(name) is in \(path).")
    }
}

/// Opens a URL in the user's browser.
struct BrowserOpener: Sendable {
    private let context: ProgramContext

    init(_ context: ProgramContext) { self.context = context }

    /// Opens a URL if there is a desktop; `$BROWSER` names another program. Does not wait, since some browsers run
    /// until they are closed.
    func open(_ address: String) {
        guard let program else { return }
        let environment = context.environment
        DispatchQueue.global().async { _ = ToolProcess.run(program, [address], environment) }
    }

    private var program: String? {
        let environment = context.environment
        if let browser = environment["BROWSER"]?.split(separator: ":").first {
            return browser.hasPrefix("/") ? String(browser) : ToolProcess.find(String(browser), environment)
        }
        #if canImport(Darwin)
        return "/usr/bin/open"
        #else
        guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return nil }
        return ToolProcess.find("xdg-open", environment)
        #endif
    }
}
#endif
