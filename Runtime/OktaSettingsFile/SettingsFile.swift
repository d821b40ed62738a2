#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime
import YAML

/// An `okta.yaml` in the format that Okta's SDKs share, extended for several orgs.
///
/// ```yaml
/// okta:
///   client:
///     orgUrl: https://acme.okta.com
///     token: …
///     connectionTimeout: 30
///   orgs:
///     globex:
///       orgUrl: https://globex.okta.com
///       tenants: [tenant-1, tenant-2]
/// ```
///
/// Every value keeps its location, so that errors state file, line and column. Values are never printed.
public struct SettingsFile: Sendable {
    /// The path, as shown in errors.
    public let path: String

    /// The settings of the single client, `okta.client`.
    public let client: OktaSettings

    /// The orgs, `okta.orgs`, in the order of the file.
    public let organizations: [OrganizationSettings]

    /// Reads a file from disk.
    ///
    /// - Parameter path: The path.
    /// - Throws: `OktaError.configuration` if the file cannot be read or does not have this format.
    public init(at path: String) throws(OktaError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .configuration(
                .init(message: "\(path) cannot be read; check that it exists and is readable"))
        }
        try self.init(path: path, bytes: Array(data))
    }

    /// Reads a file from text, for sources other than a disk.
    ///
    /// - Parameters:
    ///   - path: The path to show in errors.
    ///   - text: The content.
    /// - Throws: `OktaError.configuration` if the text does not have this format.
    public init(path: String, text: String) throws(OktaError) {
        try self.init(path: path, bytes: Array(text.utf8))
    }

    private init(path: String, bytes: [UInt8]) throws(OktaError) {
        var reader = SettingsFileReader()
        let root = YAMLLoader().load(SourceFile(path: path, bytes: bytes), reporting: &reader.diagnostics)
        if let root { reader.read(root) }
        guard !reader.diagnostics.hasErrors else {
            // No files are passed, so that the renderer shows no source lines, which may contain secrets.
            let report = DiagnosticRenderer(files: []).render(reader.diagnostics.sorted).trimmingLineBreaks()
            throw .configuration(.init(message: "\(path) cannot be used:\n\(report)"))
        }
        self.path = path
        client = reader.client
        organizations = reader.organizations
    }
}

extension String {
    fileprivate func trimmingLineBreaks() -> String {
        String(self[..<(lastIndex { !$0.isNewline }.map { index(after: $0) } ?? startIndex)])
    }
}

/// One of several orgs in an `okta.yaml`.
public struct OrganizationSettings: Sendable {
    /// The name, which is the key below `okta.orgs`.
    public let name: String

    /// The org's settings.
    public let settings: OktaSettings

    /// The program's ids of the tenants that belong to the org.
    public let tenants: [String]
}
