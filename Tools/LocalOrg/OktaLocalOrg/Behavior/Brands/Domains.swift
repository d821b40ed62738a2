import OktaRuntime

/// Custom domains of the org. DNS records have to prove the ownership of a domain. A local org makes no DNS queries,
/// so verification fails as if the records were missing.
enum Domains {
    private static let kind = Kinds.domains

    static let resource = Resource(kind, "Domain", "OcD") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.wrapper = "domains"
        $0.kept = ["domain", "certificateSourceType", "validationStatus", "dnsRecords", "brandId"]
        $0.links = { json in
            json.text("id") == "default"
                ? """
                {"self":{"href":"<self>","hints":{"allow":["GET"]}},\
                "brand":{"href":"<org>/api/v1/brands/<brandId>","hints":{"allow":["GET","PUT","DELETE"]}}}
                """
                : """
                {"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},\
                "verify":{"href":"<self>/verify","hints":{"allow":["POST"]}},\
                "brand":{"href":"<org>/api/v1/brands/<brandId>","hints":{"allow":["GET","PUT","DELETE"]}}}
                """
        }
        $0.present = { json, call, _ in
            // A list shows no DNS records and no link to verify them; the response to a verification has no such link
            // either.
            guard json.text("id") != "default" else { return }
            let isList = call.target.segments.count == 3 && call.request.method == "GET"
            if isList { json.remove(["dnsRecords"]) }
            if isList || call.target.segments.last == "verify" { json.remove(["_links.verify"]) }
            if isList { json[path: "_links.self.hints.allow"] = ["GET", "DELETE"] }
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard change.verb == .create else {
                try checkBrand(json, change.previous, org)
                return
            }
            guard let domain = json.text("domain")?.lowercased(), !domain.isEmpty else {
                throw .invalid("domain", "domain: The field cannot be left blank")
            }
            // Okta cannot obtain a certificate for a reserved domain.
            let isReserved = domain.hasSuffix(".example.com") && json.text("certificateSourceType") == "OKTA_MANAGED"
            if isReserved || domain.hasSuffix(".okta.com") || !domain.contains(".") {
                throw .invalid("domain", "domain: Prohibited custom domain name.")
            }
            if org.tables[kind].first(where: { $0.text("domain") == domain }) != nil {
                throw .forbidden("E0000161", "Unique domain name required.")
            }
            json["domain"] = JSON(domain)
            if json["certificateSourceType"] == nil { json["certificateSourceType"] = "MANUAL" }
            json["validationStatus"] = "NOT_STARTED"
            json["brandId"] = org.tables[Brands.kind].first { $0["isDefault"]?.bool == true }?.json["id"]
            json["dnsRecords"] = [
                [
                    "fqdn": JSON("_oktaverification.\(domain)"), "values": [JSON(org.ids.hexadecimal(32))],
                    "recordType": "TXT",
                ],
                [
                    "fqdn": JSON(domain), "values": [JSON("\(org.identity.subdomain).customdomains.okta.com")],
                    "recordType": "CNAME",
                ],
            ]
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json.text("id") == "default" {
                throw .invalid("id", "This operation is not supported for this domain")
            }
        }
    }

    /// Throws if the brand of a new or changed domain does not exist.
    private static func checkBrand(_ json: JSON, _ previous: JSON?, _ org: OrgState) throws(OrgFault) {
        guard let brand = json.text("brandId"), brand != previous?.text("brandId") else { return }
        guard org.tables[Brands.kind][brand] != nil else { throw .notFound(brand, "Brand") }
    }

    static func createDefault(brand: String, _ org: inout OrgState) {
        org.tables[kind]["default"] = [
            "id": "default", "domain": JSON("\(org.identity.subdomain).okta.com"),
            "certificateSourceType": "OKTA_MANAGED", "validationStatus": "COMPLETED", "brandId": JSON(brand),
        ]
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Domain") }
        if call[0] == "default" { throw .invalid("id", "This operation is not supported for this domain") }
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", kind + "/{domainId}/verify") { call, org throws(OrgFault) in
                try find(call, org)
                org.tables[kind][call[0]]?["validationStatus"] = "FAILED_TO_VERIFY"
                let json = org.tables[kind][call[0]] ?? .emptyObject
                return .json(resource.shown(json, id: call[0], call, org))
            },
            Operation("PUT", kind + "/{domainId}/certificate") { call, org throws(OrgFault) in
                try find(call, org)
                let body = try call.object()
                try Checks.choice("type", of: body, ["PEM"])
                for member in ["certificate", "privateKey"] {
                    guard try Checks.text(member, of: body).hasPrefix("-----BEGIN ") else {
                        throw .invalid(member, "\(member): The value must be PEM-encoded.")
                    }
                }
                guard ["VERIFIED", "COMPLETED"].contains(org.tables[kind][call[0]]?.text("validationStatus") ?? "")
                else {
                    throw .forbidden("E0000165", "Domain not verified.")
                }
                org.tables[kind][call[0]]?["certificateSourceType"] = "MANUAL"
                org.tables[kind][call[0]]?["validationStatus"] = "COMPLETED"
                return .empty()
            },
        ]
}
