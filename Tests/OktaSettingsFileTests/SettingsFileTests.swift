import OktaSettingsFile
import OktaRuntime
import Testing

@Suite struct SettingsFileTests {
    private static let full = """
        okta:
          client:
            connectionTimeout: 30 # seconds
            orgUrl: "https://acme.okta.com"
            token: t0ken-value
            authorizationMode: SSWS
            clientId: 0oa1
            scopes:
              - okta.users.read
              - okta.groups.read
            privateKey: |
              -----BEGIN PRIVATE KEY-----
              s3cret
              -----END PRIVATE KEY-----
            privateKeyId: key-1
            requestTimeout: 0 # seconds
            rateLimit:
              maxRetries: 4
              maxBackoff: 30
            proxy: {port: 3128, host: proxy.example.com, username: null, password: ~}
            cache: {enabled: false}
          idx:
            issuer: https://acme.okta.com/oauth2/default
        """

    /// Returns the error text for an invalid file.
    private func complaint(_ text: String) -> String? {
        do throws(OktaError) {
            _ = try OktaConfiguration(settings: SettingsFile(path: "okta.yaml", text: text).client)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Settings file: the format of Okta's SDKs is read") func theFormOfOktasSDKsIsRead() throws {
        let settings = try SettingsFile(path: "okta.yaml", text: Self.full).client
        #expect(settings.unrecognized.isEmpty)
        #expect(
            settings[.token] == OktaSettings.Value("t0ken-value", source: .file(path: "okta.yaml", line: 5, column: 12))
        )
        #expect(settings[.maximumRetries]?.text == "4")
        #expect(settings[.proxyUsername] == nil && settings[.proxyPassword] == nil)
        let key = try settings.privateKeySettings()
        #expect(key.scopes == ["okta.users.read", "okta.groups.read"] && key.keyID == "key-1")
        #expect(key.privateKey.text.hasPrefix("-----BEGIN PRIVATE KEY-----\ns3cret\n"))
        let configuration = try OktaConfiguration(settings: settings)
        #expect(configuration.timeouts.connect == .seconds(30) && configuration.timeouts.total == nil)
        #expect(configuration.proxy == "http://proxy.example.com:3128")
    }

