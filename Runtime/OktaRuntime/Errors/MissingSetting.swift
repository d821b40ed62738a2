/// A setting that is missing, for programs that have other advice than the library.
package struct MissingSetting: Sendable, Hashable {
    /// Its name, such as `orgUrl`.
    package let name: String
    /// What it is, such as `the API token`.
    package let what: String
    /// The variable that sets it.
    package let variable: String
    /// What the reader should know of other variables and settings.
    package let remarks: [String]
}
