/// All rules by rule set.
public enum RuleTable {
    /// The rules of one file.
    public struct RuleSet: Sendable {
        /// The subject of the rules.
        public let name: String
        /// The rules.
        public let rules: [DriftRule]
    }

    /// The rule sets in listing order.
    public static let sets = [
        RuleSet(name: "operations", rules: OperationRules.rules),
        RuleSet(name: "parameters", rules: ParameterRules.rules),
        RuleSet(name: "request bodies", rules: RequestBodyRules.rules),
        RuleSet(name: "responses", rules: ResponseRules.rules),
        RuleSet(name: "types", rules: TypeRules.rules),
        RuleSet(name: "models", rules: ModelRules.rules),
        RuleSet(name: "fields", rules: FieldRules.rules),
        RuleSet(name: "values", rules: ValueRules.rules),
        RuleSet(name: "lifecycle", rules: LifecycleRules.rules),
        RuleSet(name: "scopes", rules: ScopeRules.rules),
        RuleSet(name: "wording", rules: WordingRules.rules),
        RuleSet(name: "dispositions", rules: DispositionRules.rules),
        RuleSet(name: "traffic", rules: TrafficRules.rules),
        RuleSet(name: "generated sources", rules: GeneratedRules.rules),
        RuleSet(name: "differences without a rule", rules: UnmodelledRules.rules),
    ]

    /// The rules in listing order.
    public static let rules = sets.flatMap(\.rules)

    /// Returns the rule with an id.
    public static func rule(_ id: String) -> DriftRule? { rules.first { $0.id == id } }
}

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

    /// Returns one rule in full.
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