    @Test("Profiles: a byte order mark, and keys of other tools, change nothing", arguments: ["\n", "\r\n"])
    func aByteOrderMarkChangesNothing(_ lineBreak: String) throws {
        let text =
            "\u{FEFF}" + (Self.full + "\nother:\n  key: value\n").split(separator: "\n").joined(separator: lineBreak)
        let settings = try SettingsFile(path: "okta.yaml", text: text).client
        #expect(
            settings[.token] == OktaSettings.Value("t0ken-value", source: .file(path: "okta.yaml", line: 5, column: 12))
        )
    }

    @Test("Settings file: the nested key of the Java SDK is a path") func theNestedKeyOfTheJavaSDKIsAPath() throws {
        let text = "okta: {client: {privateKey: {keyFilePath: \"~/.okta/key.pem\", algorithm: RS256}}}"
        let settings = try SettingsFile(path: "okta.yaml", text: text).client
        #expect(settings[.privateKey]?.text == "~/.okta/key.pem")
        #expect(settings.unrecognized.isEmpty)
    }

    @Test(
        "Settings file: an invalid value is reported with its line and column",
        arguments: [
            ("okta:\n  client:\n    orgUrl: https://acme-admin.okta.com\n    token: hunter2", "okta.yaml:3:13: "),
            ("okta:\n  client:\n    orgUrl: https://acme-admin.okta.com\n    token: hunter2", "https://acme.okta.com"),
            (
                "okta:\n  client:\n    orgUrl: https://acme.okta.com\n    token: {apiToken}",
                "okta.yaml:4:12: the API token is a"
            ),
            ("okta:\n  client:\n    org_url: https://acme.okta.com\n    token: SSWS hunter2", "okta.yaml:4:12: "),
            (
                "okta:\n  client:\n    orgUri: https://acme.okta.com\n    token: hunter2",
                "okta.yaml:3:5: error: `orgUri` is not a setting"
            ),
            ("okta:\n  client:\n    orgUri: https://acme.okta.com\n    token: hunter2", "did you mean `orgUrl`"),
            ("okta:\n  client:\n    connectionTimout: 3\n    token: hunter2", "did you mean `connectionTimeout`"),
            ("okta:\n  client:\n    connectionTimout:\n    token: hunter2", "okta.yaml:3:5: "),
            ("okta:\n  client:\n    colour: red\n    token: hunter2", "`colour` is not a setting"),
            ("okta:\n  client:\n    scope: [a, b]\n    token: hunter2", "did you mean `scopes`"),
            ("okta:\n  client:\n    proxy:\n      hostt: p\n    token: hunter2", "did you mean `proxy.host`"),
            ("okta:\n  client:\n    poxy:\n      host: p\n    token: hunter2", "did you mean `proxy.host`"),
            ("okta:\n  client:\n    rateLimits: {}\n    token: hunter2", "`rateLimits` is not a setting"),
            ("okta:\n  clinet:\n    token: hunter2", "did you mean `client`"),
            ("okta:\n  org:\n    a: {}", "did you mean `orgs`"),
            ("okta:\n  orgs:\n    a: {tenant: [x]}", "did you mean `tenants`"),
            ("okta:\n  orgs:\n    a: {orgURI: x}", "did you mean `orgUrl`"),
            ("okta:\n  client:\n    orgUrl: https://acme.okta.com\n    hunter2: x", "okta.yaml:4:5"),
            ("okta:\n  client:\n    orgUrl: a\n    ORG_URL: b", "set twice"),
            ("okta:\n  client:\n    orgUrl: a\n    orgUrl: b", "occurs twice"),
            ("okta:\n  client:\n    token: [hunter2]", "okta.yaml:3:12: error: this must be text, not a list"),
            ("okta:\n  client:\n    scopes: [a, {b: hunter2}]", "okta.yaml:3:17: "),
            ("okta:\n  client:\n    proxy: {host: {a: hunter2}}", "okta.yaml:3:19: "),
            ("okta:\n  client: token:hunter2", "`okta.client` must be a mapping"),
            ("okta:\n  client:\n    token: \"hunter2", "okta.yaml:"),
            ("okta:\n  client:\n\ttoken: hunter2", "a tab cannot indent YAML"),
            ("okta:\n  client:\n    token: *hunter2", "aliases"), ("client:\n  token: hunter2", "no key `okta`"),
            ("", "the file is empty"), ("okta: [hunter2]", "`okta` must be a mapping, not a list"),
            ("okta:\n  client:\n    token: hunter2: x", "okta.yaml:3:"),
        ])
    func invalidValueIsReportedWithItsLineAndColumn(_ text: String, _ hint: String) throws {
        let message = try #require(complaint(text))
        #expect(message.contains(hint), "\(message)")
        #expect(!message.contains("hunter2"), "\(message)")
    }

    @Test("Settings file: all errors are reported together") func allErrorsAreReportedTogether() throws {
        let text = "okta:\n  client:\n    token: [a]\n    orgUrl: {a: b, c: d}\n    kid: [c]\n"
        let message = try #require(complaint(text))
        #expect(message.contains(":3:") && message.contains(":4:") && message.contains(":5:"))
    }

    @Test("Profiles: missing and invalid settings of a file are reported together")
    func missingAndInvalidSettingsOfFileAreReportedTogether() throws {
        let message = try #require(complaint("okta:\n  client:\n    connectionTimeout: soon\n"))
        #expect(message.hasPrefix("3 settings are missing or invalid:"), "\(message)")
        #expect(message.contains("okta.client.orgUrl") && message.contains("okta.client.token"))
        #expect(message.contains("okta.yaml:3:24: "))
    }

    @Test("Profiles: the keys of Okta's other SDKs are known")
    func keysOfOtherSDKsAreKnown() throws {
        let text = """
            okta:
              client:
                oktaDomain: https://acme.okta.com
                token: hunter2
                maxRetries: 3
                disableHttpsCheck: false
                dpopEnabled: true
                logging: {enabled: true, logLevel: INFO}
                requestExecutor: {maxPerRoute: 4}
              testing: {testingDisableHttpsCheck: false}
            """
        let configuration = try OktaConfiguration(settings: SettingsFile(path: "okta.yaml", text: text).client)
        #expect(configuration.orgURL == "https://acme.okta.com" && configuration.retry.maximumAttempts == 4)
    }

    @Test("Settings file: no description shows a value") func noDescriptionShowsValue() throws {
        let file = try SettingsFile(path: "okta.yaml", text: Self.full)
        var shown = "\(file)"
        dump(file, to: &shown)
        for secret in ["t0ken-value", "s3cret", "BEGIN PRIVATE"] { #expect(!shown.contains(secret)) }
    }
}
