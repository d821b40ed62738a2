/// Event types of the System Log, with their display messages.
enum EventTypes {
    /// Returns the display message of a type. A type composed from a path is its own description.
    static func message(of type: String) -> String {
        messages[type]
            ?? type.split(separator: ".").map { $0.split(separator: "_").joined(separator: " ") }.joined(separator: " ")
    }

    /// Returns whether Okta documents a type.
    static func isDocumented(_ type: String) -> Bool { messages[type] != nil }

    /// Event types that are not named `<kind>.<verb>`, by that name.
    static let actual = [
        "group.lifecycle.update": "group.profile.update", "group.rule.create": "group.user_membership.rule.created",
        "group.rule.update": "group.user_membership.rule.updated",
        "group.rule.delete": "group.user_membership.rule.deleted",
        "group.rule.activate": "group.user_membership.rule.activated",
        "group.rule.deactivate": "group.user_membership.rule.deactivated", "policy.rule.create": "policy.rule.add",
        "oauth2.as.create": "oauth2.as.created", "oauth2.as.update": "oauth2.as.updated",
        "oauth2.as.delete": "oauth2.as.deleted", "oauth2.as.activate": "oauth2.as.activated",
        "oauth2.as.deactivate": "oauth2.as.deactivated", "event_hook.create": "event_hook.created",
        "event_hook.update": "event_hook.updated", "event_hook.delete": "event_hook.deleted",
        "event_hook.activate": "event_hook.activated", "event_hook.deactivate": "event_hook.deactivated",
        "inline_hook.create": "inline_hook.created", "inline_hook.update": "inline_hook.updated",
        "inline_hook.delete": "inline_hook.deleted", "inline_hook.activate": "inline_hook.activated",
        "inline_hook.deactivate": "inline_hook.deactivated", "trusted_origin.create": "security.trusted_origin.create",
        "trusted_origin.update": "security.trusted_origin.update",
        "trusted_origin.delete": "security.trusted_origin.delete",
        "trusted_origin.activate": "security.trusted_origin.activate",
        "trusted_origin.deactivate": "security.trusted_origin.deactivate",
        "sms_template.create": "system.sms.template.create", "sms_template.update": "system.sms.template.update",
        "sms_template.delete": "system.sms.template.delete",
        "device.assurance.policy.create": "device.assurance.policy.add",
        "device.posture.check.create": "device.posture.check.add", "system.hook.key.create": "system.hook.key.created",
        "system.hook.key.update": "system.hook.key.updated", "system.hook.key.delete": "system.hook.key.deleted",
        "system.user_type.create": "directory.non_default_user_profile.create",
    ]
}
