import OktaRuntime

/// Sign-in with a password, and sessions.
enum Sessions {
    private static let kind = "sessions"

    private static func shown(_ json: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let id = json.text("id") ?? ""
        let user = json.text("userId") ?? ""
        let own = "\(call.origin)/api/v1/sessions/\(id)"
        var shown = json
        shown["_links"] = [
            "self": ["href": JSON(own), "hints": ["allow": ["GET", "DELETE"]]],
            "refresh": ["href": JSON("\(own)/lifecycle/refresh"), "hints": ["allow": ["POST"]]],
            "user": [
                "name": JSON(org.users[user].map { SystemLog.party($0).displayName } ?? ""),
                "href": JSON("\(call.origin)/api/v1/users/\(user)"), "hints": ["allow": ["GET"]],
            ],
        ]
        return shown
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[kind][call[0]], json.text("expiresAt") ?? "" > org.now.text else {
            throw .notFound(call[0], "AppSession")
        }
        return json
    }

    private static func authenticate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let body = try call.object()
        guard let user = org.users.withLogin(body.text("username") ?? ""),
            user.status == .active || user.status == .passwordExpired
        else { throw .authenticationFailed }
        guard let password = user.credentials.password, password == body.text("password") else {
            countFailure(of: user, call, &org)
            throw .authenticationFailed
        }
        forgetFailures(of: user.id, &org)
        let token = "20111" + org.ids.key(50)
        org.tables["sessionTokens"][token] = ["user": JSON(user.id), "until": JSON((org.now + 300).text)]
        var changed = user
        changed.lastLogin = org.now
        org.users.store(changed)
        SystemLog.record("user.session.start", call, &org, targets: [SystemLog.party(user)])
        let profile = user.profile
        return .json([
            "expiresAt": JSON((org.now + 300).text),
            "status": user.status == .active ? "SUCCESS" : "PASSWORD_EXPIRED", "sessionToken": JSON(token),
            "_embedded": [
                "user": [
                    "id": JSON(user.id), "passwordChanged": user.passwordChanged.map { JSON($0.text) } ?? .null,
                    "profile": [
                        "login": profile["login"]?.json ?? .null, "firstName": profile["firstName"]?.json ?? .null,
                        "lastName": profile["lastName"]?.json ?? .null, "locale": "en_US",
                        "timeZone": "America/Los_Angeles",
                    ],
                ]
            ],
            "_links": [
                "cancel": ["href": JSON("\(call.origin)/api/v1/authn/cancel"), "hints": ["allow": ["POST"]]]
            ],
        ])
    }

    /// Counts a wrong password; too many in a row lock the user out.
    private static func countFailure(of user: UserRecord, _ call: Call, _ org: inout OrgState) {
        let count = (org.tables[failures][user.id]?.int ?? 0) + 1
        org.tables[failures][user.id] = JSON(count)
        if let most = PasswordRules.maximumAttempts(org), count >= most {
            forgetFailures(of: user.id, &org)
            UserLifecycle.move(user, to: .lockedOut, call, &org)
            SystemLog.record("user.account.lock", call, &org, targets: [SystemLog.party(user)])
        }
        SystemLog.record(
            "user.session.start", call, &org, targets: [SystemLog.party(user)], outcome: "FAILURE",
            reason: "INVALID_CREDENTIALS")
    }

    private static let failures = "signInFailures"

    static func forgetFailures(of user: String, _ org: inout OrgState) { org.tables[failures][user] = nil }

    /// Ends the sessions of a user, and what leads to new ones.
    static func end(of user: String, _ org: inout OrgState) {
        for (id, json) in org.tables[kind].all where json.text("userId") == user { org.tables[kind][id] = nil }
        for (id, json) in org.tables["sessionTokens"].all where json.text("user") == user {
            org.tables["sessionTokens"][id] = nil
        }
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let body = try call.object()
        let token = body.text("sessionToken") ?? ""
        guard let grant = org.tables["sessionTokens"][token], grant.text("until") ?? "" > org.now.text,
            let user = org.users[grant.text("user") ?? ""]
        else { throw .authenticationFailed }
        // A session token is good for one session.
        org.tables["sessionTokens"][token] = nil
        let id = "102" + org.ids.text(22)
        let json: JSON = [
            "id": JSON(id), "userId": JSON(user.id), "login": user.profile["login"]?.json ?? .null,
            "createdAt": JSON(org.now.text), "expiresAt": JSON((org.now + 7200).text), "status": "ACTIVE",
            "lastPasswordVerification": JSON(org.now.text), "lastFactorVerification": .null, "amr": ["pwd"],
            "idp": ["id": JSON(org.identity.orgID), "type": "OKTA"], "mfaActive": true,
        ]
        org.tables[kind][id] = json
        return .json(shown(json, call, org))
    }

    static let all: [Operation] =
        [
            Operation("POST", "/api/v1/authn") { call, org throws(OrgFault) in try authenticate(call, &org) },
            Operation("POST", "/api/v1/sessions") { call, org throws(OrgFault) in try create(call, &org) },
            Operation("GET", "/api/v1/sessions/{sessionId}") { call, org throws(OrgFault) in
                .json(shown(try find(call, org), call, org))
            },
            Operation("DELETE", "/api/v1/sessions/{sessionId}") { call, org throws(OrgFault) in
                _ = try find(call, org)
                org.tables[kind][call[0]] = nil
                return .empty()
            },
            Operation("POST", "/api/v1/sessions/{sessionId}/lifecycle/refresh") { call, org throws(OrgFault) in
                _ = try find(call, org)
                org.tables[kind][call[0]]?["expiresAt"] = JSON((org.now + 7200).text)
                return .json(shown(try find(call, org), call, org))
            },
            Operation("POST", "/oauth2/v1/global-token-revocation") { call, org throws(OrgFault) in
                let subject = try call.object()["sub_id"]
                // Users of identity providers are named by an issuer that local orgs do not know.
                guard subject?.text("format") == "opaque", let user = org.users[subject?.text("id") ?? ""] else {
                    throw .invalid("sub_id", "sub_id: The subject is not a user of the org.")
                }
                end(of: user.id, &org)
                OAuthStore.revokeAll(ofUser: user.id, &org)
                SystemLog.record("user.session.clear", call, &org, targets: [SystemLog.party(user)])
                return .empty()
            },
            Operation("DELETE", "/api/v1/users/{userId}/sessions") { call, org throws(OrgFault) in
                let user = try UserOperations.find(call, org)
                end(of: user.id, &org)
                if call.flag("oauthTokens") == true { UserGrants.revokeAll(of: user.id, &org) }
                SystemLog.record("user.session.clear", call, &org, targets: [SystemLog.party(user)])
                return .empty()
            },
        ]
}
