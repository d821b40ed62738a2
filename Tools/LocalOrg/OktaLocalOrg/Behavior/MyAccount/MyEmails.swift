import OktaRuntime

/// The email addresses of the calling user. A new address takes effect when the user confirms it with the code sent to
/// it.
enum MyEmails {
    private static let path = MyAccount.path + "/emails"
    private static let kind = path
    private static let challengeKind = path + "/{}/challenge"

    /// Returns the addresses of the profile, which are verified, and those that await their code.
    private static func emails(_ user: UserRecord, _ org: inout OrgState) -> [(id: String, json: JSON)] {
        for (attribute, role) in [("email", "PRIMARY"), ("secondEmail", "SECONDARY")] {
            let address = user.profile.text(attribute) ?? ""
            for (id, json) in org.tables[kind, of: user.id].all
            where json.text("status") == "VERIFIED" && json[path: "roles"]?[0]?.string == role
                && json.text("profile.email") != address
            {
                // The profile no longer has this address: an admin has changed it.
                org.tables[kind, of: user.id][id] = nil
            }
            let isKnown = org.tables[kind, of: user.id].all.contains { _, json in
                json.text("status") == "VERIFIED" && json[path: "roles"]?[0]?.string == role
            }
            if !address.isEmpty, !isKnown { _ = add(address, role, "VERIFIED", user, &org) }
        }
        return org.tables[kind, of: user.id].all
    }

    private static func add(
        _ address: String, _ role: String, _ status: String, _ user: UserRecord, _ org: inout OrgState
    ) -> String {
        let id = org.ids.hexadecimal(32)
        org.tables[kind, of: user.id][id] = [
            "id": JSON(id), "profile": ["email": JSON(address)], "roles": [JSON(role)], "status": JSON(status),
        ]
        return id
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        let id = json.text("id") ?? ""
        var shown = json
        let isVerified = json.text("status") == "VERIFIED"
        shown["_links"] =
            isVerified
            ? ["self": MyAccount.link(call, "/emails/\(id)", "GET")]
            : [
                "self": MyAccount.link(call, "/emails/\(id)", "GET", "DELETE"),
                "challenge": MyAccount.link(call, "/emails/\(id)/challenge", "POST"),
            ]
        return shown
    }

    private static func find(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> (user: UserRecord, json: JSON) {
        let user = try MyAccount.user(call, org)
        _ = emails(user, &org)
        guard let json = org.tables[kind, of: user.id][call[0]] else { throw .notFound(call[0], "UserProfileEmail") }
        return (user, json)
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try MyAccount.user(call, org)
        let body = try call.object()
        let address = try Checks.text("profile.email", of: body)
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !address.contains(" ") else {
            throw .invalid("email", "Invalid email address.")
        }
        let role = body.text("role") ?? "SECONDARY"
        guard ["PRIMARY", "SECONDARY"].contains(role) else {
            throw .invalid("role", "role: The value must be one of PRIMARY, SECONDARY")
        }
        for (id, json) in emails(user, &org) {
            if json.text("profile.email")?.lowercased() == address.lowercased() {
                throw MyAccount.alreadyActive(
                    "email", "The email \(address) is already registered to the current user profile.")
            }
            // At most one address of a role awaits its code.
            if json.text("status") == "UNVERIFIED", json[path: "roles"]?[0]?.string == role {
                org.tables[kind, of: user.id][id] = nil
            }
        }
        let id = add(address, role, "UNVERIFIED", user, &org)
        let json = org.tables[kind, of: user.id][id] ?? .emptyObject
        var response = shown(json, call)
        if body["sendEmail"]?.bool != false {
            let challenge = challenge(json, user, &org)
            let own = "/emails/\(id)/challenge/\(challenge)"
            response[path: "_links.verify"] = MyAccount.link(call, own + "/verify", "POST")
            response[path: "_links.poll"] = MyAccount.link(call, own, "GET")
        }
        return .json(response, status: 201)
    }

    // MARK: Challenges

    /// Sends a code to the address and returns the challenge's id.
    private static func challenge(_ email: JSON, _ user: UserRecord, _ org: inout OrgState) -> String {
        let code = org.sendCode("email", to: email.text("profile.email") ?? "", user.id)
        let id = "myaccount." + org.ids.text(22)
        org.tables[challengeKind, of: email.text("id") ?? ""][id] = [
            "id": JSON(id), "status": "UNVERIFIED", "expiresAt": JSON((org.now + 300).text),
            "profile": email["profile"] ?? .null, "code": JSON(code),
        ]
        return id
    }

    private static func shownChallenge(_ json: JSON, _ call: Call) -> JSON {
        let own = "/emails/\(call[0])/challenge/\(json.text("id") ?? "")"
        var shown = json
        shown["code"] = nil as JSON?
        shown["_links"] = [
            "verify": MyAccount.link(call, own + "/verify", "POST"), "poll": MyAccount.link(call, own, "GET"),
        ]
        return shown
    }

    private static func findChallenge(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[challengeKind, of: call[0]][call[1]], json.text("expiresAt") ?? "" > org.now.text
        else { throw .notFound(call[1], "IdpMyAccountChallenge") }
        return json
    }

    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (user, email) = try find(call, &org)
        let challenge = try findChallenge(call, org)
        let code = try Checks.text("verificationCode", of: try call.object())
        guard challenge.text("status") == "UNVERIFIED", challenge.text("code") == code else {
            throw MyAccount.invalidCode
        }
        org.tables[challengeKind, of: call[0]][call[1]]?["status"] = "VERIFIED"
        // The new address replaces the previous one.
        let role = email[path: "roles"]?[0]?.string ?? "SECONDARY"
        var profile = user.profile.json
        profile[role == "PRIMARY" ? "email" : "secondEmail"] = email[path: "profile.email"]
        user.profile = UserProfiles.stored(profile, &org)
        user.lastUpdated = org.now
        org.users.store(user)
        org.tables[kind, of: user.id][call[0]]?["status"] = "VERIFIED"
        _ = emails(user, &org)
        SystemLog.record("user.account.update_primary_email", call, &org, targets: [SystemLog.party(user)])
        return .empty(200)
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            return .json(JSON(emails(user, &org).map { shown($0.json, call) }))
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", path + "/{id}") { call, org throws(OrgFault) in .json(shown(try find(call, &org).json, call))
        },
        Operation("DELETE", path + "/{id}") { call, org throws(OrgFault) in
            let (user, json) = try find(call, &org)
            guard json.text("status") == "UNVERIFIED" else {
                throw .invalid("email", "Can't delete a verified email address.")
            }
            org.tables[kind, of: user.id][call[0]] = nil
            return .empty()
        },
        Operation("POST", path + "/{id}/challenge") { call, org throws(OrgFault) in
            let (user, json) = try find(call, &org)
            let id = challenge(json, user, &org)
            let challenge = org.tables[challengeKind, of: call[0]][id] ?? .emptyObject
            return .json(shownChallenge(challenge, call), status: 201)
        },
        Operation("GET", path + "/{id}/challenge/{challengeId}") { call, org throws(OrgFault) in
            _ = try find(call, &org)
            return .json(shownChallenge(try findChallenge(call, org), call))
        },
        Operation("POST", path + "/{id}/challenge/{challengeId}/verify") { call, org throws(OrgFault) in
            try verify(call, &org)
        },
    ]
}
