import OktaRuntime

/// The event of a change for which the operation records none: the System Log has every change of an org.
///
/// The type depends on the route. Types that Okta documents are listed here; others are composed of the path's names
/// and the verb, such as `push_providers.create`.
enum ChangeEvents {
    /// Records the event of a successful change.
    static func record(_ operation: Operation, _ call: Call, _ reply: Reply, _ org: inout OrgState) {
        // Sign-in steps record their own events.
        if operation.path.hasPrefix("/api/v1/authn/") { return }
        var type = type(of: operation)
        if type == "system.feature.enable", call.last.lowercased() == "disable" { type = "system.feature.disable" }
        SystemLog.record(type, call, &org, targets: targets(operation, call, reply, org))
    }

    /// Returns the event type of a route.
    static func type(of operation: Operation) -> String {
        let path = Operation.normal(operation.path)
        if let type = routes["\(operation.method) \(path)"] { return type }
        for (prefix, kind) in kinds
        where path == prefix || path == prefix + "/{}" || path.hasPrefix(prefix + "/{}/lifecycle/") {
            let type = kind + "." + verb(operation.method, path)
            return EventTypes.actual[type] ?? type
        }
        let names = path.split(separator: "/").filter { $0 != "{}" && $0 != "api" && $0 != "v1" && $0 != "lifecycle" }
        let isAction = operation.method == "POST" && path.contains("/lifecycle/")
        return (isAction ? names.dropLast() : names[...]).map(snakeCase).joined(separator: ".") + "."
            + verb(operation.method, path)
    }

    private static func verb(_ method: String, _ path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        if path.contains("/lifecycle/") { return snakeCase(last[...]) }
        switch method {
        case "DELETE": return "delete"
        case "POST": return path.hasSuffix("/{}") ? "update" : "create"
        default: return "update"
        }
    }

    private static func snakeCase(_ name: Substring) -> String {
        var text = ""
        for character in name {
            if character == "-" {
                text.append("_")
            } else if character.isUppercase {
                if !text.isEmpty, text.last != "_" { text.append("_") }
                text.append(character.lowercased())
            } else {
                text.append(character)
            }
        }
        return text
    }

    // MARK: Targets

    /// Returns the object in the answer, and the users, groups and apps in the path.
    private static func targets(
        _ operation: Operation, _ call: Call, _ reply: Reply, _ org: OrgState
    ) -> [LogEvent.Party] {
        var parties: [LogEvent.Party] = []
        var position = 0
        var name = "object"
        for segment in operation.path.split(separator: "/") {
            guard segment.hasPrefix("{") else {
                name = String(segment)
                continue
            }
            let id = call[position]
            position += 1
            parties.append(party(id, name, org))
        }
        if let json = try? JSON(parsing: reply.body), let id = json.text("id"),
            !parties.contains(where: { $0.id == id })
        {
            parties.append(SystemLog.party(json, id: id, type: types[name] ?? name))
        }
        return parties
    }

    private static func party(_ id: String, _ name: String, _ org: OrgState) -> LogEvent.Party {
        if let user = org.users[id] { return SystemLog.party(user) }
        return SystemLog.party(org.tables["/api/v1/" + name][id], id: id, type: types[name] ?? name)
    }

    private static let types = [
        "users": "User", "groups": "UserGroup", "apps": "AppInstance", "policies": "PolicyEntity",
        "rules": "PolicyRule", "authorizationServers": "AuthorizationServer", "idps": "IdpInstance",
        "zones": "NetworkZone", "eventHooks": "EventHook", "inlineHooks": "InlineHook", "brands": "Brand",
        "domains": "Domain", "roles": "ROLE", "resource-sets": "RESOURCE_SET", "devices": "UDDevice",
        "api-tokens": "Token", "logStreams": "LogStream", "factors": "AuthenticatorEnrollment",
        "authenticators": "Authenticator", "features": "Feature", "scopes": "OAuth2Scope", "claims": "OAuth2Claim",
    ]

    // MARK: Routes

