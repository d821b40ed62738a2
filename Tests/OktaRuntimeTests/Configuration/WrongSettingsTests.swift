import OktaRuntime
import Testing

/// The errors for missing, misspelled and invalid settings.
@Suite struct WrongSettingsTests: SettingsScene {
    @Test("Settings: a misspelled variable is named when one is missing")
    func misspelledVariableIsNamedWhenOneIsMissing()
        throws
    {
        let failure = failure(["OKTA_CLIENT_ORURL": "https://acme.okta.com", "OKTA_CLIENT_TOKEN": "t0ken-value"])
        #expect(failure?.message.contains("OKTA_CLIENT_ORURL") == true)
        #expect(try OktaSettings(environment: ["OKTA_CLIENT_CACHE_ENABLED": "true"]).unrecognized.isEmpty)
    }

    /// One setting per line, with the variable and the location in a file.
    @Test("Settings: all missing and invalid settings are reported together")
    func allMissingAndInvalidSettingsAreReportedTogether() throws {
        let none = try #require(failure([:])).description
        #expect(none.hasPrefix("2 settings are missing or invalid:\n- the org URL is missing: set OKTA_CLIENT_ORGURL"))
        #expect(none.contains("\n- the API token is missing: set OKTA_CLIENT_TOKEN"))
        let wrong = try #require(
            failure([
                "OKTA_CLIENT_ORGURL": "https://acme-admin.okta.com", "OKTA_CLIENT_CONNECTIONTIMEOUT": "0",
                "OKTA_CLIENT_REQUESTTIMEOUT": "soon", "OKTA_CLIENT_RATELIMIT_MAXRETRIES": "-1",
                "OKTA_CLIENT_USERAGENT": "ü", "OKTA_CLIENT_PROXY_PORT": "0",
            ])
        ).description
        let lines = wrong.split(separator: "\n").dropFirst()
        #expect(lines.count == 7, "\(wrong)")
        for part in [
            "ORGURL: ", "Use https://acme.okta.com", "TOKEN", "CONNECTIONTIMEOUT: ", "Use 10", "REQUESTTIMEOUT: ",
            "MAXRETRIES: ", "USERAGENT: ", "PROXY_PORT: ",
        ] {
            #expect(wrong.contains(part), "\(part): \(wrong)")
        }
        let key = #expect(throws: OktaError.self) { try OktaSettings(environment: [:]).privateKeySettings() }
        for name in ["CLIENTID", "SCOPES", "PRIVATEKEY"] {
            #expect(key?.description.contains("OKTA_CLIENT_\(name)") == true)
        }
    }

    private static let variablesOfOthers: [([String], OktaSettings.Key)] = [
        (["OKTA_API_TOKEN"], .token), (["OKTA_TOKEN"], .token), (["OKTA_APITOKEN"], .token), (["OKTA_API_KEY"], .token),
        (["TF_VAR_okta_api_token"], .token), (["MY_OKTA_ACCESS_TOKEN"], .token), (["OKTA_SSWS_TOKEN"], .token),
        (["OKTA_ORG_NAME", "OKTA_BASE_URL"], .orgURL), (["OKTA_DOMAIN"], .orgURL), (["OKTA_ORG_URL"], .orgURL),
        (["OKTA_URL"], .orgURL), (["OKTA_HOST"], .orgURL), (["OKTA_ORGURL"], .orgURL), (["OKTA_SUBDOMAIN"], .orgURL),
    ]

    @Test("Settings: variables of other programs are seen where a setting is missing", arguments: variablesOfOthers)
    func variablesOfOthersAreSeen(_ variables: [String], _ name: OktaSettings.Key) throws {
        var environment = [
            "OKTA_CLIENT_ORGURL": "https://acme.okta.com", "OKTA_CLIENT_TOKEN": "t0ken-value",
        ]
        for variable in variables { environment[variable] = "s3cret" }
        // No setting is missing, so there is no error.
        #expect(failure(environment) == nil)
        environment[name.variable] = nil
        let text = try #require(failure(environment)).description
        let list = variables.sorted().joined(separator: " and ")
        let verb = variables.count == 1 ? "is" : "are"
        #expect(text.contains("\(list) \(verb) set; the variable for it is \(name.variable)"), "\(text)")
        #expect(!text.contains("s3cret"))
    }

    @Test("Settings: those of the app's key are seen too")
    func variablesOfKeysAreSeen() throws {
        let settings = try OktaSettings(environment: [
            "OKTA_API_CLIENT_ID": "x", "OKTA_CLIENT_ID": "x", "OKTA_API_SCOPES": "x", "OKTA_API_PRIVATE_KEY": "s3cret",
            "OKTA_API_PRIVATE_KEY_ID": "x", "OKTA_CLIENT_SECRET": "x", "OKTA_REDIRECT_URL": "x", "OKTA_ISSUER": "x",
        ])
        let text = try #require(#expect(throws: OktaError.self) { try settings.privateKeySettings() }).description
        #expect(
            text.contains("OKTA_API_CLIENT_ID and OKTA_CLIENT_ID are set; the variable for it is OKTA_CLIENT_CLIENTID"))
        #expect(text.contains("OKTA_API_SCOPES is set") && text.contains("OKTA_API_PRIVATE_KEY is set"), "\(text)")
        let url = #expect(throws: OktaError.self) {
            try OktaConfiguration(settings: settings, authorization: .bearer("abc"))
        }
        #expect(url?.description.contains("REDIRECT") == false && url?.description.contains("ISSUER") == false)
    }

    @Test(
        "Settings: a misspelled variable is an error",
        arguments: [
            ("OKTA_CLIENT_CONNECTIONTIMOUT", "OKTA_CLIENT_CONNECTIONTIMEOUT"),
            ("OKTA_CLIENT_TOEKN", "OKTA_CLIENT_TOKEN"), ("OKTA_CLIENT_ORG_URI", "OKTA_CLIENT_ORGURL"),
            ("OKTA_CLIENT_PROXYHOSTT", "OKTA_CLIENT_PROXY_HOST"),
            ("OKTA_CLIENT_AUTHORISATIONMODE", "OKTA_CLIENT_AUTHORIZATIONMODE"),
            ("OKTA_CLIENT_SCOPE", "OKTA_CLIENT_SCOPES"),
        ])
    func misspelledVariableIsAnError(_ variable: String, _ meant: String) throws {
        let text = try #require(failure(complete([variable: "s3cret"]))).description
        #expect(text.contains("\(variable) is not a setting") && text.contains(meant), "\(text)")
        #expect(!text.contains("s3cret"))
        #expect(failure(complete(["OKTA_CLIENT_SOMETHING_ELSE": "x"])) == nil)
    }

    @Test(
        "Settings: an invalid value is reported with its source",
        arguments: [
            ("OKTA_CLIENT_ORGURL", "https://acme-admin.okta.com", "https://acme.okta.com"),
            ("OKTA_CLIENT_ORGURL", "https://{yourOktaDomain}", "placeholder"),
            ("OKTA_CLIENT_TOKEN", "{apiToken}", "placeholder"),
            ("OKTA_CLIENT_CONNECTIONTIMEOUT", "soon", "seconds"), ("OKTA_CLIENT_CONNECTIONTIMEOUT", "-1", "seconds"),
            ("OKTA_CLIENT_CONNECTIONTIMEOUT", "nan", "seconds"), ("OKTA_CLIENT_REQUESTTIMEOUT", "1e9", "seconds"),
            ("OKTA_CLIENT_CONNECTIONTIMEOUT", "0", "must not be 0. Use 10"),
            ("OKTA_CLIENT_USERAGENT", "bäckup-tool", "such as backup-tool/1.4"),
            ("OKTA_CLIENT_RATELIMIT_MAXRETRIES", "-1", "from 0 to 100"), ("OKTA_CLIENT_PROXY_PORT", "70000", "65535"),
            (
                "OKTA_CLIENT_PROXY_HOST", "proxy.example.com:1",
                "a different port than proxy.port from OKTA_CLIENT_PROXY_PORT"
            ),
            ("OKTA_CLIENT_PROXY_HOST", "proxy.example.com:hunter2", "65535"),
            ("OKTA_CLIENT_PROXY_HOST", "[::1", "bracket"),
            ("OKTA_CLIENT_PROXY_HOST", "http://u:hunter2@proxy", "separate settings"),
            ("OKTA_CLIENT_AUTHORIZATIONMODE", "OAuth", "SSWS, Bearer, PrivateKey"),
            ("OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey", "withOAuth"),
        ])
    func invalidValueIsReportedWithItsSource(_ variable: String, _ value: String, _ hint: String) throws {
        let text = try #require(failure(complete([variable: value]))).description
        #expect(text.contains(hint), "\(text)")
        #expect(text.hasPrefix("\(variable): "), "\(text)")
        for secret in Self.secrets { #expect(!text.contains(secret)) }
    }

    @Test("Settings: a setting that needs another one is reported with its source")
    func settingThatNeedsAnotherOneIsReportedWithItsSource() throws {
        var changes: [String: String?] = ["OKTA_CLIENT_PROXY_HOST": nil]
        for variable in ["OKTA_CLIENT_PROXY_PORT", "OKTA_CLIENT_PROXY_USERNAME", "OKTA_CLIENT_PROXY_PASSWORD"] {
            let text = try #require(failure(complete(changes))).description
            #expect(text.hasPrefix("\(variable): ") && text.contains("proxy.host is not"), "\(text)")
            changes.updateValue(nil, forKey: variable)
        }
        #expect(failure(complete(changes)) == nil)
        let text = try #require(failure(complete(["OKTA_CLIENT_TOKEN": nil]))).description
        #expect(text.hasPrefix("OKTA_CLIENT_PRIVATEKEY: the authorization mode is PrivateKey"), "\(text)")
    }

    private static let wrong: [(OktaSettings.Key, String)] = [
        (.orgURL, "https://acme-admin.okta.com"), (.token, "{apiToken}"), (.authorizationMode, "OAuth"),
        (.authorizationMode, "PrivateKey"), (.connectionTimeout, "0"), (.connectionTimeout, "soon"),
        (.requestTimeout, "-1"), (.userAgent, "bäckup-tool"), (.maximumRetries, "many"), (.proxyPort, "0"),
        (.proxyHost, "proxy.example.com:1"), (.proxyHost, "ftp://proxy.example.com"), (.proxyHost, "pröxy"),
    ]

    /// For a setting in a file, the error names the location. For a setting from code, it names none.
    @Test("Settings: a value in a file is reported with its line and column", arguments: wrong)
    func valueInFileIsReportedWithItsLineAndColumn(_ name: OktaSettings.Key, _ value: String) throws {
        let sources: [(OktaSettings.Source, String?)] = [
            (.file(path: "okta.yaml", line: 3, column: 7), "okta.yaml:3:7: "), (.code, nil),
        ]
        for (source, prefix) in sources {
            var settings = try OktaSettings(environment: Self.complete)
            settings[name] = OktaSettings.Value(value, source: source)
            #expect {
                try OktaConfiguration(settings: settings)
            } throws: { error in
                guard case OktaError.configuration(let failure) = error else { return false }
                if let prefix { return failure.message.hasPrefix(prefix) }
                return !failure.message.contains("okta.yaml") && !failure.message.contains("the program")
            }
        }
    }
}
