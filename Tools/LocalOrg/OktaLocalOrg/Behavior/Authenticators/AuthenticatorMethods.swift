import OktaRuntime

/// Methods of authenticators, such as SMS and voice for a phone.
enum AuthenticatorMethods {
    private static let path = Kinds.authenticators + "/{authenticatorId}/methods"
    private static let table = Kinds.authenticators + "/{}/methods"

    private static func types(_ authenticator: JSON) -> [String] {
        let known = Authenticators.methods(authenticator)
        guard known.isEmpty else { return known }
        switch authenticator.text("key") {
        case "custom_app": return ["push"]
        case "custom_otp": return ["otp"]
        case "duo": return ["duo"]
        case "external_idp": return ["idp"]
        case "tac": return ["tac"]
        default: return []
        }
    }

    /// The default settings of methods.
    private static let initialSettings: [String: JSON] = [
        "push": ["algorithms": ["ES256", "RS256"], "keyProtection": "ANY", "transactionTypes": ["LOGIN"]],
        "signed_nonce": ["algorithms": ["ES256", "RS256"], "keyProtection": "ANY", "showSignInWithOV": "NEVER"],
        "totp": ["timeIntervalInSeconds": 30, "encoding": "Base32", "algorithm": "HMACSHA1", "passCodeLength": 6],
        "webauthn": ["userVerification": "DISCOURAGED", "attachment": "ANY"],
    ]

    private static func shown(_ type: String, _ authenticator: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let stored = org.tables[table, of: call[0]][type]
        var json: JSON = [
            "type": JSON(type), "status": stored?["status"] ?? authenticator["status"] ?? "ACTIVE",
        ]
        json["settings"] = stored?["settings"] ?? initialSettings[type]
        let own = "\(call.origin)\(Kinds.authenticators)/\(call[0])/methods/\(type)"
        json["_links"] = ["self": ["href": JSON(own), "hints": ["allow": ["GET", "PUT"]]]]
        // An inactive method can be activated if the authenticator has several.
        if json.text("status") == "INACTIVE", types(authenticator).count > 1 {
            json[path: "_links.activate"] = [
                "href": JSON("\(own)/lifecycle/activate"), "hints": ["allow": ["POST"]],
            ]
        }
        return json
    }

    /// Returns the active methods of an authenticator in the form that its app reads.
    static func supported(by authenticator: JSON, _ org: OrgState) -> JSON {
        let stored = org.tables[table, of: authenticator.text("id") ?? ""]
        return JSON(
            types(authenticator).map { type in
                let status = stored[type]?["status"] ?? authenticator["status"] ?? "ACTIVE"
                let settings = stored[type]?["settings"] ?? initialSettings[type] ?? [:]
                return ["type": JSON(type), "status": status, "settings": settings]
            })
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        let authenticator = try Authenticators.find(call, org)
        guard types(authenticator).contains(call[1]) else { throw .notFound(call[1], "AuthenticatorMethod") }
        return authenticator
    }

    private static func replace(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let authenticator = try find(call, org)
        let body = try call.object()
        if let type = body.text("type"), type != call[1] {
            throw .invalid("type", "type: The type of a method cannot be changed.")
        }
        var stored = org.tables[table, of: call[0]][call[1]] ?? .emptyObject
        if var settings = body["settings"] {
            try RelyingParty.prepare(&settings, previous: stored["settings"], call, &org)
            stored["settings"] = settings
        }
        if let status = body.text("status"), ["ACTIVE", "INACTIVE"].contains(status) {
            stored["status"] = JSON(status)
        }
        org.tables[table, of: call[0]][call[1]] = stored
        return .json(shown(call[1], authenticator, call, org))
    }

    private static func setStatus(_ status: String, _ verb: String) -> Operation {
        Operation("POST", "\(path)/{methodType}/lifecycle/\(verb)") { call, org throws(OrgFault) in
            let authenticator = try find(call, org)
            let others = types(authenticator).filter { $0 != call[1] }.filter {
                shown($0, authenticator, call, org).text("status") == "ACTIVE"
            }
            if status == "INACTIVE", others.isEmpty, authenticator.text("status") == "ACTIVE" {
                throw .invalid("Authenticator", "The last active method of an authenticator cannot be deactivated.")
            }
            var stored = org.tables[table, of: call[0]][call[1]] ?? .emptyObject
            stored["status"] = JSON(status)
            org.tables[table, of: call[0]][call[1]] = stored
            return .json(shown(call[1], authenticator, call, org))
        }
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let authenticator = try Authenticators.find(call, org)
            let snapshot = org
            return .json(JSON(types(authenticator).map { shown($0, authenticator, call, snapshot) }))
        },
        Operation("GET", path + "/{methodType}") { call, org throws(OrgFault) in
            .json(shown(call[1], try find(call, org), call, org))
        },
        Operation("PUT", path + "/{methodType}") { call, org throws(OrgFault) in try replace(call, &org) },
        setStatus("ACTIVE", "activate"), setStatus("INACTIVE", "deactivate"),
        Operation("POST", path + "/{webAuthnMethodType}/verify-rp-id-domain") { call, org throws(OrgFault) in
            _ = try find(call, org)
            guard call[1] == "webauthn" else { throw .notFound(call[1], "AuthenticatorMethod") }
            return try RelyingParty.verify(table, call, &org)
        },
    ]
}
