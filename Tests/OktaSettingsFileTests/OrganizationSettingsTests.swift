import Foundation
import HTTPTypes
import OktaSettingsFile
import OktaRuntime
import Synchronization
import Testing

@Suite struct OrganizationSettingsTests {
    private static let text = """
        okta:
          client:
            orgUrl: https://main.okta.com
            token: main-secret
            connectionTimeout: 3
            userAgent: backup-tool/1.4
          orgs:
            acme:
              orgUrl: https://acme.okta.com
              token: acme-secret
              tenants: [tenant-1, 2]
            globex-eu:
              orgUrl: https://globex.okta.com
              authorizationMode: Bearer
              connectionTimeout: 9
              tenants: tenant-3
        """

    /// A transport that responds to all requests, and records the hosts with their credentials.
    private final class Recorder: HTTPTransport {
        let seen = Mutex<[String: String]>([:])

        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            seen.withLock { $0[request.head.authority ?? ""] = request.head.headerFields[.authorization] }
            return TransportResponse(head: HTTPResponse(status: .ok), body: Array("{}".utf8))
        }
    }

    private func file(_ text: String = text) throws -> SettingsFile { try SettingsFile(path: "okta.yaml", text: text) }

    private func complaint(_ text: String, _ environment: [String: String] = [:]) -> String? {
        do throws(OktaError) {
            _ = try OktaOrganizations(SettingsFile(path: "okta.yaml", text: text), environment: environment)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Settings of orgs: each org has its own credentials and the common settings")
    func eachOrgHasItsOwnCredentialsAndTheCommonSettings() async throws {
        let recorder = Recorder()
        let organizations = try OktaOrganizations(
            file(), environment: ["OKTA_ORGS_GLOBEX_EU_TOKEN": "globex-secret"], transport: recorder)
        #expect(organizations.all.map(\.name) == ["acme", "globex-eu"])
        #expect(organizations.organization(forTenant: "2")?.name == "acme")
        #expect(organizations.organization(forTenant: "tenant-3")?.name == "globex-eu")
        await organizations.concurrentMap { _ = try await $0.client.request(.get, "/api/v1/org") }
        #expect(
            recorder.seen.withLock { $0 } == [
                "acme.okta.com": "SSWS acme-secret", "globex.okta.com": "Bearer globex-secret",
            ])
        let configurations = organizations.all.map(\.client.configuration)
        #expect(configurations.map(\.timeouts.connect) == [.seconds(3), .seconds(9)])
        #expect(configurations.map(\.userAgentSuffix) == ["backup-tool/1.4", "backup-tool/1.4"])
    }

    // Tests in a separate process, which has its own environment, need Swift 6.2.
    #if compiler(>=6.2)
    @Test("Settings of orgs: the process environment applies unless another is given")
    func theVariablesOfTheProcessCountUnlessOthersAreGiven() async {
        await #expect(processExitsWith: .success) {
            setenv("OKTA_ORGS_GLOBEX_EU_TOKEN", "globex-secret", 1)
            let file = try SettingsFile(path: "okta.yaml", text: Self.text)
            let organizations = try OktaOrganizations(file)
            #expect(organizations.all.map(\.name) == ["acme", "globex-eu"])
        }
    }
    #endif

    @Test("Settings of orgs: credentials of the single client apply to no org")
    func credentialsOfSingleClientApplyToNoOrg() throws {
        let message = try #require(complaint(Self.text, ["OKTA_CLIENT_TOKEN": "main-secret"]))
        #expect(message.contains("org globex-eu: the access token is missing"))
        #expect(message.contains("OKTA_ORGS_GLOBEX_EU_TOKEN") && message.contains("okta.orgs.globex-eu.token"))
        #expect(!message.contains("secret"))
    }

    @Test("Settings of orgs: all invalid orgs are named") func allOrgsThatAreWrongAreNamed() throws {
        let text = """
            okta:
              orgs:
                a: {orgUrl: "https://a-admin.okta.com", token: hunter2}
                b: {orgUrl: "https://b.okta.com", token: hunter2}
                c: {orgUrl: "https://c.okta.com", token: "{apiToken}"}
            """
        let message = try #require(complaint(text))
        #expect(message.contains("org a: okta.yaml:3:17: ") && message.contains("Use https://a.okta.com"))
        #expect(message.contains("org c: okta.yaml:5:46: "))
        #expect(!message.contains("org b") && !message.contains("hunter2"))
    }

    @Test(
        "Settings of orgs: invalid settings of orgs are reported",
        arguments: [
            ("okta: {orgs: {}}", "has no orgs"), ("okta: {client: {}}", "has no orgs"),
            ("okta: {orgs: {a-b: {}, a_b: {}}}", "same environment variables"),
            ("okta: {orgs: {\"a/b\": {}}}", "not a valid org name"),
            ("okta: {orgs: {a: hunter2}}", "mapping"), ("okta: {orgs: [a]}", "mapping"),
            ("okta: {orgs: {a: {tenants: [[x]]}}}", "must be text"),
            (
                "okta: {orgs: {a: {orgUrl: a.okta.com, token: t, tenants: [x]}, b: {orgUrl: b.okta.com, token: t, tenants: [x]}}}",
                "belongs to one org"
            ),
        ])
    func invalidSettingsOfOrgsAreReported(_ text: String, _ hint: String) throws {
        let message = try #require(complaint(text))
        #expect(message.contains(hint), "\(message)")
        #expect(!message.contains("hunter2"))
    }

    @Test("Settings of orgs: another module can create the configuration") func anotherModuleMakesTheConfiguration()
        throws
    {
        let organizations = try OktaOrganizations(file()) { name, settings throws(OktaError) in
            try OktaConfiguration(settings: settings, authorization: .bearer("for-\(name)"))
        }
        #expect(
            organizations.all.map { "\($0.client.configuration.authorization)" } == ["bearer token", "bearer token"])
    }
}
