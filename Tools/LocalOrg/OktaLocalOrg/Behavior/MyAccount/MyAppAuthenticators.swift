#if LocalOrg
import OktaRuntime

/// Custom app authenticators: an app enrolls its device with keys, reads pending push notifications, and responds to
/// them with a signed token.
enum MyAppAuthenticators {
    private static let path = MyAccount.path + "/app-authenticators"
    private static let kind = path

    // MARK: Enrollments

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: UserRecord, json: JSON) {
        let user = try MyAccount.user(call, org)
        guard let json = org.tables[kind, of: user.id][call[0]] else {
            throw .notFound(call[0], "AuthenticatorEnrollment")
        }
        return (user, json)
    }

    private static func shown(_ json: JSON, _ user: UserRecord, _ call: Call) -> JSON {
        let id = json.text("id") ?? ""
        var push: JSON = [:]
        for name in ["id", "createdDate", "lastUpdated"] { push[name] = json[path: "_push.\(name)"] }
        push["links"] = ["pending": MyAccount.link(call, "/app-authenticators/\(id)/push/notifications", "GET")]
        var shown = json
        shown["_push"] = nil as JSON?
        shown["methods"] = ["push": push]
        shown["links"] = ["self": MyAccount.link(call, "/app-authenticators/\(id)", "PATCH", "DELETE")]
        shown["user"] = ["id": JSON(user.id), "username": JSON(user.profile.text("login") ?? "")]
        return shown
    }

    private static func checkKey(_ key: JSON?, _ name: String) throws(OrgFault) {
        guard let key, VerificationKey(key) != nil else {
            throw .invalid(name, "\(name): The key must be an RSA key or an EC key on P-256.")
        }
    }

    private static func enroll(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try MyAccount.user(call, org)
        let body = try call.object()
        let authenticator = try Checks.text("authenticatorId", of: body)
        guard let known = org.tables[Kinds.authenticators][authenticator], known.text("key") == "custom_app" else {
            throw .notFound(authenticator, "Authenticator")
        }
        guard known.text("status") == "ACTIVE" else {
            throw .forbidden(
                "E0000038", "This operation is not allowed in the user's current status.",
                "The authenticator is not enabled for your org.")
        }
        try checkKey(body[path: "device.clientInstanceKey"], "clientInstanceKey")
        let keys = body[path: "methods.push.keys"]
        try checkKey(keys?["proofOfPossession"], "proofOfPossession")
        if let key = keys?["userVerification"], key.kind != .null { try checkKey(key, "userVerification") }
        try Checks.text("methods.push.pushToken", of: body)

        let device = register(body["device"] ?? [:], user, &org)
        let now = JSON(org.now.text)
        let id = org.ids.next("pfd")
        let method = org.ids.next("opf")
        var json: JSON = [
            "id": JSON(id), "authenticatorId": JSON(authenticator), "createdDate": now, "lastUpdated": now,
            "device": device,
        ]
        var push = body[path: "methods.push"] ?? [:]
        for (name, value) in [("id", JSON(method)), ("createdDate", now), ("lastUpdated", now)] { push[name] = value }
        push.fill(from: ["capabilities": ["transactionTypes": ["LOGIN"]]])
        json["_push"] = push
        org.tables[kind, of: user.id][id] = json
        // The enrollment adds a factor, so that sign-ins send it pushes like any other.
        org.tables[Kinds.factors, of: user.id][method] = [
            "id": JSON(method), "factorType": "push", "provider": "CUSTOM", "vendorName": known["name"] ?? .null,
            "status": "ACTIVE", "created": now, "lastUpdated": now,
            "profile": [
                "credentialId": JSON(user.profile.text("login") ?? ""),
                "name": body[path: "device.displayName"] ?? .null, "platform": body[path: "device.platform"] ?? .null,
            ],
        ]
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        return .json(shown(json, user, call))
    }

    /// Registers the app's device as a device of the user.
    private static func register(_ sent: JSON, _ user: UserRecord, _ org: inout OrgState) -> JSON {
        let now = JSON(org.now.text)
        let id = org.ids.next("guo")
        var profile: JSON = ["registered": true]
        for name in ["displayName", "platform", "manufacturer", "model", "osVersion", "udid", "secureHardwarePresent"] {
            if let value = sent[name] { profile[name] = value }
        }
        org.tables[Kinds.devices][id] = [
            "id": JSON(id), "status": "ACTIVE", "created": now, "lastUpdated": now, "profile": profile,
            "resourceType": "UDDevice", "resourceId": JSON(id), "resourceAlternateId": .null,
            "resourceDisplayName": ["value": sent["displayName"] ?? "", "sensitive": false],
        ]
        let owner: JSON = [
            "id": JSON(user.id), "status": JSON(user.status.rawValue), "profile": user.profile.json,
        ]
        org.tables[Kinds.deviceUsers, of: id][user.id] = [
            "created": now, "managementStatus": "NOT_MANAGED", "screenLockType": "NONE", "user": owner,
        ]
        return [
            "id": JSON(id), "status": "ACTIVE", "createdDate": now, "lastUpdated": now,
            "clientInstanceId": JSON(org.ids.next("cli")),
        ]
    }

    /// Updates the push token, the user verification key, and the supported transaction types.
    private static func update(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (user, json) = try find(call, org)
        let change = try call.object()[path: "methods.push"] ?? [:]
        if change["pushToken"] != nil { try Checks.text("pushToken", of: change) }
        for (name, value) in change["keys"]?.members ?? [] {
            guard name == "userVerification" else {
                throw .invalid("keys", "keys: Only the key that verifies the user can be changed.")
            }
            if value.kind != .null { try checkKey(value, name) }
            json[path: "_push.keys.\(name)"] = value.kind == .null ? JSON?.none : value
        }
        if let token = change["pushToken"] { json[path: "_push.pushToken"] = token }
        if let types = change[path: "capabilities.transactionTypes"] {
            json[path: "_push.capabilities.transactionTypes"] = types
        }
        json["lastUpdated"] = JSON(org.now.text)
        json[path: "_push.lastUpdated"] = JSON(org.now.text)
        org.tables[kind, of: user.id][call[0]] = json
        return .json(shown(json, user, call))
    }

    private static func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (user, json) = try find(call, org)
        org.tables[kind, of: user.id][call[0]] = nil
        org.tables[Kinds.factors, of: user.id][json.text("_push.id") ?? ""] = nil
        SystemLog.record("user.mfa.factor.deactivate", call, &org, targets: [SystemLog.party(user)])
        return .empty()
    }

    // MARK: Pushes

    private static let signals: JSON = [
        "id", "displayName", "platform", "manufacturer", "model", "osVersion", "serialNumber", "udid", "sid",
        "secureHardwarePresent", "deviceAttestation",
    ]

    /// Returns the pending pushes, each as a token signed by the org.
    private static func pending(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (user, json) = try find(call, org)
        let method = json.text("_push.id") ?? ""
        let key = AppKeys.orgKey(&org)
        var challenges: [JSON] = []
        for transaction in FactorPushes.waiting(of: method, org) {
            let claims: JSON = [
                "iss": JSON(call.origin), "aud": JSON(json.text("authenticatorId") ?? ""),
                "iat": JSON(org.now.seconds), "exp": JSON(org.now.seconds + 300), "jti": JSON(transaction),
                "nonce": JSON(transaction), "transactionId": JSON(transaction), "signals": signals,
                "verificationUri": JSON("\(call.origin)\(path)/challenge/\(transaction)/verify"),
                "orgId": JSON(org.identity.orgID), "method": "push", "methodEnrollmentId": JSON(method),
                "authenticatorEnrollmentId": JSON(call[0]), "userMediation": "REQUIRED",
                "userVerification": "PREFERRED",
                "challengeContext": ["transactionTime": JSON(org.now.text), "transactionType": "LOGIN"],
                "userId": JSON(user.id), "ver": 0,
            ]
            let number = org.keyNumber(kid: key)
            let header: JSON = ["kid": JSON(key), "typ": "okta-pushbind+jwt", "alg": "RS256"]
            let token = try CompactToken.text(header: header, claims: claims) { message throws(OrgFault) in
                try OrgKeys.sign(message, with: number)
            }
            challenges.append(["payloadVersion": "IDXv1", "challenge": JSON(token)])
        }
        return .json(JSON(challenges))
    }

    /// Verifies the app's response: 200 if the user approves, 204 if the user denies.
    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try MyAccount.user(call, org)
        let enrollment = org.tables[kind, of: user.id].first {
            FactorPushes.waiting(of: $0.text("_push.id") ?? "", org).contains(call[0])
        }
        guard let json = enrollment?.json else { throw .notFound(call[0], "UserFactorTransaction") }
        guard let token = CompactToken(try Checks.text("challengeResponse", of: try call.object())) else {
            throw .invalid("challengeResponse", "challengeResponse: The text is not a signed token.")
        }
        let name = token.claims.text("keyType") ?? "proofOfPossession"
        let key = json[path: "_push.keys.\(name)"].flatMap { VerificationKey($0) }
        let isFresh = token.seconds("exp") ?? 0 > org.now.seconds
        // An org has several host names.
        let isForOrg = token.audiences.contains { NormalURL.withoutHost($0) == NormalURL.withoutHost(call.origin) }
        guard key?.verifies(token) == true, isFresh, isForOrg, token.claims.text("tx") == call[0],
            token.claims.text("sub") == user.id
        else { throw .invalid("challengeResponse", "challengeResponse: The token does not answer this challenge.") }
        let consent = token.claims.text("challengeResponseContext.userConsent") ?? ""
        let agrees = consent.hasPrefix("APPROVED")
        FactorPushes.respond(to: call[0], of: json.text("_push.id") ?? "", accepting: agrees, &org)
        return .empty(agrees ? 200 : 204)
    }

    static let all: [Operation] = [
        Operation("POST", path) { call, org throws(OrgFault) in try enroll(call, &org) },
        Operation("PATCH", path + "/{enrollmentId}") { call, org throws(OrgFault) in try update(call, &org) },
        Operation("DELETE", path + "/{enrollmentId}") { call, org throws(OrgFault) in try delete(call, &org) },
        Operation("GET", path + "/{enrollmentId}/push/notifications") { call, org throws(OrgFault) in
            try pending(call, &org)
        },
        Operation("POST", path + "/challenge/{challengeId}/verify") { call, org throws(OrgFault) in
            try verify(call, &org)
        },
    ]
}
#endif
