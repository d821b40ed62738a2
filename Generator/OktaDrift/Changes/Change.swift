import OktaCatalog

/// One difference between two inputs.
public struct Change: Sendable, Hashable {
    /// A fact of the change, such as the name of a parameter.
    public struct Argument: Sendable, Hashable {
        /// What the fact is.
        public var name: String
        /// The fact.
        public var value: String

        /// Creates an argument.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The rule that found it.
    public var rule: DriftRule
    /// What changed, and where.
    public var site: ChangeSite
    /// The facts; with the rule and the subject they identify the change.
    public var arguments: [Argument]
    /// Where the document says it, as RFC 6901 writes it behind `#`; nil for what stands in no document.
    public var pointer: String?
    /// More lines that show the change, such as a unified diff. They do not identify it.
    public var detail: String?

    /// Creates a change.
    public init(_ rule: DriftRule, _ site: ChangeSite, _ arguments: [Argument] = [], detail: String? = nil) {
        self.rule = rule
        self.site = site
        self.arguments = arguments
        self.detail = detail
    }

    /// What changed.
    public var subject: String { site.subject }

    /// What changed, in one sentence without a full stop.
    public var message: String { rule.message(with: arguments + [Argument("pointer", pointer ?? site.subject)]) }

    /// Twelve hexadecimal digits that stay the same as long as rule, subject and arguments do.
    ///
    /// The words of the message are not part of it: to reword a rule accepts and rejects nothing.
    public var fingerprint: String {
        // Each part is preceded by its length, so that no two lists of parts read alike.
        let parts = [rule.id, site.subject] + arguments.flatMap { [$0.name, $0.value] }
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return String(SHA256.hexadecimal(of: text.utf8).prefix(12))
    }

    /// What identifies the change.
    struct Key: Hashable {
        var rule: String
        var subject: String
        var arguments: [Argument]
    }

    var key: Key { Key(rule: rule.id, subject: site.subject, arguments: arguments) }
}
