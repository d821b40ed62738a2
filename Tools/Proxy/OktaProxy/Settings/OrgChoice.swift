#if Proxy
package import OktaCommand
package import OktaRuntime

/// The org behind a proxy, with credentials only if the proxy adds them.
package enum OrgChoice {
    /// Returns the configuration of the org in the settings.
    package static func configuration(
        _ settings: ProxySettings, _ context: ProgramContext
    ) throws(CommandFailure) -> OktaConfiguration {
        do {
            var configuration = try configuration(named: settings.org, needsCredentials: settings.injectsToken, context)
            if let share = settings.utilization { configuration.rateLimits.utilization = share }
            configuration.caBundlePath = settings.caBundlePath ?? context.caBundlePath
            return configuration
        } catch let error as OktaError {
            throw CommandFailure(error)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }

    private static func configuration(
        named name: String?, needsCredentials: Bool, _ context: ProgramContext
    ) throws -> OktaConfiguration {
        guard let name, name.contains("://") || name.contains("."), !(try isKnown(name, context)) else {
            let target = try OrgSelection(name: name).target(context)
            guard needsCredentials else {
                return try OktaConfiguration(settings: target.settings, authorization: NoAuthorization())
            }
            return try target.client().configuration
        }
        let plain = try OktaConfiguration(orgURL: name, authorization: NoAuthorization())
        let known = try KnownOrgs(context)
        let settings = try target(at: plain.orgURL, known)
        guard needsCredentials else {
            guard let settings else { return plain }
            return try OktaConfiguration(settings: settings.settings, authorization: NoAuthorization())
        }
        guard let settings else {
            throw CommandFailure(
                .usage, "there are no credentials for \(plain.orgURL)",
                advice: "Run `okta login \(plain.orgURL)`, set OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN, or leave out "
                    + "--inject-token, so that clients send their own.")
        }
        return try settings.client().configuration
    }

    private static func isKnown(_ name: String, _ context: ProgramContext) throws -> Bool {
        try KnownOrgs(context).all().contains { $0.name == name }
    }

    /// Returns the configured org with a URL.
    private static func target(at url: String, _ known: KnownOrgs) throws -> OrgTarget? {
        var targets = try known.all()
        if let standard = try? known.standard() { targets.insert(standard, at: 0) }
        return targets.first { target in
            (try? OktaConfiguration(orgURL: target.url, authorization: NoAuthorization()))?.orgURL == url
        }
    }
}
#endif
