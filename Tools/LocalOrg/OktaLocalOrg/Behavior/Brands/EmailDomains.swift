import OktaRuntime

/// Domains that emails are sent from.
enum EmailDomains {
    static let kind = "/api/v1/email-domains"

    static let resource = Resource(kind, "EmailDomain", "OeD") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.present = { json, call, org in
            // The brand is shown only if `expand` requests it.
            let brand = json.text("brandId") ?? ""
            json["brandId"] = nil as JSON?
            guard call.expands("brands") else { return }
            let brands = org.tables[Brands.kind].all.filter { $0.id == brand }
            json[path: "_embedded.brands"] = JSON(brands.map { Brands.resource.shown($0.json, id: $0.id, call, org) })
        }
        $0.kept = ["domain", "validationStatus", "validationSubdomain", "dnsValidationRecords", "brandId"]
        $0.prepare = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            guard let domain = json.text("domain"), !domain.isEmpty else {
                throw .invalid("domain", "domain: The field cannot be left blank")
            }
            if org.tables[kind].all.contains(where: { $0.json.text("domain")?.lowercased() == domain.lowercased() }) {
                throw OrgFault(status: 409, code: "E0000197", summary: "Email domain already exists.")
            }
            let host = domain.lowercased()
            json["validationStatus"] = "NOT_STARTED"
            json.fill(from: ["validationSubdomain": "mail"])
            let record = { (fqdn: String, value: String, type: String) -> JSON in
                ["recordType": JSON(type), "fqdn": JSON(fqdn), "verificationValue": JSON(value)]
            }
            json["dnsValidationRecords"] = [
                record("_oktaverification.\(domain)", org.ids.hexadecimal(32), "TXT"),
                record("mail.\(host)", "u17770251.wl002.sendgrid.net", "cname"),
                record("p03._domainkey.\(host)", "p03.domainkey.u17770251.wl002.sendgrid.net", "cname"),
                record("p032._domainkey.\(host)", "p032.domainkey.u17770251.wl002.sendgrid.net", "cname"),
            ]
        }
    }

    static let all: [Operation] =
        resource.operations() + [
            // Verification fails, since a local org's domains have no DNS records.
            Operation("POST", kind + "/{emailDomainId}/verify") { call, org throws(OrgFault) in
                guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "EmailDomain") }
                guard json.text("validationStatus") != "VERIFIED" else {
                    throw OrgFault(
                        status: 400, code: "E0000217",
                        summary: "Invalid status. Can't validate email domain with current status.")
                }
                org.tables[kind][call[0]]?["validationStatus"] = "ERROR"
                throw OrgFault(
                    status: 400, code: "E0000218", summary: "Email domain couldn't be verified by mail provider.")
            }
        ]
}
