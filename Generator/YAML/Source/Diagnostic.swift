/// A finding about an input, with the problem, its location, and advice.
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
    /// The location; nil if the finding has none in a file.
    public var location: SourceLocation?
    /// The advice.
    public var hint: String?
    /// Further locations that explain it.
    public var notes: [Note]
    /// The fact of the input that the message describes, for tools that identify findings regardless of wording; nil if
    /// the rule and the location suffice.
    public var fact: String?

    /// Creates a finding. The severity defaults to an error.
    public init(
        _ severity: Severity = .error, rule: String, _ message: String, at location: SourceLocation? = nil,
        hint: String? = nil, notes: [Note] = [], fact: String? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.message = message
        self.location = location
        self.hint = hint
        self.notes = notes
        self.fact = fact
    }
}

/// The findings of a run, which are collected so that all of them are reported.
public struct Diagnostics: Error, Sendable {
    /// The findings in the order of discovery.
    public private(set) var all: [Diagnostic] = []

    /// Creates an empty collection.
    public init() {}

    /// Whether the input cannot be used.
    public var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// Adds a finding.
    public mutating func report(_ diagnostic: Diagnostic) {
        all.append(diagnostic)
    }

    /// Adds the findings of another collection.
    public mutating func append(_ other: some Sequence<Diagnostic>) {
        all.append(contentsOf: other)
    }

    /// The findings in the order in which they are printed, by file, line, column and rule.
    public var sorted: [Diagnostic] {
        all.enumerated().sorted { left, right in
            let (a, b) = (left.element.location, right.element.location)
            let (aFile, bFile) = (a?.file ?? "", b?.file ?? "")
            if aFile != bFile { return aFile < bFile }
            let (aMark, bMark) = (a?.start ?? .start, b?.start ?? .start)
            if aMark != bMark { return aMark < bMark }
            if left.element.rule != right.element.rule { return left.element.rule < right.element.rule }
            return left.offset < right.offset
        }.map(\.element)
    }
}
