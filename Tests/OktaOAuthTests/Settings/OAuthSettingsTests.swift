import Foundation
import HTTPTypes
import OktaOAuth
import OktaSettingsFile
import OktaRuntime
import Testing

/// Signing in as an app by settings.
@Suite struct OAuthSettingsTests {
    private func environment(_ changes: [String: String?] = [:], key: String? = nil) throws -> [String: String] {
        var environment = [
            "OKTA_CLIENT_ORGURL": TestOrg.url, "OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey",
            "OKTA_CLIENT_CLIENTID": TestOrg.clientID, "OKTA_CLIENT_SCOPES": "okta.users.read okta.groups.manage",
            "OKTA_CLIENT_PRIVATEKEY": try key ?? Fixture.key("ec-p256-pkcs8"), "OKTA_CLIENT_KID": "test-kid",
            "OKTA_CLIENT_REQUESTTIMEOUT": "700",
        ]
        for (name, value) in changes { environment[name] = value }
        return environment
    }

    private func failure(_ environment: [String: String]) -> String? {
        do throws(OktaError) {
            _ = try OktaConfiguration.withOAuth(
                OktaSettings(environment: environment), environment: environment)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("OAuth settings: one line authenticates as an app") func oneLineSignsInAsAnApp() async throws {
        let org = try TestOrg(
            publicKey: Fixture.signingKey().publicJWK ?? "", time: SimulatedTime(), .init(checksTimes: false))
        let environment = try environment()
        let client = try OktaClient(
            configuration: .withOAuth(OktaSettings(environment: environment)), transport: org)
        #expect(try await client.request(.get, "/api/v1/users").status == .ok)
        #expect(org.tokenRequests.first?.form["scope"] == "okta.users.read okta.groups.manage")
        #expect(org.tokenRequests.first?.assertion?.header["kid"] == "test-kid")
        #expect(client.configuration.timeouts.total == .seconds(700))
    }

    @Test("OAuth settings: a file may contain the key") func fileMayContainKey() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("okta-swift-\(UUID()).pem").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(Fixture.key("rsa-pkcs8").utf8).write(to: URL(fileURLWithPath: path))
        let configuration = try OktaConfiguration.withOAuth(
            OktaSettings(environment: environment(key: " \(path)\n")))
        #expect("\(configuration.authorization)".hasPrefix("OAuth client \(TestOrg.clientID)"))
    }

    @Test("OAuth settings: the path of the key may start with ~/") func pathOfKeyMayStartWithTilde() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("okta-swift-\(UUID())")
        let folder = home.appendingPathComponent(".okta")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        try Data(Fixture.key("rsa-pkcs8").utf8).write(to: folder.appendingPathComponent("key.pem"))
        let atHome = try failure(environment(["HOME": home.path], key: " ~/.okta/key.pem\n"))
        #expect(atHome == nil)
        let elsewhere = try #require(failure(environment(["HOME": folder.path], key: "~/.okta/key.pem")))
        #expect(elsewhere.hasPrefix("OKTA_CLIENT_PRIVATEKEY: ") && elsewhere.contains("neither"))
        for home in [nil, ""] {
            let nowhere = try #require(failure(environment(["HOME": home], key: "~/.okta/key.pem")))
            #expect(nowhere.hasPrefix("OKTA_CLIENT_PRIVATEKEY: ") && nowhere.contains("HOME is not set"))
        }
    }

    @Test("OAuth settings: the other authorization modes are unchanged") func theOtherModesAreAsEver() throws {
        for (mode, kind) in [("SSWS", "API token"), ("Bearer", "bearer token")] {
            let settings = try OktaSettings(
                environment: environment([
                    "OKTA_CLIENT_AUTHORIZATIONMODE": mode, "OKTA_CLIENT_TOKEN": "t0ken-value",
                ]))
            #expect("\(try OktaConfiguration.withOAuth(settings).authorization)" == kind)
        }
    }

