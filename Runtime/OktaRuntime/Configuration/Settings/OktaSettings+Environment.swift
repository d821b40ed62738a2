#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension OktaSettings {
    /// Reads the variables of a group, such as those whose names begin with `OKTA_CLIENT_`; empty ones count as not set.
    ///
    /// - Parameters:
    ///   - environment: Names and values, such as `ProcessInfo.processInfo.environment`.
    ///   - group: Whose settings to read; the one client's unless told otherwise.
    /// - Throws: ``OktaError/configuration(_:)`` when two spellings of one name hold different values.
    public init(environment: [String: String], group: SettingGroup = .client) throws(OktaError) {
        self.init(group: group)
        let prefix = group.variablePrefix
        // In order of the names, so that what is reported does not change from run to run.
        for (variable, value) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix(prefix) {
            guard !value.trimmingSpace().isEmpty else { continue }
            let spelling = String(variable.dropFirst(prefix.count))
            guard let name = SettingName(spelling: spelling) else {
                if !SettingName.isOfOthers(spelling) { note(unrecognized: variable) }
                continue
            }
            if let other = self[name], other.text != value {
                throw .configuration(
                    ConfigurationFailure(
                        message: "\(other.source) and \(variable) are the same setting with different values; unset one"
                    ))
            }
            if self[name] == nil { self[name] = Setting(value, source: .variable(variable)) }
        }
    }

    /// Reads the variables of the process.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` when two spellings of one name hold different values.
    public static func fromEnvironment() throws(OktaError) -> OktaSettings {
        try OktaSettings(environment: ProcessInfo.processInfo.environment)
    }
}
