/// A missing setting, for programs that give different advice than the library.
package struct MissingSetting: Sendable, Hashable {
    /// The name of the setting, such as `orgUrl`.
    package let name: String
    /// The setting in words, such as `the API token`.
    package let what: String
    /// The environment variable of the setting.
    package let variable: String
    /// Remarks on related variables and settings.
    package let remarks: [String]
}
