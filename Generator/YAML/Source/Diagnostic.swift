/// One finding about an input: the problem, its location, and the advice.
public struct Diagnostic: Error, Hashable, Sendable {
    /// The severity of a finding.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The input cannot be used.
        case error
        /// The input can be used, but may mislead readers.
        case warning
    }

    /// A second location that explains the finding, such as the first of two equal keys.
    public struct Note: Hashable, Sendable {
        /// The explanation.
        public var message: String
        /// The location.
        public var location: SourceLocation

        /// Creates a note.
        public init(_ message: String, at location: SourceLocation) {
            self.message = message
            self.location = location
        }
    }

    /// The severity.
    public var severity: Severity
    /// The stable id of the rule, in kebab case, such as `unknown-key`.
    public var rule: String
    /// The problem, in one sentence without a final full stop.
    public var message: String
    /// The location; nil when the finding has none in a file.
    public var location: SourceLocation?
    /// The advice.
    public var hint: String?
    /// Further locations that explain it.
    public var notes: [Note]

    /// Creates a finding. The severity defaults to an error.
    public init(
        _ severity: Severity = .error, rule: String, _ message: String, at location: SourceLocation? = nil,
        hint: String? = nil, notes: [Note] = []
    ) {
        self.severity = severity
        self.rule = rule
        self.message = message
        self.location = location
        self.hint = hint
        self.notes = notes
    }
}
