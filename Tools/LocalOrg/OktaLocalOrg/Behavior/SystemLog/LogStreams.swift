import OktaRuntime

/// Log streams, which send the System Log to other services.
enum LogStreams {
    static let kind = "/api/v1/logStreams"

    static let resource = Resource(kind, "AppInstance", "0oa") {
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleResponse = .emptyBody
        $0.kept = ["type"]
        $0.serverFields += ["id", "created", "lastUpdated"]
        $0.hidden = ["settings.token"]
        $0.event = "system.log_stream.lifecycle"
        $0.filterField = "filter"
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>","method":"GET"},"#
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","method":"POST"}}"#)
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json)
            try Checks.unique("name", of: json, change, kind: kind, org)
            try Checks.choice("type", of: json, ["aws_eventbridge", "splunk_cloud_logstreaming"])
            if let type = change.previous?.text("type"), type != json.text("type") {
                throw .invalid("type", "type: The type of a log stream cannot be changed.")
            }
            guard json["settings"]?.kind == .object else { throw .invalid("settings", Checks.blank("settings")) }
            try checkSettings(json, change.previous)
            HookRequests.keepSecrets(&json, change.previous, ["settings.token"])
        }
    }

    private static func checkSettings(_ json: JSON, _ previous: JSON?) throws(OrgFault) {
        guard json.text("type") == "aws_eventbridge" else {
            try Checks.text("settings.host", of: json)
            return
        }
        let members = ["accountId", "eventSourceName", "region"]
        for member in members { try Checks.text("settings.\(member)", of: json) }
        let account = json.text("settings.accountId") ?? ""
        guard account.utf8.count == 12, account.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            throw .invalid("accountId", "accountId: An AWS account id has twelve digits.")
        }
        guard let previous else { return }
        for member in members where previous[path: "settings.\(member)"] != json[path: "settings.\(member)"] {
            throw .invalid(member, "\(member): The setting cannot be changed after the stream is created.")
        }
    }
}
