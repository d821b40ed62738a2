import OktaRuntime

/// A transaction of the Authentication API (`/api/v1/authn`), identified by a state token.
struct SignIn: Sendable {
    static let kind = "signIns"
    static let path = "/api/v1/authn"
    private static let lifetime = 300

    /// The state of the transaction.
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
    /// An opaque value from the client that each step returns.
    let relayState: JSON?
    /// The authentication methods so far, in the names of RFC 8176.
    var methods: [String]
    /// The id of the requested factor; in a recovery, its type.
    var factor: String?
    /// The id of the pending push; in a recovery, the code that was sent.
    var push: String?
    /// The type of a recovery: `PASSWORD` or `UNLOCK`.
    var recovery: String?
    private let ends: Int

    /// Starts a transaction.
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

    /// Reads the transaction of the state token in a body.
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

    /// Returns the body's relay state; nil for null.
    static func relayState(of body: JSON) -> JSON? {
        guard let state = body["relayState"], state.kind != .null else { return nil }
        return state
    }

    static let wrongState = OrgFault.forbidden(
        "E0000079", "This operation is not allowed in the current authentication state.")

    /// Throws unless the transaction is in one of these states.
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

    /// Returns the expiry of the transaction.
    func expiry(_ org: OrgState) -> JSON { JSON((org.now + (ends - org.now.seconds)).text) }
}

/// Responses of the steps of a sign-in.
extension SignIn {
    static let posts: JSON = ["allow": ["POST"]]

    static func link(_ call: Call, _ rest: String, name: String? = nil) -> JSON {
        var members: [(String, JSON)] = [("href", JSON("\(call.origin)\(path)\(rest)")), ("hints", posts)]
        if let name { members.insert(("name", JSON(name)), at: 0) }
        return JSON(members: members)
    }

    /// Returns a user in the form of sign-ins.
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

    /// Returns the response to a step, with embedded objects beside the user, and links beside `cancel`.
    func response(_ call: Call, _ org: OrgState, embedded: [(String, JSON)], links: [(String, JSON)]) -> OrgResponse {
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

    /// Completes the transaction and returns a one-time session token.
    func succeeded(_ call: Call, _ org: inout OrgState) -> OrgResponse {
        remove(&org)
        return Self.succeeded(user, methods: methods, relayState: relayState, call, &org)
    }

    static func succeeded(
        _ user: UserRecord, methods: [String], relayState: JSON?, _ call: Call, _ org: inout OrgState
    ) -> OrgResponse {
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

    /// Returns the call with the user as the caller, since sign-in needs no token.
    static func by(_ user: UserRecord, _ call: Call) -> Call {
        var call = call
        call.caller = Caller(id: user.id, name: user.profile.text("login") ?? user.id)
        return call
    }
}
