/// The rules as text.
public enum RuleListing {
    /// All rules by rule set, one per line.
    public static var text: String {
        let width = RuleTable.rules.map(\.id.count).max() ?? 0
        return RuleTable.sets.map { set in
            let lines = set.rules.map { rule in
                "  " + padded(rule.id, to: width + 2) + padded(rule.wire.rawValue, to: 9)
                    + padded(rule.source.rawValue, to: 9) + rule.message
            }
            return "\(set.name) (rule, wire, Swift, message)\n\(lines.joined(separator: "\n"))\n"
        }.joined(separator: "\n")
    }

    /// One rule in full.
    public static func explanation(of rule: DriftRule) -> String {
        """
        \(rule.id)
        wire: \(rule.wire.rawValue), Swift source: \(rule.source.rawValue)

        \(rule.message)

        \(rule.advice)

        """
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
