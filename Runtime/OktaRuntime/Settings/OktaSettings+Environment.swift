#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension OktaSettings {
    /// Reads the variables of a group, such as those whose names begin with `OKTA_CLIENT_`. Empty variables count as
    /// unset.
    ///
    /// - Parameters:
    ///   - environment: Names and values, such as `ProcessInfo.processInfo.environment`.
    ///   - group: The group to read. Defaults to the single client's.
    /// - Throws: ``OktaError/configuration(_:)`` if two spellings of one name have different values, or if a name is
    ///   misspelled.
    public init(environment: [String: String], group: OktaSettings.Group = .client) throws(OktaError) {
        self.init(group: group)
        let prefix = group.variablePrefix
        var problems = SettingProblems()
        // Sorted by name, so that the error is the same in each run.
        for (variable, value) in environment.sorted(by: { $0.key < $1.key }) {
            guard !value.trimmingSpace().isEmpty else { continue }
            guard variable.hasPrefix(prefix) else {
                if group == .client, !variable.hasPrefix("OKTA_ORGS_") { note(unread: variable) }
                continue
            }
            let spelling = String(variable.dropFirst(prefix.count))
            guard let name = OktaSettings.Key(spelling: spelling) else {
                _ = try problems.collect { () throws(OktaError) in try note(unknown: variable, spelling) }
                continue
            }
            if let other = self[name], other.text != value {
                throw .configuration(
                    .init(
                        message: "\(other.source) and \(variable) are the same setting with different values; unset one"
                    ))
            }
            if self[name] == nil { self[name] = OktaSettings.Value(value, source: .variable(variable)) }
        }
        try problems.check()
    }

    /// Records a variable that is not a setting. Throws for a misspelled setting.
    private mutating func note(unknown variable: String, _ spelling: String) throws(OktaError) {
        guard !OktaSettings.Key.isUsedOnlyByOtherSDKs(spelling) else { return note(unread: variable) }
        if let meant = OktaSettings.Key(nearestTo: spelling) {
            throw .configuration(
                .init(
                    message:
                        "\(variable) is not a setting; did you mean \(group.variable(for: meant))? Correct or unset it")
            )
        }
        note(unread: variable)
        note(unrecognized: variable)
    }

    /// Reads the variables of the process.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` if two spellings of one name have different values, or if a name is
    ///   misspelled.
    public static func fromEnvironment() throws(OktaError) -> OktaSettings {
        try OktaSettings(environment: ProcessInfo.processInfo.environment)
    }
}

/// Environment variables of other programs that may contain the value of a setting, such as `OKTA_API_TOKEN` of
/// Terraform's provider.
///
/// They are not read, because their meaning and combination differ between programs. An error about a missing setting
/// mentions them, so that the user knows that they were found but not used.
struct UnreadVariables: Sendable, Hashable {
    private var names: [OktaSettings.Key: Set<String>] = [:]

    /// Records a variable that is not a setting here.
    mutating func note(_ variable: String) {
        guard let name = Self.meaning(of: variable) else { return }
        names[name, default: []].insert(variable)
    }

    mutating func add(_ other: UnreadVariables) {
        names.merge(other.names) { $0.union($1) }
    }

    /// Returns a remark on the recorded variables that correspond to a missing setting; `nil` if there are none.
    func remark(on name: OktaSettings.Key, read: String) -> String? {
        guard let found = names[name]?.sorted(), let last = found.last else { return nil }
        let list = found.count == 1 ? last : found.dropLast().joined(separator: ", ") + " and " + last
        let whole = name == .orgURL ? ", the whole URL such as https://acme.okta.com" : ""
        return "\(list) \(found.count == 1 ? "is" : "are") set; the variable for it is \(read)\(whole)"
    }

    /// Returns the setting that another program's variable corresponds to, judged by the words of its name; `nil` if
    /// there is none.
    private static func meaning(of variable: String) -> OktaSettings.Key? {
        let words = Set(variable.uppercased().split(separator: "_").map(String.init))
        func has(_ any: String...) -> Bool { !words.isDisjoint(with: any) }
        guard has("OKTA") else { return nil }
        let isKeyID = has("KID", "KEYID") || has("KEY") && has("ID")
        if has("CLIENTID") || has("CLIENT") && has("ID") && !has("KEY") { return .clientID }
        if isKeyID { return .keyID }
        if has("PRIVATEKEY") || has("PRIVATE") && has("KEY") { return .privateKey }
        if has("SCOPE", "SCOPES") { return .scopes }
        if has(
            "SECRET", "REFRESH", "REDIRECT", "CALLBACK", "LOGOUT", "ISSUER", "METADATA", "PROXY", "USER", "USERNAME",
            "EMAIL")
        {
            return nil
        }
        if has("TOKEN", "APITOKEN", "APIKEY", "SSWS") || has("API") && has("KEY") { return .token }
        if has("URL", "ORGURL", "BASEURL", "DOMAIN", "SUBDOMAIN", "HOST", "HOSTNAME", "ORG", "ORGNAME") {
            return .orgURL
        }
        return nil
    }
}
