import OktaRuntime

/// Simulates the sign-in to an app: which policies and rules match, and why others do not.
enum PolicySimulation {
    private static let types = ["OKTA_SIGN_ON", "MFA_ENROLL", "ACCESS_POLICY", "PROFILE_ENROLLMENT"]

    /// A policy or a rule with the results of its conditions.
    private struct Verdict {
        let json: JSON
        let conditions: [(type: String, result: ConditionResult)]
        /// The rules that were evaluated; nil for a rule.
        let rules: [Verdict]?

        /// The combined result of the conditions. A policy also needs a matching rule.
        var result: ConditionResult {
            let own = ConditionResult.all(conditions.map(\.result))
            guard own == .match, let rules else { return own }
            let results = rules.map(\.result)
            if results.contains(.match) { return .match }
            return results.contains(.undefined) ? .undefined : .notMatch
        }

        var shown: JSON {
            var shown: JSON = [
                "id": json["id"] ?? .null, "name": json["name"] ?? .null, "status": JSON(result.rawValue),
                "conditions": JSON(
                    conditions.map { ["type": JSON($0.type), "status": JSON($0.result.rawValue)] }),
            ]
            if let rules { shown["rules"] = JSON(rules.map(\.shown)) }
            return shown
        }
    }

    static let all: [Operation] = [
        Operation("POST", Kinds.policies + "/simulate") { call, org throws(OrgFault) in try response(call, org) }
    ]

    private static func response(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        // Okta's document describes a list of requests; the service takes a single one, as the document's examples do.
        let body = try call.object()
        let signIn = try SimulatedSignIn(body, org)
        // Policies that do not match are listed only on request.
        let listsEvaluated = call.expands("EVALUATED")
        var evaluations: [JSON] = []
        let wanted = (body["policyTypes"] ?? body["policyType"])?.elements?.compactMap(\.string)
        if let unknown = (wanted ?? []).first(where: { !types.contains($0) }) {
            throw .invalid("policyTypes", "policyTypes: The type \(unknown) cannot be simulated.")
        }
        for type in types where wanted?.contains(type) ?? true {
            evaluations.append(evaluation(type, signIn, org, listsEvaluated: listsEvaluated))
        }
        return .json(["evaluation": JSON(evaluations)])
    }

    /// Evaluates the policies of a type and their rules in order, until one matches.
    private static func evaluation(
        _ type: String, _ signIn: SimulatedSignIn, _ org: OrgState, listsEvaluated: Bool
    ) -> JSON {
        var matched: Verdict?
        var undefined: [Verdict] = []
        var evaluated: [Verdict] = []
        for policy in candidates(type, signIn, org) {
            let verdict = verdict(policy, signIn, org)
            switch verdict.result {
            case .match: matched = verdict
            case .undefined: undefined.append(verdict)
            case .notMatch: evaluated.append(verdict)
            }
            if matched != nil { break }
        }
        // The result has only the matching rule; earlier ones are listed as evaluated.
        var result: JSON?
        if let matched, let rules = matched.rules {
            result = Verdict(json: matched.json, conditions: matched.conditions, rules: rules.suffix(1)).shown
            for status in [ConditionResult.notMatch, .undefined] {
                let earlier = rules.dropLast().filter { $0.result == status }
                guard !earlier.isEmpty else { continue }
                let part = Verdict(json: matched.json, conditions: matched.conditions, rules: Array(earlier))
                if status == .notMatch { evaluated.append(part) } else { undefined.append(part) }
            }
        }
        return [
            "status": .null, "policyType": JSON(type), "result": ["policies": JSON(result.map { [$0] } ?? [])],
            "undefined": ["policies": JSON(undefined.map(\.shown))],
            "evaluated": ["policies": JSON(listsEvaluated ? evaluated.map(\.shown) : [])],
        ]
    }

    /// Returns the access rule for a user's sign-in to an app, with network and device unknown.
    static func accessRule(of app: JSON, _ user: UserRecord, _ org: OrgState) -> JSON? {
        let signIn = SimulatedSignIn(of: user, to: app, org)
        let verdicts = candidates("ACCESS_POLICY", signIn, org).map { verdict($0, signIn, org) }
        return verdicts.first { $0.result == .match }?.rules?.last?.json
    }

    /// Returns the sign-on rule for a user's sign-in to the org, with network and device unknown.
    static func signOnRule(of user: UserRecord, _ org: OrgState) -> JSON? {
        let signIn = SimulatedSignIn(of: user, to: .emptyObject, org)
        let verdicts = candidates("OKTA_SIGN_ON", signIn, org).map { verdict($0, signIn, org) }
        return verdicts.first { $0.result == .match }?.rules?.last?.json
    }

    /// Returns the policies that may apply: the app's policy, or all active ones of the org.
    private static func candidates(_ type: String, _ signIn: SimulatedSignIn, _ org: OrgState) -> [JSON] {
        guard AppPolicies.members[type] != nil else {
            return Policies.all(ofType: type, org).filter { $0.text("status") == "ACTIVE" }
        }
        let id = AppPolicies.policy(ofType: type, of: signIn.app, org)
        return id.flatMap { org.tables[Kinds.policies][$0] }.map { [$0] } ?? []
    }

    private static func verdict(_ policy: JSON, _ signIn: SimulatedSignIn, _ org: OrgState) -> Verdict {
        let conditions = Conditions.evaluate(policy["conditions"], signIn)
        var rules: [Verdict] = []
        if ConditionResult.all(conditions.map(\.result)) == .match {
            for rule in PolicyRules.all(ofPolicy: policy.text("id") ?? "", org) where rule.text("status") == "ACTIVE" {
                let verdict = Verdict(
                    json: rule, conditions: Conditions.evaluate(rule["conditions"], signIn), rules: nil)
                rules.append(verdict)
                if verdict.result == .match { break }
            }
        }
        return Verdict(json: policy, conditions: conditions, rules: rules)
    }
}
