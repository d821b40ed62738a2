#if CommandLine && LocalOrg
import OktaLocalOrg

/// The steps of the golden runs, in order. They set up an org with the command, and read it in all formats.
enum GoldenScene {
    /// One run of the command.
    struct Step: Sendable {
        /// The arguments of `okta`. `{name}` is replaced by the id that an earlier step stored under that name.
        let words: [String]
        /// The name under which the `id` of the response is stored.
        var keeps: String?

        /// The name of the expected file.
        var name: String { words.prefix(2).joined(separator: "-") }
    }

    /// An org with a few people and a stopped clock.
    static func start() async throws -> LocalOrg {
        var options = LocalOrg.Options()
        options.org.clock = .standing(at: 1_764_000_000)
        let org = try await LocalOrg.start(options)
        org.seed(users: 5)
        return org
    }

    private static func made(_ line: String, keeps: String? = nil, _ more: String...) -> Step {
        Step(words: line.split(separator: " ").map(String.init) + more, keeps: keeps)
    }

    /// The steps that change the org. Each runs once.
    static let changes: [Step] = [
        made(
            "user create-user --set profile.firstName=Zoë --set profile.login=zoe@example.com "
                + "--set profile.email=zoe@example.com --set profile.department=R&D", keeps: "user", "--set",
            "profile.lastName=李 \"Lee\", Jr."),
        made(
            "group create-group --set profile.name=Engineering", keeps: "group", "--set",
            "profile.description==SUM(1,2)"),
        made("group add-user-to-group {group} {user}"),
        made("group create-group --set profile.name=Sales"),
        made(
            "group create-group-rule --set type=group_rule --set name=Engineers "
                + "--set conditions.expression.type=urn:okta:expression:1.0 --set actions.assignUserToGroups.groupIds={group}",
            keeps: "rule", "--set", "conditions.expression.value=user.department==\"R&D\""),
        made(
            "application create-application --set name=bookmark --set label=Wiki --set signOnMode=BOOKMARK "
                + "--set settings.app.url=https://wiki.example.com", keeps: "app"),
        made("application assign-group-to-application {app} {group}"),
        made(
            "networkzone create-network-zone --set type=IP --set name=Office --set status=ACTIVE", keeps: "zone",
            "--set", #"gateways:=[{"type":"CIDR","value":"192.0.2.0/24"}]"#),
        made(
            "trustedorigin create-trusted-origin --set name=Portal --set origin=https://portal.example.com",
            keeps: "origin", "--set", #"scopes:=[{"type":"CORS"}]"#),
        made("usertype create-user-type --set name=contractor --set displayName=Contractor", keeps: "type"),
        made(
            "linkedobject create-linked-object-definition", "--body",
            #"{"primary":{"name":"manager","title":"Manager","type":"USER"},"associated":{"name":"report","title":"Report","type":"USER"}}"#
        ),
        made(
            "eventhook create-event-hook --set name=Audit", keeps: "hook", "--body",
            #"{"name":"Audit","events":{"type":"EVENT_TYPE","items":["user.lifecycle.create"]},"channel":{"type":"HTTP","version":"1.0.0","config":{"uri":"https://hooks.example.com/okta","authScheme":{"type":"HEADER","key":"authorization","value":"s3cret"}}}}"#
        ),
        made("user partial-update-user {user} --set profile.city=Oslo"),
        made("user assign-role-to-user {user} --set type=HELP_DESK_ADMIN"),
    ]

    /// The steps that read. Each runs in every format.
    static let reads: [Step] = [
        made("user list-users --limit 2"), made("user get-user {user}"), made("user get-member-groups {user}"),
        made("user list-assigned-roles-for-user {user}"), made("user get-assigned-app-links {user}"),
        made("user list-users-with-role-assignments"), made("user list-user-devices {user}"),
        made("user list-user-grants {user}"), made("user list-user-clients {user}"),
        made("user list-subscriptions-of-a-user {user}"), made("user listing-idps-for-user {user}"),
        made("userfactor list-factors {user}"), made("userfactor list-supported-factors {user}"),
        made("userfactor list-supported-security-questions {user}"),
        made("group list-groups"), made("group get-group {group}"), made("group list-group-members {group}"),
        made("group list-group-rules"), made("group get-group-rule {rule}"),
        made("group list-assigned-applications {group}"), made("group list-group-owners {group}"),
        made("group list-group-assigned-roles {group}"),
        made("application list-applications"), made("application get-application {app}"),
        made("application list-groups-assigned-to-application {app}"),
        made("application list-users-assigned-to-application {app}"),
        made("networkzone list-network-zones"), made("networkzone get-network-zone {zone}"),
        made("trustedorigin list-trusted-origins"), made("trustedorigin get-trusted-origin {origin}"),
        made("usertype list-user-types"), made("usertype get-user-type {type}"),
        made("userschema get-schema-for-user default"), made("groupschema get-default-group-schema"),
        made("linkedobject list-linked-object-definitions"),
        made("linkedobject get-linked-object-definition manager"),
        made("eventhook list-event-hooks"), made("eventhook get-event-hook {hook}"),
        made("inlinehook list-inline-hooks"),
        made("log get-org-system-log --limit 3 --first 3"), made("policy list-policies --type OKTA_SIGN_ON"),
        made("policy list-policies --type PASSWORD --columns id,name,priority"),
        made("authenticator list-authenticators"), made("authorizationserver list-authorization-servers"),
        made("authorizationserver listoauth-scopes default"), made("behavior list-behavior-detection-rules"),
        made("brand list-brands"), made("domain list-domains"), made("custom-role list-roles"),
        made("resource-set list-resource-sets"), made("feature list-features"), made("org get-org-settings"),
        made("org get-org-metadata"), made("org get-org-contact-types"), made("org get-org-preferences"),
        made("org get-okta-support-settings"), made("org get-okta-communication-settings"),
        made("rate-limit get-per-client-rate-limit-settings"), made("rate-limit get-rate-limit-warning-threshold"),
        made("rate-limit get-rate-limit-admin-notifications"),
        made("threatinsight get-current-threat-insight-configuration"),
        made("attack-protection get-user-lockout-settings"), made("captcha get-org-captcha-settings"),
        made("bot-protection get-bot-protection-configuration"), made("log-stream list-log-streams"),
        made("identityprovider list-identity-providers"), made("api-token list-api-tokens"),
        made("device list-devices"), made("realm list-realms"), made("template list-sms-templates"),
        made("campaign list-campaigns"), made("label list-labels"), made("request-type list-request-types"),
        made("org-governance-settings get-org-governance-settings"), made("my-profile get-profile"),
        made("my-organization get-organization"), made("my-password get-password-requirements"),
        made("my-okta-application list-okta-applications"),
        made("org-authorization-server get-open-id-connect-metadata"),
        made("user list-users --first 3", "--query", "$.profile['firstName','lastName']"),
        made(
            "group list-groups --where profile.name~^E --guard-formulas --columns", "profile.name,profile.description"),
    ]
}
#endif
