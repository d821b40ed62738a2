/// A group of categories in the overview, by area of administration.
package struct CategoryGroup: Sendable {
    /// The title of the group.
    package let title: String
    /// The names of its categories.
    package let names: [String]

    /// Returns the groups of a catalog, with every category in one of them.
    package static func all(of catalog: CommandCatalog) -> [CategoryGroup] {
        var left = catalog.categories
        var groups: [CategoryGroup] = []
        for (title, words) in subjects {
            let found = left.filter { $0.module == .management && words.contains($0.name) }.map(\.name)
            left.removeAll { $0.module == .management && words.contains($0.name) }
            if !found.isEmpty { groups.append(CategoryGroup(title: title, names: found)) }
        }
        for (module, title) in modules {
            let found = left.filter { $0.module == module }.map(\.name)
            if !found.isEmpty { groups.append(CategoryGroup(title: title, names: found)) }
        }
        return groups
    }

    /// Groups for the remaining categories of each module, so that a new category is always listed.
    private static let modules: [(CatalogModule, String)] = [
        (.management, "Org and other"), (.governance, "Governance"), (.myaccount, "The signed-in user"),
        (.oauth, "OAuth endpoints"),
    ]

    private static let subjects: [(String, Set<String>)] = [
        (
            "People and groups",
            [
                "user", "usertype", "userschema", "userfactor", "group", "groupschema", "group-push-mapping",
                "linkedobject", "realm", "realm-assignment", "profilemapping", "session", "identity-source",
                "directory", "subscription",
            ]
        ),
        (
            "Apps and sign-in",
            [
                "application", "first-party-app", "authorizationserver", "identityprovider", "api-service-integration",
                "okta-personal", "trustedorigin", "inlinehook", "eventhook", "hook-key", "ui-schema",
            ]
        ),
        (
            "Security",
            [
                "policy", "authenticator", "authenticator-enrollment", "networkzone", "behavior", "threatinsight",
                "attack-protection", "bot-protection", "captcha", "device", "device-assurance", "device-integration",
                "device-posture-check", "push-provider", "shared-signals", "web-authn-preregistration",
                "privileged-access",
            ]
        ),
        (
            "Admin access and logs",
            [
                "custom-role", "resource-set", "client-role", "api-token", "log", "log-stream", "rate-limit",
                "governance-bundle",
            ]
        ),
        (
            "Brands and messages",
            [
                "brand", "custom-page", "domain", "email-domain", "email-server", "associated-domain", "template",
                "telephony-provider",
            ]
        ),
    ]
}
