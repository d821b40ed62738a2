public import OktaCatalog
public import YAML

/// One difference between two inputs.
public struct Change: Sendable, Hashable {
    /// A fact of the change, such as the name of a parameter.
    public struct Argument: Sendable, Hashable {
        /// The name of the fact.
        public var name: String
        /// The fact.
        public var value: String
        /// The text of the fact in the message; nil if the message has the fact itself. It is not part of the change's
        /// identity.
        public var shown: String?

        /// Creates an argument.
        public init(_ name: String, _ value: String, shown: String? = nil) {
            self.name = name
            self.value = value
            self.shown = shown
        }

        /// Compares the facts.
        public static func == (left: Argument, right: Argument) -> Bool {
            left.name == right.name && left.value == right.value
        }

        /// Hashes the fact.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(value)
        }
    }

    /// The rule.
    public var rule: DriftRule
    /// The subject of the change, with its locations.
    public var site: ChangeSite
    /// The facts; together with the rule and the subject, they identify the change.
    public var arguments: [Argument]
    /// The location in the document as a JSON Pointer (RFC 6901) in a `#` fragment; nil outside documents.
    public var pointer: String?
    /// Further lines that show the change, such as a unified diff. They are not part of its identity.
    public var detail: String?

    /// Creates a change.
    public init(_ rule: DriftRule, _ site: ChangeSite, _ arguments: [Argument] = [], detail: String? = nil) {
        self.rule = rule
        self.site = site
        self.arguments = arguments
        self.detail = detail
    }

    /// The subject of the change.
    public var subject: String { site.subject }

    /// The change in one sentence without a full stop.
    public var message: String { rule.message(with: arguments + [Argument("pointer", pointer ?? site.subject)]) }

    /// Twelve hexadecimal digits that depend only on rule, subject and arguments.
    ///
    /// The wording of the message is not included, so that rewording a rule does not affect accepted changes.
    public var fingerprint: String {
        // The length precedes each part, so that different lists of parts have different texts.
        let parts = [rule.id, site.subject] + arguments.flatMap { [$0.name, $0.value] }
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return String(SHA256.hexadecimal(of: text.utf8).prefix(12))
    }

    /// The identity of the change.
    struct Key: Hashable {
        var rule: String
        var subject: String
        var arguments: [Argument]
    }

    var key: Key { Key(rule: rule.id, subject: site.subject, arguments: arguments) }
}

/// The subject of a change, and its locations in both inputs.
public struct ChangeSite: Sendable, Hashable {
    /// The subject, such as an operation, a symbol of the library, a field of a model or a file.
    public var subject: String
    /// The operation, when only one operation is affected.
    public var operation: OperationIdentity?
    /// The location in the old input; nil for an addition.
    public var old: SourceLocation?
    /// The location in the new input; nil for a removal.
    public var new: SourceLocation?

    /// Creates a site.
    public init(
        _ subject: String, operation: OperationIdentity? = nil, old: SourceLocation? = nil, new: SourceLocation? = nil
    ) {
        self.subject = subject
        self.operation = operation
        self.old = old
        self.new = new
    }

    /// Returns the same subject at other locations.
    func at(old: SourceLocation? = nil, new: SourceLocation? = nil) -> ChangeSite {
        ChangeSite(subject, operation: operation, old: old, new: new)
    }

    /// Returns another subject at the same locations.
    func named(_ subject: String) -> ChangeSite {
        ChangeSite(subject, operation: operation, old: old, new: new)
    }
}

/// The changes of a comparison without duplicates, in the order of discovery.
struct ChangeCollector {
    private(set) var changes: [Change] = []
    private var indices: [Change.Key: Int] = [:]

    /// Adds a change, and returns its index even if it is a duplicate.
    @discardableResult
    mutating func add(_ change: Change) -> Int {
        if let known = indices[change.key] { return known }
        indices[change.key] = changes.count
        changes.append(change)
        return changes.count - 1
    }
}
