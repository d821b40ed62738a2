import OktaRuntime

/// Failover of an org's domains to another region, and failback. Here only the state of a domain changes.
enum DisasterRecovery {
    private static let kind = "disasterRecovery"

    /// Returns the org's domain and its custom domains.
    private static func domains(_ org: OrgState) -> [String] {
        org.tables[Kinds.domains].all.compactMap { $0.json.text("domain") }
    }

    private static func status(_ domain: String, _ org: OrgState) -> JSON {
        ["domain": JSON(domain), "isFailedOver": JSON(org.tables[kind][domain] != nil)]
    }

    /// Fails over or fails back the domains of a body, or all. The operation is idempotent.
    private static func move(_ path: String, _ name: String, isFailedOver: Bool) -> Operation {
        Operation("POST", path) { call, org throws(OrgFault) in
            let all = domains(org)
            let named = try call.object()["domains"]?.elements?.compactMap(\.string) ?? []
            for domain in named where !all.contains(domain) { throw .notFound(domain, "Domain") }
            let results = (named.isEmpty ? all : named).map { domain -> JSON in
                org.tables[kind][domain] = isFailedOver ? [:] : nil
                return ["domain": JSON(domain), "message": JSON("\(name) was successful")]
            }
            return .json(["results": JSON(results)])
        }
    }

    static let all: [Operation] = [
        move("/api/v1/dr/failover", "Failover", isFailedOver: true),
        move("/api/v1/dr/failback", "Failback", isFailedOver: false),
        Operation("GET", "/api/v1/dr/status") { _, org throws(OrgFault) in
            let state = org
            return .json(["status": JSON(domains(org).map { status($0, state) })])
        },
        Operation("GET", "/api/v1/dr/status/{domain}") { call, org throws(OrgFault) in
            guard domains(org).contains(call[0]) else { throw .notFound(call[0], "Domain") }
            return .json(["status": [status(call[0], org)]])
        },
    ]
}
