import OktaRuntime

/// Authenticator models (AAGUIDs) that an admin adds to those that Okta knows.
enum AAGUIDs {
    private static let path = Kinds.authenticators + "/{authenticatorId}/aaguids"
    private static let table = Kinds.authenticators + "/{}/aaguids"

    /// Throws unless the authenticator is the one for security keys.
    private static func check(_ call: Call, _ org: OrgState) throws(OrgFault) {
        let authenticator = try Authenticators.find(call, org)
        guard org.features.customAAGUIDs, authenticator.text("key") == "webauthn" else { throw .featureMissing }
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        try check(call, org)
        guard let json = org.tables[table, of: call[0]][call[1].lowercased()] else {
            throw .notFound(call[1], "CustomAAGUID")
        }
        return json
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        var shown = json
        let own = "\(call.origin)\(Kinds.authenticators)/\(call[0])/aaguids/\(json.text("aaguid") ?? "")"
        shown["_links"] = ["self": ["href": JSON(own), "hints": ["allow": ["GET", "PUT", "PATCH", "DELETE"]]]]
        return shown
    }

    /// Returns whether a text is a UUID.
    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.joined().allSatisfy { $0.isHexDigit && $0.isASCII }
    }

    private static func completed(_ json: JSON) -> JSON {
        var json = json
        json.fill(from: [
            "attestationRootCertificates": [],
            "authenticatorCharacteristics": [
                "fipsCompliant": false, "hardwareProtected": false, "platformAttached": false,
            ],
        ])
        return json
    }

    private static func change(_ call: Call, merges: Bool, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let previous = try find(call, org)
        var json = try call.object()
        if merges {
            var merged = previous
            merged.merge(json)
            json = merged
        }
        json["aaguid"] = previous["aaguid"]
        json = completed(json)
        org.tables[table, of: call[0]][call[1].lowercased()] = json
        return .json(shown(json, call))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            try check(call, org)
            return .json(JSON(org.tables[table, of: call[0]].all.map { shown($0.json, call) }))
        },
        Operation("POST", path) { call, org throws(OrgFault) in
            try check(call, org)
            let body = try call.object()
            let aaguid = try Checks.text("aaguid", of: body)
            guard isUUID(aaguid) else { throw .invalid("aaguid", "aaguid: The value must be a UUID.") }
            guard org.tables[table, of: call[0]][aaguid.lowercased()] == nil else {
                throw .invalid("aaguid", "aaguid: An object with this field already exists in the current organization")
            }
            let json = completed(body)
            org.tables[table, of: call[0]][aaguid.lowercased()] = json
            return .json(shown(json, call))
        },
        Operation("GET", path + "/{aaguid}") { call, org throws(OrgFault) in .json(shown(try find(call, org), call)) },
        Operation("PUT", path + "/{aaguid}") { call, org throws(OrgFault) in try change(call, merges: false, &org) },
        Operation("PATCH", path + "/{aaguid}") { call, org throws(OrgFault) in try change(call, merges: true, &org) },
        Operation("DELETE", path + "/{aaguid}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            org.tables[table, of: call[0]][call[1].lowercased()] = nil
            return .empty()
        },
    ]
}
