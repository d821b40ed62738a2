import OktaRuntime

/// An org's own telephony providers. At most one is the primary provider, and an active one cannot be deleted.
enum TelephonyProviders {
    static let kind = "/api/v1/telephony-providers"
    private static let names = ["TWILIO", "TELESIGN"]

    static let resource = Resource(kind, "CustomTelephonyProvider", "oct") {
        $0.verbs = [.list, .create, .get, .patch]
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.hidden = ["providerAuthToken"]
        $0.serverFields += ["id", "isPrimaryProvider", "enabled"]
        $0.prepare = { json, change, org throws(OrgFault) in
            for field in ["providerSid", "providerAuthToken"] { try Checks.text(field, of: json) }
            try Checks.choice("providerName", of: json, names)
            try Checks.choice("providerCapability", of: json, ["ALL"])
            guard let previous = change.previous else {
                try Checks.unique("providerName", of: json, change, kind: kind, org)
                json["enabled"] = true
                // A new provider becomes the primary one if there is none.
                json["isPrimaryProvider"] = JSON(!org.tables[kind].all.contains { isPrimary($0.json) })
                return
            }
            json["providerName"] = previous["providerName"]
        }
    }

    private static func isPrimary(_ json: JSON) -> Bool { json["isPrimaryProvider"]?.bool == true }

    private static func response(showing id: String, _ call: Call, _ org: OrgState) -> OrgResponse {
        .json(resource.shown(org.tables[kind][id] ?? .emptyObject, id: id, call, org))
    }

    private static func setEnabled(_ enabled: Bool, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse
    {
        let (id, _, json) = try resource.find(call, org)
        let others = org.tables[kind].all.contains { $0.id != id && $0.json["enabled"]?.bool == true }
        if !enabled, isPrimary(json), others {
            throw .invalid("isPrimaryProvider", "Only the secondary provider can be deactivated while both are active.")
        }
        org.tables[kind][id]?["enabled"] = JSON(enabled)
        if !enabled { org.tables[kind][id]?["isPrimaryProvider"] = false }
        return response(showing: id, call, org)
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("DELETE", kind + "/{id}") { call, org throws(OrgFault) in
                let (id, _, json) = try resource.find(call, org)
                guard json["enabled"]?.bool != true else {
                    throw .invalid("enabled", "The telephony provider must be deactivated before it is deleted.")
                }
                org.tables[kind][id] = nil
                return .empty()
            },
            Operation("POST", kind + "/{id}/lifecycle/activate") { call, org throws(OrgFault) in
                try setEnabled(true, call, &org)
            },
            Operation("POST", kind + "/{id}/lifecycle/deactivate") { call, org throws(OrgFault) in
                try setEnabled(false, call, &org)
            },
            Operation("POST", kind + "/{id}/setAsPrimary") { call, org throws(OrgFault) in
                let (id, _, json) = try resource.find(call, org)
                guard json["enabled"]?.bool == true else {
                    throw .invalid("enabled", "Only an active telephony provider can be the primary one.")
                }
                for (other, _) in org.tables[kind].all {
                    org.tables[kind][other]?["isPrimaryProvider"] = JSON(other == id)
                }
                return response(showing: id, call, org)
            },
            // A local org sends no messages.
            Operation("POST", kind + "/{id}/test") { call, org throws(OrgFault) in
                _ = try resource.find(call, org)
                let body = try call.object()
                try Checks.choice("factor", of: body, ["SMS", "CALL"])
                for field in ["phoneNumber", "countryCodeIso2"] { try Checks.text(field, of: body) }
                return .empty()
            },
        ]
}
