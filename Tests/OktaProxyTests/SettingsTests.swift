#if Proxy
import Foundation
import OktaCommand
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: settings", .hangLimit) struct SettingsTests {
    private func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("proxy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    private func context(_ folder: String, _ variables: [String: String] = [:]) -> ProgramContext {
        ProgramContext(
            environment: ["HOME": folder].merging(variables) { $1 }, workingDirectory: folder, output: .memory(),
            notices: .memory())
    }

    @Test("Settings: an org is selected by URL, profile or environment")
    func orgs() throws {
        let folder = try folder()
        try FileManager.default.createDirectory(atPath: "\(folder)/.config/okta", withIntermediateDirectories: true)
        try Data(
            "okta:\n  orgs:\n    acme:\n      orgUrl: https://acme.okta.com\n      token: 00profiletoken\n".utf8
        ).write(to: URL(fileURLWithPath: "\(folder)/.config/okta/okta.yaml"))
        var settings = ProxySettings()
        func url(_ variables: [String: String] = [:]) throws -> String {
            try OrgChoice.configuration(settings, context(folder, variables)).orgURL
        }
        #expect(try url() == "https://acme.okta.com")
        let variables = ["OKTA_CLIENT_ORGURL": "https://env.okta.com", "OKTA_CLIENT_TOKEN": "00envtoken"]
        #expect(try url(variables) == "https://env.okta.com")
        settings.org = "acme"
        #expect(try url(variables) == "https://acme.okta.com")
        settings.org = "https://other.okta.com/"
        #expect(try url() == "https://other.okta.com")
        settings.org = "none"
        #expect(throws: CommandFailure.self) { try url() }

        // Credentials are read only if the proxy adds them.
        settings.injectsToken = true
        for (org, variables, expected) in [
            ("acme", [:], "API token"), ("https://acme.okta.com", [:], "API token"),
            ("https://env.okta.com", variables, "API token"),
        ] {
            settings.org = org
            #expect("\(try OrgChoice.configuration(settings, context(folder, variables)).authorization)" == expected)
        }
        settings.org = "https://other.okta.com"
        #expect(throws: CommandFailure.self) { try url(variables) }
        settings.injectsToken = false
        settings.org = "acme"
        #expect(try OrgChoice.configuration(settings, context(folder)).authorization is NoAuthorization)
    }

    @Test("Settings: errors say what to do")
    func mistakes() throws {
        func failure(_ change: (inout ProxySettings) -> Void) -> String? {
            var settings = ProxySettings()
            change(&settings)
            do { try settings.check() } catch { return "\(error)" }
            return nil
        }
        #expect(failure { _ in } == nil)
        for change: (inout ProxySettings) -> Void in [
            { $0.port = 65_536 }, { $0.bulkClients = ["a b"] }, { $0.clients = ["a"] }, { $0.secretsPath = "x" },
            { $0.publicNames = ["a/b"] }, { $0.publicNames = ["ftp://a"] }, { $0.utilization = 0 },
            { $0.maximumWait = -1 },
            { $0.namedPorts = [.init(81, clientName: "a"), .init(81, clientName: "b")] }, { $0.drainTime = -1 },
        ] { #expect(failure(change) != nil) }
        #expect(try ProxySettings.port("8081=terraform") == ProxyServer.Port(8081, clientName: "terraform"))
        for text in ["8081", "x=a", "70000=a", "1=", "1=a b"] {
            #expect(throws: CommandFailure.self, "\(text)") { try ProxySettings.port(text) }
        }
    }

    @Test("Settings: limits are shared in a folder by default")
    func stores() throws {
        let folder = try folder()
        #expect(StoreChoice.Place(nil) == .folder(nil) && StoreChoice.Place("none") == .none)
        #expect(StoreChoice.Place("redis://a:1") == .redis("redis://a:1") && StoreChoice.Place("/x") == .folder("/x"))
        let choice = try StoreChoice(.folder(nil), context(folder))
        #expect(choice.state == StatusReport.StoreState(kind: "file", state: "connected"))
        #expect(FileManager.default.fileExists(atPath: "\(folder)/.local/state/okta/limits"))
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "00token")
        choice.apply(to: &configuration, weight: 3)
        #expect(configuration.rateLimitSharing?.store is FileRateLimitStore && configuration.observers.count == 1)
        #expect(configuration.rateLimitSharing?.weight == 3)
        #expect(try StoreChoice(.none, context(folder)).state == nil)
        #expect(throws: CommandFailure.self) { try StoreChoice(.folder("/dev/null/x"), context(folder)) }
    }

    @Test("Secrets: the file is private, is kept, and is rejected if other users can read it")
    func secrets() throws {
        let path = try folder() + "/secrets"
        let made = try SecretsFile.secrets(at: path, for: ["a", "b"])
        #expect(made.entries.map(\.name) == ["a", "b"])
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let again = try SecretsFile.secrets(at: path, for: ["b", "c"])
        #expect(again.entries.map(\.name) == ["a", "b", "c"])
        #expect(again.entries.prefix(2).map(\.secret) == made.entries.map(\.secret))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: CommandFailure.self) { try SecretsFile.secrets(at: path, for: []) }
        #expect(throws: CommandFailure.self) { try SecretsFile.secrets(at: path + "-none", for: []) }
        for text in ["a", "a b c", "a short", "a! 0123456789abcdef", "a 0123456789abcdef\na 0123456789abcdeg"] {
            #expect(throws: CommandFailure.self, "\(text)") { try SecretsFile.parse(text, path) }
        }
    }
}
#endif
