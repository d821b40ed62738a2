import OktaRuntime

/// Templates of SMS messages. The org's own template has the id `default` and cannot be changed.
enum SMSTemplates {
    static let kind = "/api/v1/templates/sms"

    static let resource = Resource(kind, "AppInstance", "cst") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.page = nil
        $0.kept = ["type"]
        $0.event = "system.sms_template"
        $0.eventNames = [
            "create": "system.custom_sms_template.create", "update": "system.custom_sms_template.update",
            "delete": "system.custom_sms_template.delete",
        ]
        $0.presentReplaced = { shown, _, _ in shown["translations"] = nil as JSON? }
        $0.selects = { json, call, _ throws(OrgFault) in
            call.query("templateType").map { $0 == json.text("type") } ?? true
        }
        $0.prepare = { json, change, _ throws(OrgFault) in
            if change.id == "default" { throw .invalid("id", "The default SMS template cannot be changed.") }
            if json["name"] != nil || change.verb == .create { try Checks.name(json, maximum: 50) }
            try Checks.choice("type", of: json, ["SMS_VERIFY_CODE"])
            if json["template"] != nil || change.verb == .create {
                try Checks.text("template", of: json, maximum: 161)
            }
            for (language, text) in json["translations"]?.members ?? [] {
                guard let text = text.string, (1...161).contains(text.count) else {
                    throw .invalid(
                        "translations", "translations: The text for \(language) must have 1 to 161 characters.")
                }
            }
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json.text("id") == "default" { throw .invalid("id", "The default SMS template cannot be deleted.") }
        }
    }
}
