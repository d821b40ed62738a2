import OktaRuntime

/// The steps of a sign-in that concern factors.
extension SignInFactors {
    static func shown(_ signIn: SignIn, _ call: Call, _ org: OrgState) -> OrgResponse {
        let back = ("prev", SignIn.link(call, "/previous"))
        switch signIn.status {
        case .enrollment:
            let factors = FactorKind.all.map { kind -> JSON in
                let provider = JSON(kind.providers.first ?? "OKTA")
                return [
                    "factorType": JSON(kind.type), "provider": provider, "vendorName": provider,
                    "_links": ["enroll": SignIn.link(call, "/factors")], "status": "NOT_SETUP",
                    "enrollment": "OPTIONAL",
                ]
            }
            return signIn.response(call, org, embedded: [("factors", JSON(factors))], links: [])
        case .enrollmentActivation:
            guard let factor = factor(of: signIn, org) else { break }
            let own = "/factors/\(factor.text("id") ?? "")/lifecycle"
            var shown = core(factor)
            shown["_embedded"] = factor["_embedded"]
            let isPush = factor.text("factorType") == "push"
            var links = [
                (
                    "next",
                    isPush
                        ? SignIn.link(call, own + "/activate/poll", name: "poll")
                        : SignIn.link(call, own + "/activate", name: "activate")
                ), back,
            ]
            if isSent(factor) { links.append(("resend", [SignIn.link(call, own + "/resend", name: type(factor))])) }
            return signIn.response(call, org, embedded: [("factor", shown)], links: links)
        case .factorChallenge:
            guard let factor = factor(of: signIn, org) else { break }
            return challenge(signIn, factor, call, org)
        default: break
        }
        let factors = active(of: signIn.user, org).map { shown($0, call) }
        return signIn.response(call, org, embedded: [("factors", JSON(factors)), policy(signIn, org)], links: [])
    }

    static func challenge(_ signIn: SignIn, _ factor: JSON, _ call: Call, _ org: OrgState) -> OrgResponse {
        let own = "/factors/\(factor.text("id") ?? "")/verify"
        let isPush = factor.text("factorType") == "push"
        var links = [
            ("next", SignIn.link(call, own, name: isPush ? "poll" : "verify")),
            ("prev", SignIn.link(call, "/previous")),
        ]
        if isPush || isSent(factor) {
            links.append(("resend", [SignIn.link(call, own + "/resend", name: type(factor))]))
        }
        var shown = shown(factor, call)
        shown["_links"] = nil as JSON?
        if case .signature = FactorKind.named(type(factor))?.proof {
            // The challenge is derived from the state token, so it is the same in each request.
            shown["_embedded"] = ["challenge": ["challenge": JSON(String(signIn.token.suffix(20)))]]
        }
        let response = signIn.response(
            call, org, embedded: [("factor", shown), policy(signIn, org)], links: links)
        guard let push = signIn.push, var json = try? JSON(parsing: response.body) else { return response }
        json["factorResult"] = FactorPushes.result(of: push, factor.text("id") ?? "", org).map { JSON($0) }
        return .json(json)
    }

    /// Returns a factor in the form of sign-ins, with masked addresses: only the owner sees them in full.
    private static func shown(_ factor: JSON, _ call: Call) -> JSON {
        var shown = core(factor)
        shown["_links"] = ["verify": SignIn.link(call, "/factors/\(factor.text("id") ?? "")/verify")]
        return shown
    }

    private static func core(_ factor: JSON) -> JSON {
        var core = JSON.emptyObject
        for name in ["id", "factorType", "provider", "vendorName"] { core[name] = factor[name] }
        var profile = factor["profile"] ?? .emptyObject
        if let number = profile.text("phoneNumber") { profile["phoneNumber"] = JSON(MaskedAddress.phone(number)) }
        if let email = profile.text("email") { profile["email"] = JSON(MaskedAddress.email(email)) }
        core["profile"] = profile
        return core
    }

    private static func policy(_ signIn: SignIn, _ org: OrgState) -> (String, JSON) {
        let action = PolicySimulation.signOnRule(of: signIn.user, org)?[path: "actions.signon"]
        let isRemembered = action?.text("factorPromptMode") == "DEVICE"
        return (
            "policy",
            [
                "allowRememberDevice": JSON(isRemembered),
                "rememberDeviceLifetimeInMinutes": action?["factorLifetime"] ?? 0,
                "rememberDeviceByDefault": action?["rememberDeviceByDefault"] ?? false, "factorsPolicyInfo": [:],
            ]
        )
    }
}

/// Masked addresses in the steps of a sign-in.
enum MaskedAddress {
    /// Returns a number in the form `+1 XXX-XXX-1337`. Other countries' numbers keep their punctuation and the last
    /// four digits.
    static func phone(_ number: String) -> String {
        let digits = number.filter(\.isNumber)
        if digits.count == 11, digits.hasPrefix("1"), number.hasPrefix("+") { return "+1 XXX-XXX-\(digits.suffix(4))" }
        var hidden = digits.count - 4
        return String(
            number.map { character in
                guard character.isNumber, hidden > 0 else { return character }
                hidden -= 1
                return "X"
            })
    }

    /// Returns an address in the form `d...y@example.com`.
    static func email(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@"), let first = address.first, at > address.startIndex else {
            return address
        }
        return "\(first)...\(address[address.index(before: at)])\(address[at...])"
    }
}
