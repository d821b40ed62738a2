import OktaRuntime

/// Network zones of all kinds: addresses, locations, ISPs and services.
enum Zones {
    private static let kind = Kinds.zones

    static let resource = Resource(kind, "NetworkZone", "nzo") {
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.lifecycle = Resource.onAndOff
        $0.event = "zone"
        $0.kept = ["type", "system", "usage"]
        $0.serverFields += ["system", "useAsExemptList", "useAsBlackList"]
        $0.defaults = #"{"usage":"POLICY","system":false}"#
        $0.links = Links.lifecycle
        $0.filterField = "filter"
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, org) }
        $0.presentReplaced = { shown, stored, previous in
            // The response has the previous date.
            shown["lastUpdated"] = previous["lastUpdated"]
            // Only this response shows the zone's usage in these members.
            if isExempt(stored) {
                shown["useAsBlackList"] = false
                shown["useAsExemptList"] = true
            }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            if json["system"]?.bool == true { throw .accessDenied }
            if isUsed(json.text("id") ?? "", org) {
                throw .invalid("networkZone", "The network zone is used by a policy or a rule.")
            }
            if json.text("status") == "ACTIVE", org.features.identityEngine {
                throw Checks.activeDeletion("networkZone")
            }
        }
    }

    private static func complete(_ json: inout JSON, _ change: Resource.Change, _ org: OrgState) throws(OrgFault) {
        try Checks.name(json, maximum: 128)
        try Checks.unique("name", of: json, change, kind: kind, org)
        let type = json.text("type") ?? change.previous?.text("type") ?? ""
        if let previous = change.previous?.text("type"), previous != type {
            throw .invalid("type", "type: The type of a network zone cannot be changed.")
        }
        json["type"] = JSON(type)
        let usage = json.text("usage") ?? change.previous?.text("usage") ?? "POLICY"
        guard ["POLICY", "BLOCKLIST"].contains(usage) else {
            throw .invalid("usage", "usage: The value must be one of POLICY, BLOCKLIST")
        }
        switch type {
        case "IP": try completeAddresses(&json, change, usage)
        case "DYNAMIC": try completeDynamic(&json)
        case "DYNAMIC_V2": try completeEnhanced(&json)
        default: throw .invalid("type", "type: Invalid network zone type.")
        }
    }

    // MARK: Addresses

    private static func completeAddresses(
        _ json: inout JSON, _ change: Resource.Change, _ usage: String
    ) throws(OrgFault) {
        let isSystem = change.previous?["system"]?.bool == true
        let members = ["gateways", "proxies"]
        guard isSystem || members.contains(where: { json[$0]?.count ?? 0 > 0 }) else {
            throw .invalid("gateways", "gateways: Gateways or proxies must be defined for an IP zone.")
        }
        for member in members {
            guard let addresses = json[member]?.elements, !addresses.isEmpty else {
                json[member] = .some(.null)
                continue
            }
            let most = isSystem && usage == "POLICY" ? 5000 : usage == "BLOCKLIST" && member == "gateways" ? 1000 : 150
            guard addresses.count <= most else {
                throw .invalid(member, "\(member): No more than \(most) entries may be included in a zone.")
            }
            var ranges: [JSON] = []
            for address in addresses { ranges.append(try checked(address, member)) }
            json[member] = JSON(ranges)
        }
    }

    /// Returns a checked address entry. A single address becomes a range with equal ends.
    private static func checked(_ address: JSON, _ member: String) throws(OrgFault) -> JSON {
        guard let value = address.text("value"), let type = address.text("type"), ["CIDR", "RANGE"].contains(type),
            AddressRange.parse(value, type: type) != nil
        else {
            throw .invalid(member, "\(member): \(address.text("value") ?? "null") is not a valid IP address or range.")
        }
        guard type == "RANGE", !value.contains("-") else { return address }
        var range = address
        range["value"] = JSON("\(value)-\(value)")
        return range
    }

    /// Returns whether an active IP zone contains an address. Dynamic zones contain none, since a local org cannot
    /// locate addresses.
    static func contains(_ address: IPAddress, _ zone: JSON) -> Bool {
        guard zone.text("type") == "IP", zone.text("status") == "ACTIVE" else { return false }
        return (zone["gateways"]?.elements ?? []).contains { entry in
            AddressRange.parse(entry.text("value") ?? "", type: entry.text("type") ?? "").map {
                $0.lowerBound.bytes.count == address.bytes.count && $0.contains(address)
            } ?? false
        }
    }

    // MARK: Locations and services

    private static func checkPlaces(_ places: JSON?) throws(OrgFault) {
        let elements = places?.elements ?? (places?["include"]?.elements ?? []) + (places?["exclude"]?.elements ?? [])
        guard elements.count <= 75 else {
            throw .invalid("locations", "locations: No more than 75 locations may be included in a Location Zone.")
        }
        for place in elements {
            let country = place.text("country") ?? ""
            guard country.count == 2, country.allSatisfy({ $0.isLetter && $0.isASCII }) else {
                throw .invalid("locations", "locations: \(country) is not a country code of ISO 3166-1.")
            }
        }
    }

    private static func completeDynamic(_ json: inout JSON) throws(OrgFault) {
        try checkPlaces(json["locations"])
        if json["locations"] == nil { json["locations"] = .some(.null) }
        if let places = json["locations"]?.elements {
            json["locations"] = JSON(
                places.map { place in
                    var place = place
                    place.fill(from: ["region": .null])
                    return place
                })
        }
        let isDefined = json["locations"]?.count ?? 0 > 0 || json["asns"]?.count ?? 0 > 0 || json["proxyType"] != nil
        guard isDefined else {
            throw .invalid(
                "locations", "locations: Locations, ASNs or a proxy type must be defined for a dynamic zone.")
        }
        if json["proxyType"] == nil { json["proxyType"] = .some(.null) }
    }

    private static func completeEnhanced(_ json: inout JSON) throws(OrgFault) {
        try checkPlaces(json["locations"])
        let members = ["locations", "asns", "ipServiceCategories"]
        let isDefined = members.contains { member in
            ["include", "exclude"].contains { json[path: "\(member).\($0)"]?.count ?? 0 > 0 }
        }
        guard isDefined else {
            throw .invalid(
                "locations", "locations: Locations, ASNs or IP services must be defined for an enhanced dynamic zone.")
        }
        json.fill(from: [
            "locations": ["include": [], "exclude": []], "asns": ["include": [], "exclude": []],
            "ipServiceCategories": ["include": [], "exclude": []],
        ])
    }

    // MARK: Use

    /// Returns whether a rule's condition refers to the zone.
    private static func isUsed(_ id: String, _ org: OrgState) -> Bool {
        org.tables[Kinds.policies].all.contains { policy, _ in
            org.tables[Kinds.policyRules, of: policy].all.contains { _, rule in
                ["include", "exclude"].contains { list in
                    (rule[path: "conditions.network.\(list)"]?.elements ?? []).contains { $0.string == id }
                }
            }
        }
    }

    private static let exemptName = "DefaultExemptIpZone"

    /// Returns whether a zone is the exempt zone, whose addresses are admitted even if they are blocked elsewhere.
    private static func isExempt(_ json: JSON) -> Bool {
        json["system"]?.bool == true && json.text("name") == exemptName
    }

    static func createBuiltIn(_ org: inout OrgState) {
        var zones = [("LegacyIpZone", "POLICY"), ("BlockedIpZone", "BLOCKLIST")]
        if org.features.exemptZone { zones.append((exemptName, "POLICY")) }
        for (name, usage) in zones {
            let id = org.ids.next("nzo")
            org.tables[kind][id] = [
                "type": "IP", "id": JSON(id), "name": JSON(name), "status": "ACTIVE", "usage": JSON(usage),
                "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "system": true,
                "gateways": .null, "proxies": .null,
            ]
        }
    }
}
