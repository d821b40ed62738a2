#if LocalOrg
import OktaRuntime

/// Claims about a user for the scopes of OpenID Connect.
enum UserClaims {
    private static let profile = [
        ("name", "displayName"), ("nickname", "nickName"), ("preferred_username", "login"),
        ("given_name", "firstName"), ("middle_name", "middleName"), ("family_name", "lastName"),
        ("profile", "profileUrl"),
    ]

    /// Returns all claims for the scopes.
    static func all(of user: UserRecord, scopes: [String], _ org: OrgState) -> [(String, JSON)] {
        var claims: [(String, JSON)] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { claims.append((name, JSON(value))) }
        }
        let attributes = user.profile
        if scopes.contains("profile") {
            for (claim, attribute) in profile {
                add(claim, claim == "name" ? name(of: user) : attributes.text(attribute))
            }
            add("zoneinfo", attributes.text("timezone") ?? "America/Los_Angeles")
            add("locale", (attributes.text("locale") ?? "en_US").replacing("_", with: "-"))
            claims.append(("updated_at", JSON(user.lastUpdated.seconds)))
        }
        if scopes.contains("email"), let email = attributes.text("email") {
            claims.append(("email", JSON(email)))
            claims.append(("email_verified", true))
        }
        if scopes.contains("phone") { add("phone_number", attributes.text("primaryPhone")) }
        if scopes.contains("address") {
            let members = [
                ("street_address", "streetAddress"), ("locality", "city"), ("region", "state"),
                ("postal_code", "zipCode"), ("country", "countryCode"),
            ].compactMap { claim, attribute in attributes.text(attribute).map { (claim, JSON($0)) } }
            if !members.isEmpty { claims.append(("address", JSON(members: members))) }
        }
        if scopes.contains("groups") {
            claims.append(("groups", JSON(UserScope(user: user, org: org).groupNames().map { JSON($0.name) })))
        }
        return claims
    }

    static func name(of user: UserRecord) -> String? {
        if let name = user.profile.text("displayName"), !name.isEmpty { return name }
        let name = ["firstName", "lastName"].compactMap { user.profile.text($0) }.joined(separator: " ")
        return name.isEmpty ? nil : name
    }
}
#endif
