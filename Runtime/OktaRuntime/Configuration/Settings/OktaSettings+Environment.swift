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
    /// - Throws: ``OktaError/configuration(_:)`` when two spellings of one name hold different values, and for a
    ///   misspelt name.
    public init(environment: [String: String], group: OktaSettings.Group = .client) throws(OktaError) {
        self.init(group: group)
        let prefix = group.variablePrefix
        var problems = SettingProblems()
        // In order of the names, so that the report is the same in each run.
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
                    ConfigurationFailure(
                        message: "\(other.source) and \(variable) are the same setting with different values; unset one"
                    ))
            }
            if self[name] == nil { self[name] = OktaSettings.Value(value, source: .variable(variable)) }
        }
        try problems.check()
    }

    /// Records a variable that is not a setting; throws for a misspelt setting.
    private mutating func note(unknown variable: String, _ spelling: String) throws(OktaError) {
        guard !OktaSettings.Key.isOfOthers(spelling) else { return note(unread: variable) }
        if let meant = OktaSettings.Key(misspelt: spelling) {
            throw .configuration(
                ConfigurationFailure(
                    message:
                        "\(variable) is not a setting; did you mean \(group.variable(for: meant))? Correct or unset it")
            )
        }
        note(unread: variable)
        note(unrecognized: variable)
    }

    /// Reads the variables of the process.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` when two spellings of one name hold different values.
    public static func fromEnvironment() throws(OktaError) -> OktaSettings {
        try OktaSettings(environment: ProcessInfo.processInfo.environment)
    }
}
