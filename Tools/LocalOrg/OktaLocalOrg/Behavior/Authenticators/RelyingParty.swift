import OktaRuntime

/// The relying party id for security keys, if the org has chosen one. A DNS record has to verify the domain, unless it
/// is the org's own or a brand's custom domain.
enum RelyingParty {
    private static let name = "rpId.domain.name"
    private static let status = "rpId.domain.validationStatus"

    private static func isOwn(_ domain: String, _ call: Call, _ org: OrgState) -> Bool {
        let host = call.origin.split(separator: "/").last?.prefix { $0 != ":" }
        return host?.lowercased() == domain
            || org.tables[Kinds.domains].all.contains { $0.json.text("domain")?.lowercased() == domain }
    }

    /// Completes the settings of the method. A new domain is unverified, and only a verified one can be enabled.
    static func prepare(
        _ settings: inout JSON, previous: JSON?, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        guard let domain = settings.text(name)?.lowercased() else { return }
        if previous?.text(name)?.lowercased() == domain {
            settings[path: "rpId.domain"] = previous?[path: "rpId.domain"]
        } else {
            guard previous?[path: "rpId.enabled"]?.bool != true else {
                throw .invalid("rpId", "rpId: The domain can be changed while it is not enabled.")
            }
            let isOwn = isOwn(domain, call, org)
            settings[path: status] = isOwn ? "VERIFIED" : "NOT_STARTED"
            let record: JSON = [
                "recordType": "TXT", "fqdn": JSON("_oktaverification.\(domain)"),
                "verificationValue": JSON(org.ids.hexadecimal(32)),
            ]
            settings[path: "rpId.domain.dnsRecord"] = isOwn ? JSON?.none : record
        }
        guard settings[path: "rpId.enabled"]?.bool != true || settings.text(status) == "VERIFIED" else {
            throw .invalid("rpId", "rpId: The domain must be verified before it is enabled.")
        }
        settings.fill(from: ["rpId": ["enabled": false]])
    }

    /// Verifies the DNS record. Always fails, since a local org makes no DNS queries.
    static func verify(_ table: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard var stored = org.tables[table, of: call[0]][call[1]], stored.text("settings.\(name)") != nil else {
            throw .invalid("rpId", "rpId: No domain is set.")
        }
        if stored.text("settings.\(status)") == "VERIFIED" { return .empty() }
        stored[path: "settings.\(status)"] = "ERROR"
        org.tables[table, of: call[0]][call[1]] = stored
        throw .invalid("rpId", "rpId: The DNS record of the domain is not found.")
    }
}
