import OktaRuntime

/// The authenticators in enrollment policies. Each policy shows every active authenticator, in the order of their list.
/// A policy does not allow those that it does not name; the org's own policy offers them.
enum EnrollmentAuthenticators {
    /// Authenticators that an org may have several of; a policy names them by id too.
    private static let several: Set = ["custom_app", "custom_otp", "external_idp"]

    private static func isAbout(_ policy: JSON, _ org: OrgState) -> Bool {
        guard policy.text("type") == "MFA_ENROLL" else { return false }
        // Before the Identity Engine, such policies had factors.
        return policy.text("settings.type") == "AUTHENTICATORS"
            || (policy["system"]?.bool == true && policy["settings"] == nil && org.features.identityEngine)
    }

    /// Throws unless a policy requires the password or the email authenticator.
    static func check(_ policy: JSON) throws(OrgFault) {
        guard policy.text("settings.type") == "AUTHENTICATORS",
            let named = policy[path: "settings.authenticators"]?.elements, !named.isEmpty
        else { return }
        let isRequired = named.contains {
            ["okta_password", "okta_email"].contains($0.text("key") ?? "") && $0.text("enroll.self") == "REQUIRED"
        }
        guard isRequired else {
            throw .invalid(
                "mediationPolicy", "At least one of Password or Email authenticator must be set to required.")
        }
    }

    /// Returns whether and how a policy lets users enroll an authenticator.
    private static func enrollment(of authenticator: JSON, by policy: JSON) -> JSON {
        let key = authenticator.text("key") ?? ""
        let named = (policy[path: "settings.authenticators"]?.elements ?? []).first {
            $0.text("key") == key && ($0.text("id") == nil || $0.text("id") == authenticator.text("id"))
        }
        if var named {
            if several.contains(key) { named["id"] = authenticator["id"] } else { named["id"] = nil as JSON? }
            return named
        }
        var own = "NOT_ALLOWED"
        if policy["system"]?.bool == true {
            let isOffered = key != "external_idp" && authenticator.text("settings.allowedFor") != "recovery"
            own = key == "okta_password" ? "REQUIRED" : isOffered ? "OPTIONAL" : own
        }
        var json: JSON = ["key": JSON(key)]
        if several.contains(key) { json["id"] = authenticator["id"] }
        json["enroll"] = ["self": JSON(own)]
        return json
    }

    /// Completes a policy for a response.
    static func complete(_ policy: inout JSON, _ org: OrgState) {
        guard isAbout(policy, org) else { return }
        let active = org.tables[Kinds.authenticators].all.map(\.json).filter { $0.text("status") == "ACTIVE" }
            .sorted { ($0.text("name") ?? "").lowercased() < ($1.text("name") ?? "").lowercased() }
        let rows = active.map { enrollment(of: $0, by: policy) }
        policy["settings"] = ["type": "AUTHENTICATORS", "authenticators": JSON(rows)]
    }

    /// Returns the names of the policies that let users enroll an authenticator.
    static func policies(with authenticator: JSON, _ org: OrgState) -> [String] {
        Policies.all(ofType: "MFA_ENROLL", org).filter { policy in
            isAbout(policy, org) && enrollment(of: authenticator, by: policy).text("enroll.self") != "NOT_ALLOWED"
        }.compactMap { $0.text("name") }
    }
}
