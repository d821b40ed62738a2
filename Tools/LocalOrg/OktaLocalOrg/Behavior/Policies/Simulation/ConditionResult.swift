import OktaRuntime

/// The result of a condition in a simulation. A condition on something that the request does not state is undefined.
enum ConditionResult: String, Sendable {
    case match = "MATCH"
    case notMatch = "NOT_MATCH"
    case undefined = "UNDEFINED"

    init(_ fits: Bool?) { self = fits.map { $0 ? .match : .notMatch } ?? .undefined }

    /// Returns the combined result: not a match if any condition does not match, otherwise undefined if any is.
    static func all(_ results: [ConditionResult]) -> ConditionResult {
        if results.contains(.notMatch) { return .notMatch }
        return results.contains(.undefined) ? .undefined : .match
    }
}

/// Evaluates the conditions of policies and rules.
enum Conditions {
    /// Returns the results of the conditions that are set, by their name, such as `people.groups.include`.
    static func evaluate(_ conditions: JSON?, _ signIn: SimulatedSignIn) -> [(type: String, result: ConditionResult)] {
        guard let conditions, conditions.kind == .object else { return [] }
        var results: [(type: String, result: ConditionResult)] = []
        func list(_ path: String) -> [String]? {
            guard let list = conditions[path: path]?.elements?.compactMap(\.string), !list.isEmpty else { return nil }
            return list
        }
        func add(_ path: String, _ fits: (_ values: [String]) -> Bool?) {
            if let values = list(path) { results.append((path, ConditionResult(fits(values)))) }
        }
        add("people.groups.include") { !signIn.groups.isDisjoint(with: $0) }
        add("people.groups.exclude") { signIn.groups.isDisjoint(with: $0) }
        add("people.users.include") { values in signIn.user.map { values.contains($0.id) } }
        // Without a user, nobody is excluded.
        add("people.users.exclude") { values in signIn.user.map { !values.contains($0.id) } ?? true }
        add("userType.include") { values in signIn.user.map { values.contains($0.typeID) } }
        add("userType.exclude") { values in signIn.user.map { !values.contains($0.typeID) } ?? true }
        network(conditions, signIn).map { results += $0 }
        platform(conditions, signIn).map { results.append($0) }
        device(conditions, signIn).map { results += $0 }
        risk(conditions, signIn).map { results.append($0) }
        app(conditions, signIn).map { results += $0 }
        if conditions.text("elCondition.condition")?.isEmpty == false {
            // These conditions use another expression language than group rules.
            results.append(("elCondition", .undefined))
        }
        return results
    }

    private typealias Named = (type: String, result: ConditionResult)

    private static func network(_ conditions: JSON, _ signIn: SimulatedSignIn) -> [Named]? {
        guard conditions.text("network.connection") == "ZONE" else { return nil }
        let lists: [(String, Bool)] = [("network.include", true), ("network.exclude", false)]
        return lists.compactMap { path, isIncluded in
            guard let zones = conditions[path: path]?.elements?.compactMap(\.string), !zones.isEmpty else { return nil }
            guard let own = signIn.zones else { return (path, .undefined) }
            let isIn = zones.contains("ALL_ZONES") ? !own.isEmpty : !own.isDisjoint(with: zones)
            return (path, ConditionResult(isIn == isIncluded))
        }
    }

    private static func platform(_ conditions: JSON, _ signIn: SimulatedSignIn) -> Named? {
        guard let platforms = conditions[path: "platform.include"]?.elements, !platforms.isEmpty else { return nil }
        guard let own = signIn.device?.text("platform")?.uppercased() else { return ("platform.include", .undefined) }
        let mobile: Set = ["IOS", "ANDROID"]
        let fits = platforms.contains { platform in
            let system = platform.text("os.type")?.uppercased() ?? "ANY"
            let type = platform.text("type")?.uppercased() ?? "ANY"
            let fitsType = type == "ANY" || (type == "MOBILE") == mobile.contains(own)
            return fitsType && (system == "ANY" || system == own || system == "OSX" && own == "MACOS")
        }
        return ("platform.include", ConditionResult(fits))
    }

    private static func device(_ conditions: JSON, _ signIn: SimulatedSignIn) -> [Named]? {
        guard let condition = conditions["device"], condition.kind == .object else { return nil }
        var results: [Named] = []
        for name in ["registered", "managed"] {
            guard let wanted = condition[name]?.bool else { continue }
            results.append(("device.\(name)", ConditionResult(signIn.device?[name]?.bool.map { $0 == wanted })))
        }
        if let policies = condition[path: "assurance.include"]?.elements?.compactMap(\.string), !policies.isEmpty {
            let own = signIn.device?.text("assuranceId")
            results.append(("device.assurance.include", ConditionResult(own.map { policies.contains($0) })))
        }
        return results
    }

    private static func risk(_ conditions: JSON, _ signIn: SimulatedSignIn) -> Named? {
        guard let level = conditions.text("riskScore.level"), level != "ANY" else { return nil }
        return ("riskScore.level", ConditionResult(signIn.riskLevel.map { $0 == level }))
    }

    private static func app(_ conditions: JSON, _ signIn: SimulatedSignIn) -> [Named]? {
        let lists: [(String, Bool)] = [("app.include", true), ("app.exclude", false)]
        return lists.compactMap { path, isIncluded in
            guard let apps = conditions[path: path]?.elements, !apps.isEmpty else { return nil }
            let isNamed = apps.contains { app in
                app.text("type") == "APP_TYPE" || app["id"] == nil
                    ? app.text("name") == signIn.app.text("name") : app.text("id") == signIn.app.text("id")
            }
            return (path, ConditionResult(isNamed == isIncluded))
        }
    }
}
