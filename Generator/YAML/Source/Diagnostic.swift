/// One finding about an input: what is wrong, where, and what to do about it.
public struct Diagnostic: Error, Hashable, Sendable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The input can not be used.
        case error
        /// The input can be used, but a reader may be misled.
        case warning
    }

    /// A second place that explains the finding, such as the first of two equal keys.
    public struct Note: Hashable, Sendable {
        /// What stands there.
        public var message: String
        /// The place.
        public var location: SourceLocation

        /// Creates a note.
        public init(_ message: String, at location: SourceLocation) {
            self.message = message
            self.location = location
        }
    }

    /// How much it matters.
    public var severity: Severity
    /// The stable id of the rule, in kebab case, such as `unknown-key`.
    public var rule: String
    /// What is wrong, in one sentence without a final full stop.
    public var message: String
    /// Where; nil when the finding has no place in a file.
    public var location: SourceLocation?
    /// What to do about it.
    public var hint: String?
    /// Other places that explain it.
    public var notes: [Note]

    /// Creates a finding, an error unless told otherwise.
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
