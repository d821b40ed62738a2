import OktaRuntime

/// A sign-in that is not over: what a state token of the Authentication API (`/api/v1/authn`) stands for.
struct SignIn: Sendable {
    static let kind = "signIns"
    static let path = "/api/v1/authn"
    private static let lifetime = 300

    /// What a sign-in waits for.
    enum Status: String, Sendable {
        case passwordExpired = "PASSWORD_EXPIRED"
        case factorRequired = "MFA_REQUIRED"
        case factorChallenge = "MFA_CHALLENGE"
        case enrollment = "MFA_ENROLL"
        case enrollmentActivation = "MFA_ENROLL_ACTIVATE"
        case recovery = "RECOVERY"
        case recoveryChallenge = "RECOVERY_CHALLENGE"
        case passwordReset = "PASSWORD_RESET"
    }

    let token: String
    let user: UserRecord
    var status: Status
    /// What the client wants back at each step.
    let relayState: JSON?
    /// How the user has proved to be who they are, as RFC 8176 names it.
    var methods: [String]
    /// The factor that is asked for.
    var factor: String?
    /// The push that is waited for; in a recovery, the code that was sent.
    var push: String?
    /// `PASSWORD` or `UNLOCK`, for a recovery.
    var recovery: String?
    private let ends: Int

    /// A new sign-in.
    init(
        of user: UserRecord, _ status: Status, relayState: JSON?, methods: [String] = [], recovery: String? = nil,
        _ org: inout OrgState
    ) {
        token = "00" + org.ids.key(40)
        self.user = user
        self.status = status
        self.relayState = relayState
        self.methods = methods
        self.recovery = recovery
        ends = org.now.seconds + Self.lifetime
        store(&org)
        for (id, row) in org.tables[Self.kind].all where row["ends"]?.int ?? 0 <= org.now.seconds {
            org.tables[Self.kind][id] = nil
        }
    }

    /// The sign-in of the state token in a body.
    init(_ body: JSON, _ org: OrgState) throws(OrgFault) {
        guard let token = body.text("stateToken"), let row = org.tables[Self.kind][token],
            let ends = row["ends"]?.int, ends > org.now.seconds, let user = row.text("user").flatMap({ org.users[$0] }),
            let status = row.text("status").flatMap(Status.init(rawValue:))
        else { throw .invalidToken }
        self.token = token
        self.user = user
        self.status = status
        self.ends = ends
        relayState = row["relayState"]
        methods = (row["methods"]?.elements ?? []).compactMap(\.string)
        factor = row.text("factor")
        push = row.text("push")
        recovery = row.text("recovery")
    }

    /// What a body asks to be given back; null is nothing.
    static func relayState(of body: JSON) -> JSON? {
        guard let state = body["relayState"], state.kind != .null else { return nil }
        return state
    }

    static let wrongState = OrgFault.forbidden(
        "E0000079", "This operation is not allowed in the current authentication state.")

    /// Throws unless the sign-in waits for one of these.
    func require(_ statuses: Status...) throws(OrgFault) {
        guard statuses.contains(status) else { throw Self.wrongState }
    }

    func store(_ org: inout OrgState) {
        var row: JSON = [
            "user": JSON(user.id), "status": JSON(status.rawValue), "ends": JSON(ends),
            "methods": JSON(methods.map { JSON($0) }),
        ]
        if let relayState { row["relayState"] = relayState }
        for (name, value) in [("factor", factor), ("push", push), ("recovery", recovery)] {
            if let value { row[name] = JSON(value) }
        }
        org.tables[Self.kind][token] = row
    }

    func remove(_ org: inout OrgState) { org.tables[Self.kind][token] = nil }

    /// When it ends.
    func expiry(_ org: OrgState) -> JSON { JSON((org.now + (ends - org.now.seconds)).text) }
}

/// What the steps of a sign-in show.
extension SignIn {
    static let posts: JSON = ["allow": ["POST"]]

    static func link(_ call: Call, _ rest: String, name: String? = nil) -> JSON {
        var members: [(String, JSON)] = [("href", JSON("\(call.origin)\(path)\(rest)")), ("hints", posts)]
        if let name { members.insert(("name", JSON(name)), at: 0) }
        return JSON(members: members)
    }

    /// The user as sign-ins show them.
    static func shown(_ user: UserRecord, withQuestion: Bool = false) -> JSON {
        let profile = user.profile
        var shown: JSON = [
            "id": JSON(user.id), "passwordChanged": user.passwordChanged.map { JSON($0.text) } ?? .null,
            "profile": [
                "login": profile["login"]?.json ?? .null, "firstName": profile["firstName"]?.json ?? .null,
                "lastName": profile["lastName"]?.json ?? .null, "locale": "en_US", "timeZone": "America/Los_Angeles",
            ],
        ]
        if withQuestion, let question = user.credentials.question {
            shown["recovery_question"] = ["question": JSON(question)]
        }
        return shown
    }

    /// The answer to a step, with what is embedded beside the user, and links beside `cancel`.
    func reply(_ call: Call, _ org: OrgState, embedded: [(String, JSON)], links: [(String, JSON)]) -> Reply {
        var members: [(String, JSON)] = [
            ("stateToken", JSON(token)), ("expiresAt", expiry(org)), ("status", JSON(status.rawValue)),
        ]
        if let relayState { members.append(("relayState", relayState)) }
        if let recovery { members.append(("recoveryType", JSON(recovery))) }
        let isRecovery = status == .recovery
        let user = ("user", Self.shown(user, withQuestion: isRecovery))
        members.append(("_embedded", JSON(members: [user] + embedded)))
        members.append(("_links", JSON(members: links + [("cancel", Self.link(call, "/cancel"))])))
        return .json(JSON(members: members))
    }

    /// The end of a sign-in: a token that is good for one session.
    func succeeded(_ call: Call, _ org: inout OrgState) -> Reply {
        remove(&org)
        return Self.succeeded(user, methods: methods, relayState: relayState, call, &org)
    }

    static func succeeded(
        _ user: UserRecord, methods: [String], relayState: JSON?, _ call: Call, _ org: inout OrgState
    ) -> Reply {
        let token = Sessions.token(for: user, methods: methods, &org)
        var changed = org.users[user.id] ?? user
        changed.lastLogin = org.now
        org.users.store(changed)
        SystemLog.record("user.session.start", by(user, call), &org, targets: [SystemLog.party(user)])
        var members: [(String, JSON)] = [
            ("expiresAt", JSON((org.now + Sessions.tokenLifetime).text)), ("status", "SUCCESS"),
        ]
        if let relayState { members.append(("relayState", relayState)) }
        members += [
            ("sessionToken", JSON(token)), ("_embedded", ["user": shown(changed)]),
            ("_links", ["cancel": link(call, "/cancel")]),
        ]
        return .json(JSON(members: members))
    }

    /// The call as the user's own: nobody needs a token to sign in.
    static func by(_ user: UserRecord, _ call: Call) -> Call {
        var call = call
        call.caller = Caller(id: user.id, name: user.profile.text("login") ?? user.id)
        return call
    }
}
