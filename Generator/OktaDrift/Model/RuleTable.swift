/// All rules, by family.
public enum RuleTable {
    /// A family of rules, which one file holds.
    public struct Family: Sendable {
        /// What the rules are about.
        public let name: String
        /// The rules.
        public let rules: [DriftRule]
    }

    /// The families, in the order in which they are listed.
    public static let families = [
        Family(name: "operations", rules: OperationFamily.rules),
        Family(name: "parameters", rules: ParameterFamily.rules),
        Family(name: "request bodies", rules: RequestBodyFamily.rules),
        Family(name: "responses", rules: ResponseFamily.rules),
        Family(name: "types", rules: TypeFamily.rules),
        Family(name: "models", rules: ModelFamily.rules),
        Family(name: "fields", rules: FieldFamily.rules),
        Family(name: "values", rules: ValueFamily.rules),
        Family(name: "lifecycle", rules: LifecycleFamily.rules),
        Family(name: "scopes", rules: ScopeFamily.rules),
        Family(name: "wording", rules: WordingFamily.rules),
        Family(name: "dispositions", rules: DispositionFamily.rules),
        Family(name: "traffic", rules: TrafficFamily.rules),
        Family(name: "generated sources", rules: GeneratedFamily.rules),
        Family(name: "what no rule knows", rules: UnmodelledFamily.rules),
    ]

    /// The rules, in the order in which they are listed.
    public static let rules = families.flatMap(\.rules)

    /// The rule of an id.
    public static func rule(_ id: String) -> DriftRule? { rules.first { $0.id == id } }
}
