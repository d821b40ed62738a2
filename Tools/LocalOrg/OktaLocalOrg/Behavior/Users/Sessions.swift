import OktaRuntime

/// Browser sessions of users.
enum Sessions {
    private static let kind = "sessions"
    private static let tokens = "sessionTokens"
    private static let lifetime = 7200
    /// The lifetime of a session token, in seconds.
    static let tokenLifetime = 300

    /// Returns a session in the form of the API.
    ///
    /// - Parameter isOwn: Whether the caller has just signed in or uses the session's cookie. The links then contain
    ///   `me`.
    private static func shown(_ json: JSON, isOwn: Bool = false, _ call: Call, _ org: OrgState) -> JSON {
        let id = isOwn ? "me" : json.text("id") ?? ""
        let user = json.text("userId") ?? ""
        let own = "\(call.origin)/api/v1/sessions/\(id)"
        var shown = json
        shown["_links"] = [
            "self": ["href": JSON(own), "hints": ["allow": ["GET", "DELETE"]]],
            "refresh": ["href": JSON("\(own)/lifecycle/refresh"), "hints": ["allow": ["POST"]]],
            "user": [
                "name": JSON(org.users[user].map { SystemLog.party($0).displayName } ?? ""),
                "href": JSON("\(call.origin)/api/v1/users/\(isOwn ? "me" : user)"), "hints": ["allow": ["GET"]],
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

    /// Ends the sessions of a user, and revokes session tokens.
    static func end(of user: String, _ org: inout OrgState) {
        for (id, json) in org.tables[kind].all where json.text("userId") == user { org.tables[kind][id] = nil }
        for (id, json) in org.tables[tokens].all where json.text("user") == user { org.tables[tokens][id] = nil }
    }

    // MARK: Tokens

    /// Creates a session token with the authentication methods of the sign-in.
    static func token(for user: UserRecord, methods: [String], _ org: inout OrgState) -> String {
        let token = "20111" + org.ids.key(50)
        org.tables[tokens][token] = [
            "user": JSON(user.id), "until": JSON((org.now + tokenLifetime).text),
            "methods": JSON(methods.map { JSON($0) }),
        ]
        return token
    }

    /// Exchanges a one-time session token for a session; nil if the token is invalid.
    static func start(token: String, _ org: inout OrgState) -> JSON? {
        guard let grant = org.tables[tokens][token], grant.text("until") ?? "" > org.now.text,
            let user = org.users[grant.text("user") ?? ""]
        else { return nil }
        org.tables[tokens][token] = nil
        let id = "102" + org.ids.text(22)
        let methods = grant["methods"] ?? ["pwd"]
        let isTwice = methods.elements?.contains("mfa") == true
        let json: JSON = [
            "id": JSON(id), "userId": JSON(user.id), "login": user.profile["login"]?.json ?? .null,
            "createdAt": JSON(org.now.text), "expiresAt": JSON((org.now + lifetime).text), "status": "ACTIVE",
            "lastPasswordVerification": JSON(org.now.text),
            "lastFactorVerification": isTwice ? JSON(org.now.text) : .null, "amr": methods,
            "idp": ["id": JSON(org.identity.orgID), "type": "OKTA"], "mfaActive": true,
        ]
        org.tables[kind][id] = json
        return json
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let session = start(token: try call.object().text("sessionToken") ?? "", &org) else {
            throw .authenticationFailed
        }
        return .json(shown(session, isOwn: true, call, org))
    }

    // MARK: Browser session

    /// Returns the session of a request's cookie, and its user.
    static func current(_ request: LocalRequest, _ org: OrgState) -> (json: JSON, user: UserRecord)? {
        for name in ["sid", "idx"] {
            guard let id = request.cookie(name), let json = org.tables[kind][id],
                json.text("expiresAt") ?? "" > org.now.text, let user = org.users[json.text("userId") ?? ""],
                user.status == .active
            else { continue }
            return (json, user)
        }
        return nil
    }

    /// Ends the session of a request's cookie, and returns its user; nil if there is none.
    static func endCurrent(_ request: LocalRequest, _ org: inout OrgState) -> UserRecord? {
        guard let (session, user) = current(request, org) else { return nil }
        org.tables[kind][session.text("id") ?? ""] = nil
        return user
    }

    /// Returns the newest session of a user; nil if there is none.
    static func newest(of user: String, _ org: OrgState) -> JSON? {
        org.tables[kind].all.map(\.json)
            .filter { $0.text("userId") == user && $0.text("expiresAt") ?? "" > org.now.text }
            .max { $0.text("createdAt") ?? "" < $1.text("createdAt") ?? "" }
    }

    /// Returns the `Set-Cookie` field of a session.
    static func cookie(_ session: JSON, _ call: Call) -> (name: String, value: String) {
        let isSecure = call.origin.hasPrefix("https:")
        return ("set-cookie", "sid=\(session.text("id") ?? "");Path=/;HttpOnly" + (isSecure ? ";Secure" : ""))
    }

    private static func own(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let (json, _) = current(call.request, org) else { throw .notFound("me", "Session") }
        return json
    }

    /// Operations that need a browser session instead of a token.
    static let ownSession: [Operation] = [
        Operation("GET", "/api/v1/sessions/me") { call, org throws(OrgFault) in
            .json(shown(try own(call, org), isOwn: true, call, org))
        },
        Operation("DELETE", "/api/v1/sessions/me") { call, org throws(OrgFault) in
            org.tables[kind][try own(call, org).text("id") ?? ""] = nil
            return .empty()
        },
        Operation("POST", "/api/v1/sessions/me/lifecycle/refresh") { call, org throws(OrgFault) in
            var json = try own(call, org)
            json["expiresAt"] = JSON((org.now + lifetime).text)
            org.tables[kind][json.text("id") ?? ""] = json
            return .json(shown(json, isOwn: true, call, org))
        },
        // Ends the user's other sessions, or all.
        Operation("POST", "/api/v1/users/me/lifecycle/delete_sessions") { call, org throws(OrgFault) in
            let json = try own(call, org)
            end(of: json.text("userId") ?? "", &org)
            if try call.object()["keepCurrent"]?.bool != false { org.tables[kind][json.text("id") ?? ""] = json }
            return .empty(200)
        },
    ]

    static let all: [Operation] =
        ownSession + [
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
                org.tables[kind][call[0]]?["expiresAt"] = JSON((org.now + lifetime).text)
                return .json(shown(try find(call, org), call, org))
            },
            Operation("POST", "/oauth2/v1/global-token-revocation") { call, org throws(OrgFault) in
                let subject = try call.object()["sub_id"]
                // Local orgs do not know users of identity providers, whom an issuer identifies.
                guard subject?.text("format") == "opaque", let user = org.users[subject?.text("id") ?? ""] else {
                    throw .invalid("sub_id", "sub_id: The subject is not a user of the org.")
                }
                end(of: user.id, &org)
                OAuthStore.revokeAll(ofUser: user.id, &org)
                SystemLog.record("user.session.clear", call, &org, targets: [SystemLog.party(user)])
                return .empty()
            },
            Operation("DELETE", "/api/v1/users/{userId}/sessions") { call, org throws(OrgFault) in
                let user = try call.user(org)
                end(of: user.id, &org)
                if call.flag("oauthTokens") == true { UserGrants.revokeAll(of: user.id, &org) }
                SystemLog.record("user.session.clear", call, &org, targets: [SystemLog.party(user)])
                return .empty()
            },
        ]
}
