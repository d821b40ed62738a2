import OktaRuntime

/// Okta Personal settings of the org's users.
enum OktaPersonal {
    private static let path = "/okta-personal-settings/api/v1"
    private static let kind = "oktaPersonal"
    private static let switches = ["enableEnduserEntryPoints", "enableExportApps"]

    static let all: [Operation] = [
        Operation("PUT", path + "/edit-feature") { call, org throws(OrgFault) in
            let body = try call.object()
            for name in switches where body[name] != nil && body[name]?.bool == nil { throw .malformedBody }
            org.tables[kind]["features"] = body
            return .empty()
        },
        Operation("GET", path + "/export-blocklists") { _, org throws(OrgFault) in
            .json(org.tables[kind]["blocked"] ?? ["domains": ["yahoo.com", "google.com"]])
        },
        Operation("PUT", path + "/export-blocklists") { call, org throws(OrgFault) in
            let domains = try call.object()["domains"]?.elements ?? []
            for domain in domains {
                guard let name = domain.string else { throw .malformedBody }
                guard name.contains("."), !name.contains(where: { $0 == "@" || $0 == " " || $0 == "/" }) else {
                    throw .invalid("domains", "domains: '\(name)' is not a domain.")
                }
            }
            org.tables[kind]["blocked"] = ["domains": JSON(domains)]
            return .empty()
        },
    ]
}
