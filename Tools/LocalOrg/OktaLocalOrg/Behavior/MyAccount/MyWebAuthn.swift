import OktaRuntime

/// The security keys of the calling user: the org issues a challenge, and the browser returns the key's attestation.
/// Origin and attestation are not verified, since a browser does not sign for a local org's host.
enum MyWebAuthn {
    private static let path = MyAccount.path + "/webauthn"
    /// Challenges by user, with their expiry.
    private static let challenges = "myWebAuthnChallenges"
    private static let lifetime = 300

    private static func authenticator(_ org: OrgState) throws(OrgFault) -> JSON {
        let found = org.tables[Kinds.authenticators].first {
            $0.text("key") == "webauthn" && $0.text("status") == "ACTIVE"
        }
        guard let found else {
            throw OrgFault(
                status: 400, code: "E0000038", summary: "WebAuthn enrollment is not allowed.",
                causes: ["WebAuthn is not enabled for the org."])
        }
        return found.json
    }

    private static func keys(_ user: UserRecord, _ org: OrgState) -> [JSON] {
        org.tables[Kinds.factors, of: user.id].all.map(\.json).filter {
            $0.text("factorType") == "webauthn" && $0.text("status") != "PENDING_ACTIVATION"
        }
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        [
            "id": json["id"] ?? .null, "status": json["status"] ?? .null, "type": "security_key", "key": "webauthn",
            "name": json[path: "profile.authenticatorName"] ?? .null,
            "credentialId": json[path: "profile.credentialId"] ?? .null, "created": json["created"] ?? .null,
            "lastUpdated": json["lastUpdated"] ?? .null,
            "_links": ["self": MyAccount.link(call, "/webauthn/\(json.text("id") ?? "")", "GET", "DELETE")],
        ]
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: UserRecord, json: JSON) {
        let user = try MyAccount.user(call, org)
        guard let json = keys(user, org).first(where: { $0.text("id") == call[0] }) else {
            throw .notFound(call[0], "UserFactor")
        }
        return (user, json)
    }

    private static func start(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try MyAccount.user(call, org)
        _ = try authenticator(org)
        let challenge = org.ids.key(32)
        let end = org.now + lifetime
        org.tables[challenges][user.id] = ["challenge": JSON(challenge), "ends": JSON(end.seconds)]
        let names = ["firstName", "lastName"].compactMap { user.profile.text($0) }
        let known = keys(user, org).compactMap { $0[path: "profile.credentialId"] }
        return .json([
            "options": [
                "rp": ["name": JSON(org.identity.subdomain)],
                "user": [
                    "displayName": JSON(names.joined(separator: " ")),
                    "name": JSON(user.profile.text("login") ?? ""), "id": JSON(user.id),
                ],
                "pubKeyCredParams": [["type": "public-key", "alg": -7], ["type": "public-key", "alg": -257]],
                "challenge": JSON(challenge), "attestation": "direct",
                "authenticatorSelection": [
                    "userVerification": "discouraged", "requireResidentKey": false, "residentKey": "preferred",
                ],
                "u2fParams": ["appid": JSON(call.origin)],
                "excludeCredentials": JSON(known.map { ["type": "public-key", "id": $0] }),
            ],
            "expiresAt": JSON(end.text), "_links": ["enroll": MyAccount.link(call, "/webauthn", "POST")],
        ])
    }

    /// Checks the client data: base64-encoded JSON with the user's current challenge.
    private static func check(_ text: String, _ user: UserRecord, _ org: OrgState) throws(OrgFault) {
        let bytes = Base64URL.decode(text.filter { $0 != "=" }) ?? Base64.decode(text)
        let client = bytes.flatMap { try? JSON(parsing: $0) }
        guard client?.text("type") == "webauthn.create", let challenge = client?.text("challenge") else {
            throw .invalid("clientData", "clientData: The data is not that of a new credential.")
        }
        let open = org.tables[challenges][user.id]
        guard open?.text("challenge") == challenge, open?["ends"]?.int ?? 0 > org.now.seconds else {
            throw .invalid("clientData", "clientData: The challenge is unknown or has expired.")
        }
    }

    private static func enroll(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try MyAccount.user(call, org)
        let authenticator = try authenticator(org)
        let body = try call.object()
        let attestation = try Checks.text("attestation", of: body)
        try check(try Checks.text("clientData", of: body), user, org)
        org.tables[challenges][user.id] = nil
        let credential = AttestedCredential.id(in: attestation) ?? org.ids.key(64)
        let isKnown = keys(user, org).contains { $0.text("profile.credentialId") == credential }
        guard !isKnown else {
            throw .invalid("factorEnrollRequest", "A factor of this type is already set up.")
        }
        let id = org.ids.next("fwf")
        let now = JSON(org.now.text)
        let json: JSON = [
            "id": JSON(id), "factorType": "webauthn", "provider": "FIDO", "vendorName": "FIDO", "status": "ACTIVE",
            "created": now, "lastUpdated": now,
            "profile": ["credentialId": JSON(credential), "authenticatorName": authenticator["name"] ?? .null],
        ]
        org.tables[Kinds.factors, of: user.id][id] = json
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        return .json(shown(json, call))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            .json(JSON(keys(try MyAccount.user(call, org), org).map { shown($0, call) }))
        },
        Operation("POST", path) { call, org throws(OrgFault) in try enroll(call, &org) },
        Operation("POST", path + "/registration") { call, org throws(OrgFault) in try start(call, &org) },
        Operation("GET", path + "/{id}") { call, org throws(OrgFault) in .json(shown(try find(call, org).json, call)) },
        Operation("DELETE", path + "/{id}") { call, org throws(OrgFault) in
            let (user, _) = try find(call, org)
            org.tables[Kinds.factors, of: user.id][call[0]] = nil
            SystemLog.record("user.mfa.factor.deactivate", call, &org, targets: [SystemLog.party(user)])
            return .empty()
        },
    ]
}

/// The credential in an attestation object (Web Authentication, section 6.5.1).
enum AttestedCredential {
    /// Returns the credential's id in base64url; nil if the text is not an attestation object.
    static func id(in text: String) -> String? {
        guard let bytes = Base64URL.decode(text.filter { $0 != "=" }) ?? Base64.decode(text) else { return nil }
        // The CBOR member `authData` is a byte string with a length of one or two bytes.
        let name = [0x68] + Array("authData".utf8)
        guard let begin = bytes.firstRange(of: name)?.upperBound, begin + 3 < bytes.count else { return nil }
        let start: Int
        switch bytes[begin] {
        case 0x58: start = begin + 2
        case 0x59: start = begin + 3
        default: return nil
        }
        // The length of the id and the id follow the RP id hash, the flags, the counter and the AAGUID.
        let place = start + 32 + 1 + 4 + 16
        guard place + 2 <= bytes.count else { return nil }
        let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
        guard length > 0, place + 2 + length <= bytes.count else { return nil }
        return Base64URL.encode(bytes[(place + 2)..<(place + 2 + length)])
    }
}
