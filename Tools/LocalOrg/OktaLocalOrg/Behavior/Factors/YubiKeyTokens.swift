import OktaRuntime

/// YubiKeys that an admin uploads before users enroll them for one-time passwords.
enum YubiKeyTokens {
    private static let path = "/api/v1/org/factors/yubikey_token/tokens"

    static let resource = Resource(path, "YubiKeyToken", "ykk") {
        $0.verbs = [.list, .get]
        $0.filterField = "filter"
        $0.takesOrder = true
        $0.selects = { json, call, _ throws(OrgFault) in
            guard let query = call.query("q") else { return true }
            return json.text("profile.serial")?.contains(query) == true
        }
        $0.links = { _ in #"{"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}}}"# }
    }

    private static func isHexadecimal(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits && text.allSatisfy(\.isHexDigit)
    }

    private static func upload(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let serial = try Checks.text("serialNumber", of: body)
        guard serial.utf8.count <= 12, serial.allSatisfy(\.isNumber) else {
            throw .invalid("serialNumber", "serialNumber: The serial number must have at most 12 digits.")
        }
        try Checks.text("publicId", of: body)
        guard isHexadecimal(try Checks.text("privateId", of: body), digits: 12) else {
            throw .invalid("privateId", "privateId: The private ID must have 12 hexadecimal digits.")
        }
        guard isHexadecimal(try Checks.text("aesKey", of: body), digits: 32) else {
            throw .invalid("aesKey", "aesKey: The key must have 32 hexadecimal digits.")
        }
        let padded = String(repeating: "0", count: 12 - serial.utf8.count) + serial
        guard org.tables[resource.kind].first(where: { $0.text("profile.serial") == padded }) == nil else {
            throw .invalid("serialNumber", "serialNumber: A token with this serial number was uploaded before.")
        }
        let id = org.ids.next("ykk")
        let now = JSON(org.now.text)
        let json: JSON = [
            "id": JSON(id), "created": now, "lastVerified": now, "lastUpdated": now, "status": "UNASSIGNED",
            "profile": ["serial": JSON(padded)],
        ]
        org.tables[resource.kind][id] = json
        return .json(resource.shown(json, id: id, call, org))
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", path) { call, org throws(OrgFault) in try upload(call, &org) }
        ]
}