    /// Kinds with events named `<kind>.<verb>`, by the path of their list.
    private static let kinds = [
        ("/api/v1/apps", "application.lifecycle"), ("/api/v1/policies/{}/rules", "policy.rule"),
        ("/api/v1/policies", "policy.lifecycle"),
        ("/api/v1/authorizationServers/{}/policies/{}/rules", "policy.rule"),
        ("/api/v1/authorizationServers/{}/policies", "policy.lifecycle"), ("/api/v1/zones", "zone"),
        ("/api/v1/idps", "system.idp.lifecycle"), ("/api/v1/logStreams", "system.log_stream.lifecycle"),
        ("/api/v1/brands", "system.brand"), ("/api/v1/trustedOrigins", "security.trusted_origin"),
        ("/api/v1/behaviors", "security.behavior.settings"),
        ("/api/v1/authenticators", "security.authenticator.lifecycle"), ("/api/v1/devices", "device.lifecycle"),
        ("/api/v1/iam/roles", "iam.role"), ("/api/v1/iam/resource-sets", "iam.resourceset"),
        ("/api/v1/realms", "realm.lifecycle"), ("/api/v1/realm-assignments", "realm.assignment.lifecycle"),
        ("/api/v1/device-assurances", "device.assurance.policy"), ("/api/v1/captchas", "system.captcha"),
        ("/api/v1/email-domains", "system.email_domain"), ("/api/v1/email-servers", "system.email_server"),
        ("/api/v1/meta/types/user", "system.user_type"), ("/api/v1/push-providers", "system.push_provider"),
        ("/oauth2/v1/clients", "app.oauth2.client.lifecycle"),
        ("/api/v1/apps/{}/credentials/secrets", "app.oauth2.credentials.lifecycle"),
        ("/api/v1/apps/{}/credentials/jwks", "app.oauth2.credentials.lifecycle"),
        ("/oauth2/v1/clients/{}/secrets", "app.oauth2.credentials.lifecycle"),
        ("/api/v1/brands/{}/templates/email/{}/customizations", "system.email.template"),
        ("/api/v1/templates/sms", "system.sms.template"),
    ]

