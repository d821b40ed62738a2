/// An invalid setting.
public struct ConfigurationFailure: Sendable, Hashable, CustomStringConvertible {
    /// The problem; never repeats the value, which may hold a secret.
    public var message: String

    /// The corrected value, when it is known.
    public var suggestion: String?

    /// The single failures, when this one covers several settings.
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
