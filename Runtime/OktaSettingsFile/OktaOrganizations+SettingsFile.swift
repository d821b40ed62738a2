#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

extension OktaOrganizations {
    /// Creates a client for each org of an `okta.yaml`.
    ///
    /// The settings of `okta.client` for timeouts, proxy, retries and user agent are the defaults for every org, but
    /// its URL and credentials are not. The variable `OKTA_ORGS_ACME_TOKEN` overrides `okta.orgs.acme.token`, so that
    /// the file need not contain secrets.
    ///
    /// Precedence for an org: `configure`, `OKTA_ORGS_ACME_…`, `okta.orgs.acme`, then the defaults for every org:
    /// `OKTA_CLIENT_…`, `okta.client`.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - environment: The variables; `nil` for those of the process.
    ///   - transport: The transport; `nil` for libcurl.
    ///   - configure: Creates an org's configuration from its settings. Its changes take precedence. Use it for
    ///     authorizations of other modules, such as `OktaConfiguration.withOAuth(settings)` of `OktaOAuth`.
    /// - Throws: `OktaError.configuration` with all problems of all orgs.
    public init(
        _ file: SettingsFile,
        environment: [String: String]? = nil,
        transport: (any HTTPTransport)? = nil,
        configure: (_ name: String, _ settings: OktaSettings) throws(OktaError) -> OktaConfiguration = {
            _, settings throws(OktaError) in try OktaConfiguration(settings: settings)
        }
    ) throws(OktaError) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let common = try file.client.overridden(by: OktaSettings(environment: environment)).filtered(
            to: Self.commonNames)
        var definitions: [OktaOrganizations.Definition] = []
        var faults: [String] = []
        for profile in file.organizations {
            do throws(OktaError) {
                let own = try OktaSettings(environment: environment, group: profile.settings.group)
                let settings = common.overridden(by: profile.settings).overridden(by: own)
                definitions.append(
                    OktaOrganizations.Definition(
                        name: profile.name, configuration: try configure(profile.name, settings),
                        tenants: profile.tenants, transport: transport))
            } catch {
                faults.append("org \(profile.name): \(error.description)")
            }
        }
        guard faults.isEmpty else {
            throw .configuration(.init(message: faults.joined(separator: "\n")))
        }
        guard !definitions.isEmpty else {
            throw .configuration(
                .init(message: "\(file.path) has no orgs; list them by name under okta.orgs"))
        }
        try self.init(definitions)
    }

    /// The settings that are independent of the org and its credentials.
    private static let commonNames: Set<OktaSettings.Key> = [
        .connectionTimeout, .requestTimeout, .userAgent, .proxyHost, .proxyPort, .proxyUsername, .proxyPassword,
        .maximumRetries,
    ]
}