    private static let routes = [
        "POST /api/v1/users/{}/lifecycle/reactivate": "user.lifecycle.reactivate",
        "POST /api/v1/users/{}/lifecycle/unlock": "user.account.unlock_by_admin",
        "POST /api/v1/users/{}/lifecycle/reset_factors": "user.mfa.factor.reset_all",
        "POST /api/v1/users/{}/credentials/change_recovery_question": "user.account.update_recovery_question",
        "PUT /api/v1/users/{}/factors/{}": "user.mfa.factor.update",
        "POST /api/v1/users/{}/factors": "user.mfa.factor.activate",
        "POST /api/v1/users/{}/factors/{}/lifecycle/activate": "user.mfa.factor.activate",
        "DELETE /api/v1/users/{}/factors/{}": "user.mfa.factor.deactivate",
        "POST /api/v1/users/{}/factors/{}/verify": "user.authentication.auth_via_mfa",
        "PUT /api/v1/users/{}/risk": "user.risk.change", "POST /api/v1/sessions": "user.session.start",
        "DELETE /api/v1/sessions/{}": "user.session.end", "DELETE /api/v1/sessions/me": "user.session.end",
        "DELETE /api/v1/users/{}/sessions": "user.session.clear",
        "DELETE /api/v1/users/{}/grants": "app.oauth2.consent.revoke",
        "DELETE /api/v1/users/{}/grants/{}": "app.oauth2.consent.revoke",
        "DELETE /api/v1/users/{}/clients/{}/grants": "app.oauth2.consent.revoke",
        "DELETE /api/v1/users/{}/clients/{}/tokens": "app.oauth2.token.revoke",
        "DELETE /api/v1/users/{}/clients/{}/tokens/{}": "app.oauth2.token.revoke",
        "POST /api/v1/groups": "group.lifecycle.create", "PUT /api/v1/groups/{}": "group.profile.update",
        "DELETE /api/v1/groups/{}": "group.lifecycle.delete",
        "POST /api/v1/groups/{}/owners": "group.owner.add", "DELETE /api/v1/groups/{}/owners/{}": "group.owner.remove",
        "POST /api/v1/apps/{}/users": "application.user_membership.add",
        "POST /api/v1/apps/{}/users/{}": "application.user_membership.update",
        "DELETE /api/v1/apps/{}/users/{}": "application.user_membership.remove",
        "PUT /api/v1/apps/{}/groups/{}": "group.application_assignment.add",
        "PATCH /api/v1/apps/{}/groups/{}": "group.application_assignment.update",
        "DELETE /api/v1/apps/{}/groups/{}": "group.application_assignment.remove",
        "PUT /api/v1/apps/{}/policies/{}": "application.policy.sign_on.update",
        "POST /api/v1/apps/{}/credentials/keys/generate": "app.keys.generate",
        "POST /api/v1/apps/{}/credentials/keys/{}/clone": "app.keys.clone",
        "POST /api/v1/apps/{}/grants": "app.oauth2.consent.grant",
        "DELETE /api/v1/apps/{}/grants/{}": "app.oauth2.consent.revoke",
        "DELETE /api/v1/apps/{}/tokens": "app.oauth2.token.revoke",
        "DELETE /api/v1/apps/{}/tokens/{}": "app.oauth2.token.revoke",
        "PUT /api/v1/apps/{}/features/{}": "application.lifecycle.update",
        "POST /api/v1/apps/{}/logo": "application.lifecycle.update",
        "POST /oauth2/v1/clients/{}/roles": "app.oauth2.client.privilege.grant",
        "DELETE /oauth2/v1/clients/{}/roles/{}": "app.oauth2.client.privilege.revoke",
        "POST /api/v1/authorizationServers/{}/scopes": "oauth2.scope.created",
        "PUT /api/v1/authorizationServers/{}/scopes/{}": "oauth2.scope.updated",
        "DELETE /api/v1/authorizationServers/{}/scopes/{}": "oauth2.scope.deleted",
        "POST /api/v1/authorizationServers/{}/claims": "oauth2.claim.created",
        "PUT /api/v1/authorizationServers/{}/claims/{}": "oauth2.claim.updated",
        "DELETE /api/v1/authorizationServers/{}/claims/{}": "oauth2.claim.deleted",
        "POST /api/v1/authorizationServers/{}/credentials/lifecycle/keyRotate": "app.oauth2.as.key.rollover",
        "POST /api/v1/policies/{}/clone": "policy.lifecycle.create",
        "POST /api/v1/eventHooks/{}/lifecycle/verify": "event_hook.verified",
        "POST /api/v1/inlineHooks/{}/execute": "inline_hook.executed",
        "POST /api/v1/idps/credentials/keys": "system.idp.key.create",
        "PUT /api/v1/idps/credentials/keys/{}": "system.idp.key.update",
        "DELETE /api/v1/idps/credentials/keys/{}": "system.idp.key.delete",
        "POST /api/v1/idps/{}/credentials/keys/generate": "system.idp.key.create",
        "POST /api/v1/idps/{}/credentials/keys/{}/clone": "system.idp.key.create",
        "POST /api/v1/iam/roles/{}/permissions/{}": "iam.role.permissions.add",
        "DELETE /api/v1/iam/roles/{}/permissions/{}": "iam.role.permissions.delete",
        "POST /api/v1/iam/resource-sets/{}/resources": "iam.resourceset.resources.add",
        "PATCH /api/v1/iam/resource-sets/{}/resources": "iam.resourceset.resources.add",
        "DELETE /api/v1/iam/resource-sets/{}/resources/{}": "iam.resourceset.resources.delete",
        "POST /api/v1/iam/resource-sets/{}/bindings": "iam.resourceset.bindings.add",
        "PATCH /api/v1/iam/resource-sets/{}/bindings/{}/members": "iam.resourceset.bindings.add",
        "DELETE /api/v1/iam/resource-sets/{}/bindings/{}": "iam.resourceset.bindings.delete",
        "DELETE /api/v1/iam/resource-sets/{}/bindings/{}/members/{}": "iam.resourceset.bindings.delete",
        "PUT /api/v1/api-tokens/{}": "system.api_token.update",
        "DELETE /api/v1/api-tokens/{}": "system.api_token.revoke",
        "DELETE /api/v1/api-tokens/current": "system.api_token.revoke",
        "POST /api/v1/domains": "system.custom_url_domain.initiate",
        "PUT /api/v1/domains/{}": "system.custom_url_domain.update",
        "DELETE /api/v1/domains/{}": "system.custom_url_domain.delete",
        "PUT /api/v1/domains/{}/certificate": "system.custom_url_domain.cert_upload",
        "POST /api/v1/domains/{}/verify": "system.custom_url_domain.verify",
        "POST /api/v1/features/{}/{}": "system.feature.enable",
        "POST /api/v1/threats/configuration": "security.threat.configuration.update",
        "POST /api/v1/org/privacy/oktaSupport/grant": "user.session.impersonation.grant",
        "POST /api/v1/org/privacy/oktaSupport/extend": "user.session.impersonation.extend",
        "POST /api/v1/org/privacy/oktaSupport/revoke": "user.session.impersonation.revoke",
        "POST /api/v1/principal-rate-limits": "system.rate_limit.configuration.update",
        "PUT /api/v1/principal-rate-limits/{}": "system.rate_limit.configuration.update",
        "PUT /api/v1/rate-limit-settings/admin-notifications": "system.rate_limit.configuration.update",
        "PUT /api/v1/rate-limit-settings/per-client": "system.rate_limit.configuration.update",
        "PUT /api/v1/rate-limit-settings/warning-threshold": "system.rate_limit.configuration.update",
        "POST /oauth2/v1/token": "app.oauth2.token.grant", "POST /oauth2/v1/revoke": "app.oauth2.token.revoke",
        "POST /oauth2/{}/v1/token": "app.oauth2.as.token.grant",
        "POST /oauth2/{}/v1/revoke": "app.oauth2.as.token.revoke",
    ]
}
