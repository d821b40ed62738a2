import Foundation
import OktaSettingsFile
import OktaRuntime
import Testing

@Suite struct SettingsFileLocatorTests {
    /// Runs a test with two empty folders: a working directory and a home.
    private func withFolders(_ body: (_ work: String, _ home: String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let (work, home) = (root.appendingPathComponent("work"), root.appendingPathComponent("home"))
        for folder in [work, home.appendingPathComponent(".okta")] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(at: root) }
        try body(work.path, home.path)
    }

    private func write(_ name: String, to path: String) throws {
        let text = "okta: {client: {orgUrl: \"https://\(name).okta.com\", connectionTimeout: 7}}"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func search(_ work: String, _ home: String, _ environment: [String: String] = [:]) -> SettingsFileLocator {
        SettingsFileLocator(
            workingDirectory: work,
            environment: environment.merging(["HOME": home, "OKTA_CLIENT_TOKEN": "t0ken-value"]) { $1 })
    }

    @Test("Settings file search: the nearest file is read, and the environment takes precedence")
    func nearestFileIsReadAndEnvironmentTakesPrecedence() throws {
        try withFolders { work, home in
            let search = search(work, home)
            #expect(try search.file() == nil)
            #expect(throws: OktaError.self) { try OktaConfiguration.fromFile(search) }

            try write("home", to: home + "/.okta/okta.yaml")
            #expect(try OktaConfiguration.fromFile(search).orgURL == "https://home.okta.com")

            try write("work", to: work + "/okta.yaml")
            let configuration = try OktaConfiguration.fromFile(search)
            #expect(configuration.orgURL == "https://work.okta.com")
            #expect(configuration.timeouts.connect == .seconds(7))

            let other = self.search(work, home, ["OKTA_CLIENT_ORGURL": "https://env.okta.com"])
            let settings = try other.settings()
            #expect(settings[.orgURL]?.source == .variable("OKTA_CLIENT_ORGURL"))
            #expect(settings[.token]?.source == .variable("OKTA_CLIENT_TOKEN"))
            #expect(settings[.connectionTimeout]?.source.description.hasPrefix(work + "/okta.yaml:1:") == true)

            var code = OktaSettings()
            code.set(.orgURL, to: "https://code.okta.com")
            #expect(try OktaConfiguration(settings: settings.overridden(by: code)).orgURL == "https://code.okta.com")
        }
    }

    @Test("Settings file search: an invalid file is an error, not skipped") func invalidFileIsErrorNotSkipped()
        throws
    {
        try withFolders { work, home in
            try write("home", to: home + "/.okta/okta.yaml")
            try Data("okta: [".utf8).write(to: URL(fileURLWithPath: work + "/okta.yaml"))
            #expect {
                try search(work, home).settings()
            } throws: {
                "\($0)".contains("work/okta.yaml")
            }
            try FileManager.default.removeItem(atPath: work + "/okta.yaml")
            try FileManager.default.createDirectory(atPath: work + "/okta.yaml", withIntermediateDirectories: false)
            #expect(throws: OktaError.self) { try search(work, home).settings() }
        }
    }

    @Test("Settings file search: without HOME only the working directory is searched")
    func withoutAHomeOnlyTheWorkingDirectoryIsSearched() throws {
        try withFolders { work, _ in
            let search = SettingsFileLocator(workingDirectory: work, environment: [:])
            let file = try search.file()
            #expect(search.home == nil && file == nil)
        }
    }
}
