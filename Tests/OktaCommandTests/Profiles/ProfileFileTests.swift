import OktaCommand
import OktaRuntime
import OktaSettingsFile
import Testing

@Suite("Profiles: the file")
struct ProfileFileTests {
    private func profile(_ name: String, _ values: [OktaSettings.Key: String] = [:], tenants: [String] = [])
        -> ProfileFile.Profile
    {
        var profile = ProfileFile.Profile(name: name, tenants: tenants)
        profile.settings.set(.orgURL, to: "https://\(name).okta.com")
        profile.settings.set(.token, to: "token-of-\(name)")
        for (key, value) in values { profile.settings.set(key, to: value) }
        return profile
    }

    @Test("Profiles: the file is private, and the library reads every org of it")
    func isReadByTheLibrary() async throws {
        let home = try TemporaryHome()
        let context = home.context()
        let hard = "a \"quoted\" agent: # with \\ signs"
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            try file.set(
                profile("acme", [.userAgent: hard, .proxyHost: "proxy.example.com"], tenants: ["t1", "t 2"]),
                isDefault: false)
            try file.set(profile("globex-eu", [.maximumRetries: "3"]), isDefault: false)
        }
        #expect(try home.permissions("config/okta/okta.yaml") == 0o600)
        #expect(home.names(in: "config/okta") == ["okta.yaml", "okta.yaml.lock"])
        let file = try SettingsFile(at: "\(home.path)/config/okta/okta.yaml")
        let organizations = try OktaOrganizations(file, environment: [:])
        #expect(organizations.all.map(\.name) == ["acme", "globex-eu"])
        #expect(organizations.all[0].tenants == ["t1", "t 2"])
        #expect(organizations.all[0].client.configuration.orgURL == "https://acme.okta.com")
        #expect(organizations.all[1].client.configuration.retry.maximumAttempts == 4)
        #expect(try ProfileFile(context)["acme"]?.settings[.userAgent]?.text == hard)
    }

    @Test("Profiles: the first is the default one, and a change keeps the others and manual additions")
    func keepsTheRest() async throws {
        let home = try TemporaryHome()
        let context = home.context()
        try home.write(
            "config/okta/okta.yaml",
            """
            okta:
              client:
                connectionTimeout: 7
              orgs:
                acme: {orgUrl: https://acme.okta.com, token: one, requestTimeout: 9}
                globex: {orgUrl: https://globex.okta.com, token: two}
            """)
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            var globex = try require(file["globex"])
            globex.tenants = ["t"]
            try file.set(globex, isDefault: true)
        }
        let file = try ProfileFile(context)
        #expect(file.profiles.map(\.name) == ["globex", "acme"])
        #expect(file["acme"]?.settings[.requestTimeout]?.text == "9")
        #expect(try SettingsFile(at: file.path).client[.connectionTimeout]?.text == "7")
        try await ProfileFile.change(context) { file throws(CommandFailure) in
            let removals = [file.remove("globex"), file.remove("globex")]
            #expect(removals == [true, false])
        }
        #expect(try ProfileFile(context).profiles.map(\.name) == ["acme"])
        try await ProfileFile.change(context) { file throws(CommandFailure) in _ = file.remove("acme") }
        #expect(try ProfileFile(context).profiles.isEmpty)
    }

    @Test(
        "Profiles: names that are invalid in a file or variable are rejected",
        arguments: ["", "../x", "a/b", ".x", "a b", "-x"])
    func refusesNames(_ name: String) {
        #expect(throws: CommandFailure.self) { try ProfileFile.check(name: name) }
    }

    @Test("Profiles: two names with the same variables are rejected")
    func refusesAmbiguousNames() throws {
        var file = try ProfileFile(TemporaryHome().context())
        try file.set(profile("acme-eu"), isDefault: false)
        let failure = #expect(throws: CommandFailure.self) { try file.set(profile("acme.eu"), isDefault: false) }
        #expect(failure?.message.contains("acme-eu and acme.eu") == true)
    }

    @Test("Profiles: concurrent changes are all kept")
    func concurrentChangesCount() async throws {
        let home = try TemporaryHome()
        let context = home.context()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    try? await ProfileFile.change(context) { file throws(CommandFailure) in
                        try file.set(profile("org\(number)"), isDefault: false)
                    }
                }
            }
        }
        #expect(try Set(ProfileFile(context).profiles.map(\.name)) == Set((0..<12).map { "org\($0)" }))
    }
}

/// `#require` for closures that can throw only failures of commands.
private func require<Value>(_ value: Value?) throws(CommandFailure) -> Value {
    guard let value else { throw .usage("there is no value") }
    return value
}
