import Foundation
import OktaOAuth
import OktaRuntime
import Testing

/// An app that signs in by its settings.
@Suite struct OAuthSettingsTests {
    private func environment(_ changes: [String: String?] = [:], key: String? = nil) throws -> [String: String] {
        var environment = [
            "OKTA_CLIENT_ORGURL": TestOrg.url, "OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey",
            "OKTA_CLIENT_CLIENTID": TestOrg.clientID, "OKTA_CLIENT_SCOPES": "okta.users.read okta.groups.manage",
            "OKTA_CLIENT_PRIVATEKEY": try key ?? Fixture.key("ec-p256-pkcs8"), "OKTA_CLIENT_KID": "test-kid",
            "OKTA_CLIENT_REQUESTTIMEOUT": "7",
        ]
        for (name, value) in changes { environment[name] = value }
        return environment
    }

    private func failure(_ environment: [String: String]) -> String? {
        do throws(OktaError) {
            _ = try OktaConfiguration.withOAuth(OktaSettings(environment: environment))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func oneLineSignsInAsAnApp() async throws {
        let org = try TestOrg(
            publicKey: Fixture.signingKey().publicJWK ?? "", time: SimulatedTime(), .init(checksTimes: false))
        let environment = try environment()
        let client = try OktaClient(
            configuration: .withOAuth(OktaSettings(environment: environment)), transport: org)
        #expect(try await client.request(.get, "/api/v1/users").status == .ok)
        #expect(org.tokenRequests.first?.form["scope"] == "okta.users.read okta.groups.manage")
        #expect(org.tokenRequests.first?.assertion?.header["kid"] == "test-kid")
        #expect(client.configuration.timeouts.total == .seconds(7))
    }

    @Test func aFileMayHoldTheKey() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("okta-swift-\(UUID()).pem").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(Fixture.key("rsa-pkcs8").utf8).write(to: URL(fileURLWithPath: path))
        let configuration = try OktaConfiguration.withOAuth(
            OktaSettings(environment: environment(key: " \(path)\n")))
        #expect("\(configuration.authorization)".hasPrefix("OAuth client \(TestOrg.clientID)"))
    }

    @Test func theOtherModesAreAsEver() throws {
        for (mode, kind) in [("SSWS", "API token"), ("Bearer", "bearer token")] {
            let settings = try OktaSettings(
                environment: environment([
                    "OKTA_CLIENT_AUTHORIZATIONMODE": mode, "OKTA_CLIENT_TOKEN": "t0ken-value",
                ]))
            #expect("\(try OktaConfiguration.withOAuth(settings).authorization)" == kind)
        }
    }

    @Test func severalOrgsHaveAppsOfTheirOwn() throws {
        let definitions = try ["acme", "globex"].map { name in
            var variables: [String: String] = [:]
            for (variable, value) in try environment(["OKTA_CLIENT_CLIENTID": "app-of-\(name)"]) {
                variables[variable.replacing("OKTA_CLIENT_", with: "OKTA_ORGS_\(name.uppercased())_")] = value
            }
            let settings = try OktaSettings(environment: variables, group: .organization(named: name))
            return OrganizationDefinition(name: name, configuration: try .withOAuth(settings))
        }
        let kinds = try OktaOrganizations(definitions).all.map { "\($0.client.configuration.authorization)" }
        #expect(kinds[0].contains("app-of-acme") && kinds[1].contains("app-of-globex"))
    }

    @Test(arguments: [
        ("OKTA_CLIENT_CLIENTID", String?.none), ("OKTA_CLIENT_SCOPES", nil), ("OKTA_CLIENT_PRIVATEKEY", nil),
        ("OKTA_CLIENT_PRIVATEKEY", "/no/such/s3cret"), ("OKTA_CLIENT_PRIVATEKEY", "MIIs3cretWithoutItsFrame"),
        ("OKTA_CLIENT_PRIVATEKEY", "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----"),
        ("OKTA_CLIENT_PRIVATEKEY", "{\"kty\":\"s3cret\"}"),
    ])
    func whatIsWrongIsToldWithItsSource(_ variable: String, _ value: String?) throws {
        let text = try #require(failure(environment([variable: value])))
        #expect(text.contains(variable))
        #expect(!text.contains("s3cret"))
    }
}
