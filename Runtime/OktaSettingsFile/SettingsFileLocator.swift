#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

/// Where to look for an `okta.yaml`.
public struct SettingsFileLocator: Sendable, Hashable {
    /// The folder of the program's own file. Defaults to the working directory.
    public var workingDirectory: String

    /// The folder in which to look for `.okta/okta.yaml`; `nil` for none.
    public var home: String?

    /// The variables that override a file.
    public var environment: [String: String]

    /// Creates a locator.
    ///
    /// - Parameters:
    ///   - workingDirectory: The folder of the program's own file.
    ///   - environment: Names and values. Defaults to those of the process. `HOME` is the home folder.
    public init(workingDirectory: String = ".", environment: [String: String]? = nil) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        self.workingDirectory = workingDirectory
        self.environment = environment
        home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first file found: `okta.yaml` of the working directory, then `~/.okta/okta.yaml`; `nil` when there is
    /// neither.
    ///
    /// Only one file is read, so that an org's URL from one file is never combined with a token from the other.
    ///
    /// - Throws: `OktaError.configuration` when the file found is invalid.
    public func file() throws(OktaError) -> SettingsFile? {
        let own = workingDirectory == "." ? "okta.yaml" : "\(workingDirectory)/okta.yaml"
        let candidates = [own] + (home.map { ["\($0)/.okta/okta.yaml"] } ?? [])
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else { return nil }
        return try SettingsFile(at: path)
    }

    /// The settings of the single client: those of the environment, and otherwise those of the file.
    ///
    /// - Throws: `OktaError.configuration`.
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
    /// - Parameter search: Where to look. Defaults to `./okta.yaml`, then `~/.okta/okta.yaml`.
    /// - Throws: `OktaError.configuration` naming the setting that is missing or invalid, with its position.
    public static func fromFile(_ search: SettingsFileLocator = SettingsFileLocator()) throws(OktaError)
        -> OktaConfiguration
    {
        try OktaConfiguration(settings: search.settings())
    }
}
