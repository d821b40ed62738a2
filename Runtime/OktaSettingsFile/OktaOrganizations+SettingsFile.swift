#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import OktaRuntime

extension OktaOrganizations {
    /// Makes a client for each org of an `okta.yaml`.
    ///
    /// What `okta.client` says of timeouts, proxy, retries and user agent holds for every org that says nothing else of
    /// it; credentials and URLs never do. The variable `OKTA_ORGS_ACME_TOKEN` goes before `okta.orgs.acme.token`, so that
    /// the file need not hold secrets.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - environment: The variables that go before the file; `nil` for those of the process.
    ///   - transport: What carries the requests; `nil` for libcurl.
    ///   - configure: Makes an org's configuration of its settings; for authorizations of other modules, such as
    ///     `OktaConfiguration.withOAuth(settings)` of `OktaOAuth`.
    /// - Throws: `OktaError.configuration` with all that is wrong, org by org.
    public init(
        _ file: SettingsFile,
        environment: [String: String]? = nil,
        transport: (any Transport)? = nil,
        configure: (_ name: String, _ settings: OktaSettings) throws(OktaError) -> OktaConfiguration = {
            _, settings throws(OktaError) in try OktaConfiguration(settings: settings)
        }
    ) throws(OktaError) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let common = try file.client.overridden(by: OktaSettings(environment: environment)).only(Self.commonNames)
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
            throw .configuration(ConfigurationFailure(message: faults.joined(separator: "\n")))
        }
        guard !definitions.isEmpty else {
            throw .configuration(
                ConfigurationFailure(message: "\(file.path) names no orgs; list them by name below okta.orgs"))
        }
        try self.init(definitions)
    }

    /// What says how calls are made, and not to whom or as whom.
    private static let commonNames: Set<OktaSettings.Key> = [
        .connectionTimeout, .requestTimeout, .userAgent, .proxyHost, .proxyPort, .proxyUsername, .proxyPassword,
        .maximumRetries,
    ]
}
