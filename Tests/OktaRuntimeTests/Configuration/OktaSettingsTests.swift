import OktaRuntime
import Testing

@Suite struct OktaSettingsTests: SettingsScene {
    @Test("Settings: every variable is read") func everyVariableIsRead() throws {
        let configuration = try OktaConfiguration.fromEnvironment(Self.complete)
        #expect(configuration.orgURL == "https://acme.okta.com")
        #expect(configuration.timeouts.connect == .seconds(5))
        #expect(configuration.timeouts.total == .milliseconds(2500))
        #expect(configuration.userAgentSuffix == "backup-tool/1.4")
        #expect(configuration.proxy == "http://a%20b:hunter2%40%3A@proxy.example.com:3128")
        #expect("\(configuration.authorization)" == "API token")
        #expect(configuration.retry.maximumAttempts == 4)
        let key = try OktaSettings(environment: Self.complete).privateKeySettings()
        #expect(key.clientID == "0oa1" && key.keyID == "key-1")
        #expect(key.scopes == ["okta.users.read", "okta.groups.read"])
        #expect(key.privateKey.text.contains("s3cret"))
        #expect(key.privateKey.source == .variable("OKTA_CLIENT_PRIVATEKEY"))
    }

    @Test("Settings: every key has a variable", arguments: OktaSettings.Key.allCases) func everyNameHasAVariable(
        _ name: OktaSettings.Key
    ) throws {
        let settings = try OktaSettings(environment: [name.variable: "x"])
        #expect(settings[name] == OktaSettings.Value("x", source: .variable(name.variable)))
        #expect(settings.unrecognized.isEmpty)
    }

    @Test(
        "Settings: the spellings of Okta's SDKs are accepted",
        arguments: [
            ("OKTA_CLIENT_ORG_URL", OktaSettings.Key.orgURL), ("OKTA_CLIENT_CONNECTION_TIMEOUT", .connectionTimeout),
            ("OKTA_CLIENT_RATE_LIMIT_MAX_RETRIES", .maximumRetries), ("OKTA_CLIENT_PRIVATEKEYID", .keyID),
            ("OKTA_CLIENT_KEYID", .keyID), ("OKTA_CLIENT_USERAGENTEXTRA", .userAgent),
            ("OKTA_CLIENT_OKTADOMAIN", .orgURL), ("OKTA_CLIENT_MAXRETRIES", .maximumRetries),
        ])
    func theSpellingsOfTheSDKsAreKnown(_ variable: String, _ name: OktaSettings.Key) throws {
        #expect(try OktaSettings(environment: [variable: "x"])[name]?.text == "x")
    }

    @Test("Settings: two spellings with different values are rejected") func twoSpellingsWithTwoValuesAreRefused() {
        let failure = failure(complete(["OKTA_CLIENT_ORG_URL": "https://other.okta.com"]))
        #expect(failure?.message.contains("OKTA_CLIENT_ORGURL and OKTA_CLIENT_ORG_URL") == true)
        #expect(self.failure(complete(["OKTA_CLIENT_ORG_URL": "https://acme.okta.com"])) == nil)
    }

    @Test("Settings: an empty variable counts as unset") func anEmptyVariableIsNotSet() {
        #expect(failure(complete(["OKTA_CLIENT_TOKEN": " "]))?.message.contains("OKTA_CLIENT_TOKEN") == false)
        #expect(
            failure(complete(["OKTA_CLIENT_TOKEN": "", "OKTA_CLIENT_PRIVATEKEY": nil]))?.message
                .contains("set OKTA_CLIENT_TOKEN") == true)
        #expect(failure(complete(["OKTA_CLIENT_PROXY_HOST": "", "OKTA_CLIENT_PROXY_PORT": "1"])) != nil)
    }

    @Test("Settings: the mode decides on the authorization") func theModeDecidesOnTheAuthorization() throws {
        #expect(
            "\(try OktaConfiguration.fromEnvironment(complete(["OKTA_CLIENT_AUTHORIZATIONMODE": "bearer"])).authorization)"
                == "bearer token")
        for environment in [
            complete(["OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey"]), complete(["OKTA_CLIENT_TOKEN": nil]),
        ] {
            #expect(failure(environment)?.message.contains(".withOAuth(.fromEnvironment())") == true)
        }
        let settings = try OktaSettings(environment: complete(["OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey"]))
        let configuration = try OktaConfiguration(settings: settings, authorization: .bearer("from-a-key"))
        #expect(configuration.timeouts.connect == .seconds(5))
    }

    @Test("Settings: missing settings of the mode PrivateKey are named") func missingSettingsOfModePrivateKeyAreNamed()
        throws
    {
        for name in [OktaSettings.Key.clientID, .scopes, .privateKey] {
            let settings = try OktaSettings(environment: complete([name.variable: nil]))
            #expect {
                try settings.privateKeySettings()
            } throws: {
                "\($0)".contains(name.variable)
            }
        }
        #expect(throws: OktaError.self) {
            try OktaSettings(environment: complete(["OKTA_CLIENT_CLIENTID": "{clientId}"])).privateKeySettings()
        }
    }

    @Test("Settings: code takes precedence over the environment") func codeTakesPrecedenceOverEnvironment() throws {
        var code = OktaSettings()
        code.set(.orgURL, to: "https://code.okta.com")
        code.set(.token, to: "bad token")
        let settings = try OktaSettings(environment: Self.complete).overridden(by: code)
        #expect(settings[.orgURL]?.source == .code)
        #expect(settings[.connectionTimeout]?.source == .variable("OKTA_CLIENT_CONNECTIONTIMEOUT"))
        #expect {
            try OktaConfiguration(settings: settings)
        } throws: {
            "\($0)".hasPrefix("the API token contains a space")
        }
    }

    @Test("Settings: 0 means no limit") func noLimitIsZero() throws {
        let configuration = try OktaConfiguration.fromEnvironment(complete(["OKTA_CLIENT_REQUESTTIMEOUT": "0"]))
        #expect(configuration.timeouts.total == nil)
        #expect(failure(complete(["OKTA_CLIENT_CONNECTIONTIMEOUT": "0"])) != nil)
    }

    @Test("Settings: no description shows a value") func noDescriptionShowsValue() throws {
        let settings = try OktaSettings(environment: Self.complete)
        let configuration = try OktaConfiguration(settings: settings)
        let client = try OktaClient(configuration: configuration, transport: StubTransport())
        var shown = "\(settings) \(String(reflecting: settings))"
        dump(settings, to: &shown)
        for name in OktaSettings.Key.allCases {
            let setting = settings[name] ?? OktaSettings.Value("")
            shown += "\(setting) \(String(reflecting: setting))"
            dump(setting, to: &shown)
        }
        let key = try settings.privateKeySettings()
        shown += "\(key) \(String(reflecting: key)) \(configuration) \(client)"
        dump(key, to: &shown)
        dump(configuration, to: &shown)
        dump(client, to: &shown)
        for secret in Self.secrets { #expect(!shown.contains(secret), "\(secret)") }
        #expect(shown.contains("OKTA_CLIENT_TOKEN"))
    }
}
