import OktaRuntime

/// Event hooks and inline hooks.
enum Hooks {
    static let events = Resource("/api/v1/eventHooks", "Webhook", "who") {
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.event = "event_hook"
        $0.serverFields += ["verificationStatus", "createdBy"]
        $0.kept = ["createdBy", "verificationStatus"]
        $0.hidden = ["channel.config.authScheme.value"]
        $0.defaults =
            #"{"description":null,"events":{"filter":null},"channel":{"config":{"headers":[],"method":"POST"}}}"#
        $0.present = { json, _, org in hidesDescription(&json, org) }
        $0.prepare = { json, change, org throws(OrgFault) in
            try requireName(json)
            if change.previous == nil {
                json["verificationStatus"] = "UNVERIFIED"
                json["createdBy"] = JSON(change.call.caller.id)
            } else if json.text("channel.config.uri") != change.previous?.text("channel.config.uri") {
                json["verificationStatus"] = "UNVERIFIED"
            }
        }
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>"},\#(deleteLink(json))"verify":{"href":"<self>/lifecycle/verify","hints":{"allow":["POST"]}},"#
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
        }
    }

    private static func hidesDescription(_ json: inout JSON, _ org: OrgState) {
        if !org.features.descriptions, json["description"]?.kind == .null { json["description"] = nil as JSON? }
    }

    static let inline = Resource("/api/v1/inlineHooks", "InlineHook", "cal") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.kept = ["type", "version"]
        $0.event = "inline_hook"
        $0.hidden = ["channel.config.authScheme.value", "channel.config.clientSecret"]
        $0.defaults = #"{"channel":{"config":{"headers":[],"method":"POST"}}}"#
        $0.prepare = { json, _, _ throws(OrgFault) in
            try requireName(json)
            // A hook that signs in with OAuth has no scheme.
            if json.text("channel.type") == "OAUTH", json[path: "channel.config.authScheme"] == nil {
                json[path: "channel.config.authScheme"] = .some(.null)
            }
        }
        $0.selects = { json, call, _ throws(OrgFault) in
            call.query("type").map { $0 == json.text("type") } ?? true
        }
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>"},\#(deleteLink(json))"#
                    + (json.text("status") == "ACTIVE"
                        ? #""execute":{"href":"<self>/execute","hints":{"allow":["POST"]}},"# : "")
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
        }
    }

    /// Only an inactive hook can be deleted.
    private static func deleteLink(_ json: JSON) -> String {
        json.text("status") == "ACTIVE" ? "" : #""delete":{"href":"<self>","hints":{"allow":["DELETE"]}},"#
    }

    static func requireName(_ json: JSON) throws(OrgFault) {
        guard json.text("name")?.isEmpty == false else {
            throw .invalid("name", "name: The field cannot be left blank")
        }
    }

    static let all: [Operation] =
        events.operations() + inline.operations() + [
            Operation("POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/verify") { call, org throws(OrgFault) in
                guard org.tables[events.kind][call[0]] != nil else { throw .notFound(call[0], "Webhook") }
                org.tables[events.kind][call[0]]?["verificationStatus"] = "VERIFIED"
                org.tables[events.kind][call[0]]?["lastUpdated"] = JSON(org.now.text)
                let json = org.tables[events.kind][call[0]] ?? .emptyObject
                return .json(events.shown(json, id: call[0], call, org))
            }
        ]
}