    @Test("OAuth settings: each org has its own app") func eachOrgHasItsOwnApp() throws {
        let definitions = try ["acme", "globex"].map { name in
            var variables: [String: String] = [:]
            for (variable, value) in try environment(["OKTA_CLIENT_CLIENTID": "app-of-\(name)"]) {
                variables[variable.replacing("OKTA_CLIENT_", with: "OKTA_ORGS_\(name.uppercased())_")] = value
            }
            let settings = try OktaSettings(environment: variables, group: .organization(named: name))
            return OktaOrganizations.Definition(name: name, configuration: try .withOAuth(settings))
        }
        let kinds = try OktaOrganizations(definitions).all.map { "\($0.client.configuration.authorization)" }
        #expect(kinds[0].contains("app-of-acme") && kinds[1].contains("app-of-globex"))
    }

    @Test(
        "OAuth settings: an invalid setting is reported with its source",
        arguments: [
            ("OKTA_CLIENT_CLIENTID", String?.none), ("OKTA_CLIENT_SCOPES", nil), ("OKTA_CLIENT_PRIVATEKEY", nil),
            ("OKTA_CLIENT_PRIVATEKEY", "/no/such/s3cret"), ("OKTA_CLIENT_PRIVATEKEY", "MIIs3cretWithoutItsFrame"),
            ("OKTA_CLIENT_PRIVATEKEY", "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----"),
            ("OKTA_CLIENT_PRIVATEKEY", "{\"kty\":\"s3cret\"}"),
        ])
    func invalidSettingIsReportedWithItsSource(_ variable: String, _ value: String?) throws {
        let text = try #require(failure(environment([variable: value])))
        #expect(text.contains(variable))
        #expect(!text.contains("s3cret"))
    }

    /// An error never names the wrong setting.
    @Test(
        "OAuth settings: each invalid setting is reported by its own name",
        arguments: [
            ("OKTA_CLIENT_CLIENTID", "0oa s3cret", "the client id contains"),
            ("OKTA_CLIENT_CLIENTID", "\"s3cret\"", "the client id contains"),
            ("OKTA_CLIENT_CLIENTID", "{s3cret}", "clientId is a placeholder"),
            ("OKTA_CLIENT_SCOPES", "okta.users.read s3cret\\", "a scope contains"),
            ("OKTA_CLIENT_SCOPES", " , ", "scopes is empty"),
            ("OKTA_CLIENT_KID", "s3cret\u{7}", "the key id is empty or contains"),
            ("OKTA_CLIENT_PRIVATEKEY", "{\"kty\":\"s3cret\"}", "this kind of JSON Web Key"),
        ])
    func eachSettingIsBlamedForItself(_ variable: String, _ value: String, _ words: String) throws {
        let text = try #require(failure(environment([variable: value])))
        #expect(text.hasPrefix("\(variable): \(words)"))
        #expect(!text.contains("s3cret"))
    }

    @Test(
        "OAuth settings: an invalid setting in a file is reported with its line and column",
        arguments: [
            ("clientId: 0oatestclient", "clientId: 0oa s3cret", "okta.yaml:5:15: the client id"),
            ("scopes: [okta.users.read]", "scopes: [s3crét]", "okta.yaml:6:13: a scope"),
            ("kid: test-kid", "kid: s3crét", "okta.yaml:7:10: the key id"),
            ("privateKey: key.pem", "privateKey: ~/s3cret.pem", "okta.yaml:8:17: the path of the private key"),
        ])
    func invalidSettingInFileIsReportedWithItsLineAndColumn(_ line: String, _ wrong: String, _ words: String) throws {
        let text = """
            okta:
              client:
                orgUrl: \(TestOrg.url)
                authorizationMode: PrivateKey
                clientId: 0oatestclient
                scopes: [okta.users.read]
                kid: test-kid
                privateKey: key.pem
            """
        #expect(text.contains(line))
        #expect {
            let settings = try SettingsFile(path: "okta.yaml", text: text.replacing(line, with: wrong)).client
            _ = try OktaConfiguration.withOAuth(settings, environment: [:])
        } throws: {
            "\($0)".hasPrefix(words) && !"\($0)".contains("s3cr")
        }
    }

    /// A setting from code has no location to report.
    @Test("OAuth settings: an invalid setting from code is reported without a source")
    func invalidSettingFromCodeIsReportedWithoutSource()
        throws
    {
        var settings = try OktaSettings(environment: environment())
        settings.set(.keyID, to: "schlüssel")
        #expect {
            try OktaConfiguration.withOAuth(settings)
        } throws: {
            "\($0)".hasPrefix("the key id")
        }
    }
}
