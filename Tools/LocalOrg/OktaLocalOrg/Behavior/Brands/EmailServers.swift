import OktaRuntime

/// The org's own SMTP servers.
enum EmailServers {
    static let kind = "/api/v1/email-servers"

    static let resource = Resource(kind, "EmailServer", "ces") {
        $0.verbs = [.list, .create, .get, .patch, .delete]
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.wrapper = "email-servers"
        $0.hidden = ["password", "clientSecret"]
        $0.prepare = { json, change, org throws(OrgFault) in
            for member in ["alias", "host"] { try Checks.text(member, of: json) }
            guard let port = json["port"], port.kind != .null else { throw .invalid("port", Checks.blank("port")) }
            guard let number = port.int else { throw .malformedBody }
            guard 1...65_535 ~= number else { throw .invalid("port", "port: The value must be from 1 to 65535.") }
            // All email goes through the enabled server.
            guard json["enabled"]?.bool == true else { return }
            let isTaken = org.tables[kind].all.contains { $0.id != change.id && $0.json["enabled"]?.bool == true }
            guard !isTaken else {
                throw OrgFault(
                    status: 400, code: "E0000222",
                    summary: "You can enable only one SMTP server at a time. Another SMTP server is already enabled.")
            }
        }
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", kind + "/{emailServerId}/test") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "EmailServer") }
                let body = try call.object()
                // Okta's API documents before 2025 use shorter names.
                for (member, short) in [("fromAddress", "from"), ("toAddress", "to")] {
                    try Checks.text(body[member] == nil && body[short] != nil ? short : member, of: body)
                }
                return .empty()
            }
        ]
}
