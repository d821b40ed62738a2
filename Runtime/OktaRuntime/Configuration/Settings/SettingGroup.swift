/// Where settings belong: to the one client of a program, or to one of several orgs.
public struct SettingGroup: Sendable, Hashable {
    /// The place in an `okta.yaml`, such as `okta.client`.
    public let path: String

    /// The beginning of the names of environment variables, such as `OKTA_CLIENT_`.
    public let variablePrefix: String

    /// The one client: `okta.client` and `OKTA_CLIENT_…`.
    public static var client: SettingGroup { SettingGroup(path: "okta.client", variablePrefix: "OKTA_CLIENT_") }

    /// One of several orgs: `okta.orgs.acme` and `OKTA_ORGS_ACME_…`.
    ///
    /// - Parameter name: The org's name; what is neither a letter of ASCII nor a digit is `_` in the environment.
    public static func organization(named name: String) -> SettingGroup {
        let variable = name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return SettingGroup(path: "okta.orgs.\(name)", variablePrefix: "OKTA_ORGS_\(String(variable))_")
    }

    /// The environment variable of a setting.
    public func variable(for name: SettingName) -> String {
        variablePrefix + String(name.rawValue.uppercased().map { $0 == "." ? "_" : $0 })
    }
}
