import OktaRuntime

/// Priorities of policies within their type, and of rules within their policy.
enum PolicyPriorities {
    // MARK: Policies

    /// Sets the priority of a policy and shifts the others. System policies come last.
    static func place(_ json: JSON, _ org: inout OrgState) {
        guard let id = json.text("id"), let type = json.text("type") else { return }
        guard PolicyType.named(type).isOrdered else {
            org.tables[Kinds.policies][id]?["priority"] = 1
            return
        }
        guard json["system"]?.bool != true else { return }
        let all = Policies.all(ofType: type, org)
        var own = all.filter { $0["system"]?.bool != true && $0.text("id") != id }
        let wanted = json["priority"]?.int ?? own.count + 1
        own.insert(json, at: min(max(wanted, 1) - 1, own.count))
        number(own + all.filter { $0["system"]?.bool == true }, &org)
    }

    /// Closes the gap after a policy is deleted.
    static func close(_ type: String, _ org: inout OrgState) {
        guard PolicyType.named(type).isOrdered else { return }
        number(Policies.all(ofType: type, org), &org)
    }

    private static func number(_ policies: [JSON], _ org: inout OrgState) {
        for (index, policy) in policies.enumerated() {
            if let id = policy.text("id") { org.tables[Kinds.policies][id]?["priority"] = JSON(index + 1) }
        }
    }

    // MARK: Rules

    /// Sets the priority of a rule. An access rule may have any number; rules of other types are numbered without gaps,
    /// so a number beyond the last becomes the last. An access rule with a used number shifts the others from there, and
    /// so does a change that states the rule's own number.
    ///
    /// - Parameter own: The rule's own number, if the request states a number.
    static func placeRule(
        _ json: JSON, own previous: Int? = nil, kind: String, policy: String, _ org: inout OrgState
    ) {
        guard let id = json.text("id"), json["system"]?.bool != true else { return }
        let others = own(kind, policy, org).filter { $0.text("id") != id }
        let wanted = number(json)
        if takesAnyNumber(json.text("type")) {
            let place = wanted ?? (others.last.flatMap(number) ?? 0) + 1
            org.tables[kind, of: policy][id]?["priority"] = JSON(place)
            guard wanted != nil, previous == place || others.contains(where: { number($0) == place }) else { return }
            for other in others {
                if let otherID = other.text("id"), let priority = number(other), priority >= place {
                    org.tables[kind, of: policy][otherID]?["priority"] = JSON(priority + 1)
                }
            }
            return
        }
        var order = others
        order.insert(json, at: min(max(wanted ?? others.count + 1, 1) - 1, others.count))
        numberRules(order, kind, policy, &org)
    }

    /// Returns whether rules of a type may have any number: those of policies without an order.
    private static func takesAnyNumber(_ ruleType: String?) -> Bool { !PolicyType.named(ruleType).isOrdered }

    /// Returns a priority, clamped to 32 bits so that the next one cannot overflow.
    private static func number(_ json: JSON) -> Int? { (json["priority"]?.int).map { Int(Int32(clamping: $0)) } }

    /// Closes the gap after a rule is deleted, unless rules of its type may have gaps.
    static func closeRules(ofType type: String?, kind: String, policy: String, _ org: inout OrgState) {
        guard !takesAnyNumber(type) else { return }
        numberRules(own(kind, policy, org), kind, policy, &org)
    }

    private static func own(_ kind: String, _ policy: String, _ org: OrgState) -> [JSON] {
        org.tables[kind, of: policy].all.map(\.json).filter { $0["system"]?.bool != true }
            .sorted { ($0["priority"]?.int ?? 0) < ($1["priority"]?.int ?? 0) }
    }

    /// Numbers the rules from 1. The system rule comes last.
    private static func numberRules(_ rules: [JSON], _ kind: String, _ policy: String, _ org: inout OrgState) {
        for (index, rule) in rules.enumerated() {
            if let id = rule.text("id") { org.tables[kind, of: policy][id]?["priority"] = JSON(index + 1) }
        }
        for (id, rule) in org.tables[kind, of: policy].all
        where rule["system"]?.bool == true && rule["priority"]?.int != 99 {
            org.tables[kind, of: policy][id]?["priority"] = JSON(rules.count + 1)
        }
    }
}
