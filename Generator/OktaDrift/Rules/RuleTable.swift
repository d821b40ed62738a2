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

    /// The rule with an id.
    public static func rule(_ id: String) -> DriftRule? { rules.first { $0.id == id } }
}
