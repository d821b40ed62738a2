import OktaRuntime

/// Writes events of the System Log.
enum SystemLog {
    /// Adds an event about the targets, done by the caller.
    static func record(
        _ type: String, _ call: Call, _ org: inout OrgState, targets: [LogEvent.Party], outcome: String = "SUCCESS",
        reason: String? = nil
    ) {
        org.log.append(
            LogEvent(
                uuid: org.ids.uuid(), published: org.now, type: type, message: message(of: type),
                severity: outcome == "SUCCESS" ? "INFO" : "WARN", outcome: outcome, reason: reason,
                actor: LogEvent.Party(
                    id: call.caller.id, type: call.caller.isApp ? "PublicClientApp" : "User",
                    alternateID: call.caller.name, displayName: call.caller.name),
                targets: targets, requestID: call.requestID, path: call.target.path))
    }

    /// A target that is a user.
    static func party(_ user: UserRecord) -> LogEvent.Party {
        let profile = user.profile
        return LogEvent.Party(
            id: user.id, type: "User", alternateID: profile.text("login") ?? "unknown",
            displayName: [profile.text("firstName"), profile.text("lastName")].compactMap { $0 }
                .joined(separator: " "))
    }

    /// The text that Okta shows for a type of event.
    private static func message(of type: String) -> String {
        messages[type]
            ?? type.split(separator: ".").map { $0.split(separator: "_").joined(separator: " ") }
            .joined(separator: " ")
    }

    private static let messages = [
        "user.lifecycle.create": "Create okta user",
        "user.lifecycle.activate": "Activate Okta user",
        "user.lifecycle.deactivate": "Deactivate Okta user",
        "user.lifecycle.suspend": "Suspend Okta user",
        "user.lifecycle.unsuspend": "Unsuspend Okta user",
        "user.lifecycle.delete.initiated": "Delete Okta user",
        "user.account.update_profile": "Update user profile for Okta",
        "user.account.update_password": "User update password for Okta",
        "user.account.reset_password": "User reset password for Okta",
        "user.account.expire_password": "User's Okta password is expired",
        "user.session.start": "User login to Okta",
        "user.session.end": "User logout from Okta",
        "group.lifecycle.create": "Create Okta group",
        "group.lifecycle.delete": "Delete Okta group",
        "group.profile.update": "Update Okta group",
        "group.user_membership.add": "Add user to group membership",
        "group.user_membership.remove": "Remove user from group membership",
        "application.lifecycle.create": "Create application",
        "application.lifecycle.update": "Update application",
        "application.lifecycle.activate": "Activate application",
        "application.lifecycle.deactivate": "Deactivate application",
        "application.lifecycle.delete": "Delete application",
        "application.user_membership.add": "Add user to application membership",
        "application.user_membership.remove": "Remove user's application membership",
        "user.account.privilege.grant": "Grant user privilege",
        "user.account.privilege.revoke": "Revoke user privilege",
        "group.privilege.grant": "Grant group privilege",
        "group.privilege.revoke": "Revoke group privilege",
        "policy.lifecycle.create": "Create policy",
        "policy.lifecycle.update": "Update policy",
        "policy.lifecycle.delete": "Delete policy",
        "policy.rule.add": "Add policy rule",
        "policy.rule.update": "Update policy rule",
        "policy.rule.delete": "Delete policy rule",
        "zone.create": "Create network zone",
        "zone.update": "Update network zone",
        "zone.delete": "Delete network zone",
    ]
}
