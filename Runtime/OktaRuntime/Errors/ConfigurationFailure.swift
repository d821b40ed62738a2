/// A setting that is wrong.
public struct ConfigurationFailure: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; never repeats the value, which may hold a secret.
    public var message: String

    /// The corrected value, when it can be told.
    public var suggestion: String?

    /// The single failures, of one that tells of several settings.
    package var parts: [ConfigurationFailure] = []

    /// Creates a failure.
    public init(message: String, suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }

    /// The message with the corrected value.
    public var description: String {
        suggestion.map { "\(message). Use \($0)" } ?? message
    }
}
