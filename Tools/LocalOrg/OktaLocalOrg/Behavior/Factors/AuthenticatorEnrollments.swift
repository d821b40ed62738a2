import OktaRuntime

/// The authenticator enrollments of a user in the admin's view: the password, the primary email, the user's factors,
/// and a temporary access code.
enum AuthenticatorEnrollments {
    private static let path = "/api/v1/users/{userId}/authenticator-enrollments"
    /// The table of temporary access codes by user.
    private static let codes = "temporaryAccessCodes"
    /// The range of a code's lifetime, in minutes.
    private static let lifetimes = 10...14_400

    /// Returns the key of a factor's authenticator.
    private static func key(of factor: JSON) -> String {
        switch factor.text("factorType") {
        case "sms", "call": "phone_number"
        case "email": "okta_email"
        case "question": "security_question"
        case "token:software:totp": factor.text("provider") == "GOOGLE" ? "google_otp" : "okta_verify"
        case "push", "signed_nonce": "okta_verify"
        case "webauthn", "u2f": "webauthn"
        case "token:hardware": "yubikey_token"
        case "web": "duo"
        case "token": factor.text("provider") == "SYMANTEC" ? "symantec_vip" : "rsa_token"
        default: "custom_otp"
        }
    }

    private static func authenticator(_ key: String, _ org: OrgState) -> JSON? {
        org.tables[Kinds.authenticators].first { $0.text("key") == key }?.json
    }

    // MARK: Presentation

    private static func enrollments(of user: UserRecord, _ org: OrgState) -> [JSON] {
        let rest = user.id.dropFirst(3)
        var rows: [JSON] = []
        if let email = user.profile.text("email") {
            rows.append([
                "id": JSON("eae\(rest)"), "key": "okta_email", "created": JSON(user.created.text),
                "lastUpdated": JSON(user.lastUpdated.text), "status": "ACTIVE", "profile": ["email": JSON(email)],
            ])
        }
        if user.credentials.password != nil {
            rows.append([
                "id": JSON("lae\(rest)"), "key": "okta_password", "status": "ACTIVE",
                "created": JSON(user.created.text),
                "lastUpdated": JSON((user.passwordChanged ?? user.lastUpdated).text),
            ])
        }
        for (id, factor) in org.tables[Kinds.factors, of: user.id].all where factor.text("factorType") != "email" {
            var row: JSON = ["id": JSON(id), "key": JSON(key(of: factor))]
            for name in ["status", "created", "lastUpdated"] { row[name] = factor[name] }
            // Okta's document has profiles of phones and email addresses only.
            if row.text("key") == "phone_number" { row["profile"] = factor["profile"] }
            rows.append(row)
        }
        return rows + org.tables[codes, of: user.id].all.map(\.json)
    }

    private static func shown(_ row: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let key = row.text("key") ?? ""
        let known = authenticator(key, org)
        let user = "\(call.origin)/api/v1/users/\(call[0])"
        var shown = row
        shown["type"] = known?["type"] ?? JSON(key == "tac" ? "tac" : "app")
        shown["name"] = known?["name"] ?? JSON(key)
        if shown["nickname"] == nil, key != "tac" { shown["nickname"] = .some(.null) }
        shown["_links"] = [
            "self": [
                "href": JSON("\(user)/authenticator-enrollments/\(row.text("id") ?? "")"),
                "hints": ["allow": ["GET", "DELETE"]],
            ],
            "user": ["href": JSON(user), "hints": ["allow": ["GET"]]],
            "authenticator": [
                "href": JSON("\(call.origin)/api/v1/authenticators/\(known?.text("id") ?? key)"),
                "hints": ["allow": ["GET"]],
            ],
        ]
        return shown
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: UserRecord, row: JSON) {
        let user = try call.user(org)
        guard let row = enrollments(of: user, org).first(where: { $0.text("id") == call[1] }) else {
            throw .notFound(call[1], "AuthenticatorEnrollment")
        }
        return (user, row)
    }

    // MARK: Enrollment

    /// Throws unless a request names an active authenticator of the given kind.
    private static func check(_ body: JSON, is key: String, _ org: OrgState) throws(OrgFault) {
        let id = try Checks.text("authenticatorId", of: body)
        guard let json = org.tables[Kinds.authenticators][id] else { throw .notFound(id, "Authenticator") }
        guard json.text("key") == key, json.text("status") == "ACTIVE" else {
            throw .invalid("authenticatorId", "authenticatorId: An active authenticator '\(key)' is required.")
        }
    }

    private static func enrollPhone(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        let body = try call.object()
        try check(body, is: "phone_number", org)
        let number = try Checks.text("profile.phoneNumber", of: body)
        let isKnown = enrollments(of: user, org).contains { row in
            row.text("key") == "phone_number" && row.text("profile.phoneNumber") == number
        }
        if isKnown { throw .invalid("factorEnrollRequest", "A factor of this type is already set up.") }
        let id = org.ids.next("mbl")
        let factor: JSON = [
            "id": JSON(id), "factorType": "sms", "provider": "OKTA", "vendorName": "OKTA", "status": "ACTIVE",
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
            "profile": ["phoneNumber": JSON(number)],
        ]
        org.tables[Kinds.factors, of: user.id][id] = factor
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        let row = enrollments(of: user, org).first { $0.text("id") == id } ?? factor
        return .json(shown(row, call, org))
    }

    /// Creates a temporary access code, which replaces the previous one. Only this response shows it.
    private static func enrollCode(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        let body = try call.object()
        try check(body, is: "tac", org)
        let minutes = body.text("profile.ttl").map { Int($0) ?? 0 } ?? 120
        guard lifetimes.contains(minutes) else {
            throw .invalid(
                "ttl", "ttl: must be a number from \(lifetimes.lowerBound) to \(lifetimes.upperBound)")
        }
        for (id, _) in org.tables[codes, of: user.id].all { org.tables[codes, of: user.id][id] = nil }
        let id = org.ids.next("tac")
        var row: JSON = [
            "id": JSON(id), "key": "tac", "status": "ACTIVE", "created": JSON(org.now.text),
            "lastUpdated": JSON(org.now.text),
            "profile": [
                "multiUse": body[path: "profile.multiUse"] ?? false, "expiresAt": JSON((org.now + 60 * minutes).text),
            ],
        ]
        org.tables[codes, of: user.id][id] = row
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        row[path: "profile.tac"] = JSON(org.ids.text(16))
        return .json(shown(row, call, org))
    }

    private static func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (user, row) = try find(call, org)
        let id = row.text("id") ?? ""
        guard org.tables[Kinds.factors, of: user.id][id] != nil || row.text("key") == "tac" else {
            throw .invalid("enrollmentId", "enrollmentId: The password and the primary email cannot be removed.")
        }
        org.tables[Kinds.factors, of: user.id][id] = nil
        org.tables[codes, of: user.id][id] = nil
        SystemLog.record("user.mfa.factor.deactivate", call, &org, targets: [SystemLog.party(user)])
        return .empty()
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let rows = enrollments(of: try call.user(org), org)
            let snapshot = org
            return .json(JSON(rows.map { shown($0, call, snapshot) }))
        },
        Operation("POST", path + "/phone") { call, org throws(OrgFault) in try enrollPhone(call, &org) },
        Operation("POST", path + "/tac") { call, org throws(OrgFault) in try enrollCode(call, &org) },
        Operation("GET", path + "/{enrollmentId}") { call, org throws(OrgFault) in
            .json(shown(try find(call, org).row, call, org))
        },
        Operation("DELETE", path + "/{enrollmentId}") { call, org throws(OrgFault) in try delete(call, &org) },
    ]
}
