#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

/// The folders to search for an `okta.yaml`, and the environment variables that override it.
public struct SettingsFileLocator: Sendable, Hashable {
    /// The folder of the program's `okta.yaml`. Defaults to the working directory.
    public var workingDirectory: String

    /// The folder in which to look for `.okta/okta.yaml`; `nil` for none.
    public var home: String?

    /// The variables that override a file.
    public var environment: [String: String]

    /// Creates a locator.
    ///
    /// - Parameters:
    ///   - workingDirectory: The folder of the program's `okta.yaml`.
    ///   - environment: Names and values. Defaults to those of the process. `HOME` is the home folder.
    public init(workingDirectory: String = ".", environment: [String: String]? = nil) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        self.workingDirectory = workingDirectory
        self.environment = environment
        home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Returns the first file found: `okta.yaml` in the working directory, then `~/.okta/okta.yaml`; `nil` if there is
    /// neither.
    ///
    /// Only one file is read, so that an org's URL from one file is never combined with a token from the other.
    ///
    /// - Throws: `OktaError.configuration` if the file is invalid.
    public func file() throws(OktaError) -> SettingsFile? {
        let own = workingDirectory == "." ? "okta.yaml" : "\(workingDirectory)/okta.yaml"
        let candidates = [own] + (home.map { ["\($0)/.okta/okta.yaml"] } ?? [])
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else { return nil }
        return try SettingsFile(at: path)
    }

    /// Returns the settings of the single client, with those of the environment overriding those of the file.
    ///
    /// - Throws: `OktaError.configuration` if the file is invalid, or if a variable is misspelled or contradicts
    ///   another one.
    public func settings() throws(OktaError) -> OktaSettings {
        let fromEnvironment = try OktaSettings(environment: environment)
        return try (file()?.client ?? OktaSettings()).overridden(by: fromEnvironment)
    }
}

extension OktaConfiguration {
    /// Reads the settings of the single client from `okta.yaml` and the environment, which has precedence.
    ///
    /// ```swift
    /// let okta = try OktaClient(configuration: .fromFile())
    /// ```
    ///
    /// - Parameter search: The locations to search. Defaults to `./okta.yaml`, then `~/.okta/okta.yaml`.
    /// - Throws: `OktaError.configuration`, which names the missing or invalid setting and its location.
    public static func fromFile(_ search: SettingsFileLocator = SettingsFileLocator()) throws(OktaError)
        -> OktaConfiguration
    {
        try OktaConfiguration(settings: search.settings())
    }
}
