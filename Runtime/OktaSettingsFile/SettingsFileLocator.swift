#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

/// Where an `okta.yaml` is looked for.
public struct SettingsFileLocator: Sendable, Hashable {
    /// The folder of the program's own file; the working directory unless told otherwise.
    public var workingDirectory: String

    /// The folder in which `.okta/okta.yaml` is looked for; `nil` for nowhere.
    public var home: String?

    /// The variables that go before a file.
    public var environment: [String: String]

    /// Creates a search with the variables of the process unless told otherwise.
    ///
    /// - Parameters:
    ///   - workingDirectory: The folder of the program's own file.
    ///   - environment: Names and values; `HOME` tells the home folder.
    public init(workingDirectory: String = ".", environment: [String: String]? = nil) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        self.workingDirectory = workingDirectory
        self.environment = environment
        home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The file that is found first: `okta.yaml` of the working directory, then `~/.okta/okta.yaml`; `nil` when there is
    /// neither.
    ///
    /// Only one file is read, so that an org's URL in the one and a token in the other never come together.
    ///
    /// - Throws: `OktaError.configuration` when the file that is there cannot be used.
    public func file() throws(OktaError) -> SettingsFile? {
        let candidates = ["\(workingDirectory)/okta.yaml"] + (home.map { ["\($0)/.okta/okta.yaml"] } ?? [])
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else { return nil }
        return try SettingsFile(at: path)
    }

    /// The settings of the one client: the environment's, and where it has none, the file's.
    ///
    /// - Throws: `OktaError.configuration`.
    public func settings() throws(OktaError) -> OktaSettings {
        let fromEnvironment = try OktaSettings(environment: environment)
        return try (file()?.client ?? OktaSettings()).overridden(by: fromEnvironment)
    }
}
