import OktaRuntime

/// The first step of a sign-in: the password. The next step depends on the user and on the org's sign-on policies.
enum PrimaryAuthentication {
    private static func authenticate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        if body.text("stateToken") != nil { return try current(body, call, org) }
        let user = org.users.withLogin(body.text("username") ?? "")
        if let user, user.status == .lockedOut, PasswordRules.showsLockout(org) { return lockedOut(call) }
        guard let user, user.status == .active || user.status == .passwordExpired else { throw .authenticationFailed }
        guard let password = user.credentials.password, password == body.text("password") else {
            SignInFailures.count(of: user, SignIn.by(user, call), &org)
            throw .authenticationFailed
        }
        SignInFailures.forget(of: user.id, &org)
        return try next(user, relayState: SignIn.relayState(of: body), call, &org)
    }

    /// Returns the next step after the correct password.
    static func next(
        _ user: UserRecord, relayState: JSON?, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let rule = PolicySimulation.signOnRule(of: user, org)
        let asksForFactor = rule?[path: "actions.signon.requireFactor"]?.bool == true
        let isDenied = rule?.text("actions.signon.access") == "DENY"
        SystemLog.record(
            "policy.evaluate_sign_on", SignIn.by(user, call), &org, targets: [SystemLog.party(user)],
            outcome: isDenied ? "DENY" : asksForFactor ? "CHALLENGE" : "ALLOW",
            reason: "Sign-on policy evaluation resulted in \(isDenied ? "DENY" : asksForFactor ? "CHALLENGE" : "ALLOW")"
        )
        if isDenied { throw .authenticationFailed }
        if user.status == .passwordExpired {
            return SignInPasswords.expired(
                SignIn(of: user, .passwordExpired, relayState: relayState, methods: ["pwd"], &org), call, org)
        }
        guard asksForFactor else {
            return SignIn.succeeded(user, methods: ["pwd"], relayState: relayState, call, &org)
        }
        let hasFactor = !SignInFactors.active(of: user, org).isEmpty
        let signIn = SignIn(
            of: user, hasFactor ? .factorRequired : .enrollment, relayState: relayState, methods: ["pwd"], &org)
        return SignInFactors.shown(signIn, call, org)
    }

    /// Returns the current step of a sign-in.
    private static func current(_ body: JSON, _ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let signIn = try SignIn(body, org)
        switch signIn.status {
        case .factorRequired, .factorChallenge, .enrollment, .enrollmentActivation:
            return SignInFactors.shown(signIn, call, org)
        case .passwordExpired, .passwordReset: return SignInPasswords.expired(signIn, call, org)
        case .recovery, .recoveryChallenge: return SignInRecovery.shown(signIn, call, org)
        }
    }

    private static func lockedOut(_ call: Call) -> OrgResponse {
        .json([
            "status": "LOCKED_OUT", "_embedded": [:],
            "_links": ["next": SignIn.link(call, "/recovery/unlock", name: "unlock")],
        ])
    }

    static let all: [Operation] =
        [
            Operation("POST", SignIn.path) { call, org throws(OrgFault) in try authenticate(call, &org) },
            Operation("POST", SignIn.path + "/cancel") { call, org throws(OrgFault) in
                let signIn = try SignIn(try call.object(), org)
                signIn.remove(&org)
                return .json(signIn.relayState.map { ["relayState": $0] } ?? .emptyObject)
            },
            // No step here is optional: a policy that asks for a factor requires it.
            Operation("POST", SignIn.path + "/skip") { call, org throws(OrgFault) in
                _ = try SignIn(try call.object(), org)
                throw SignIn.wrongState
            },
        ] + SignInFactors.all + SignInPasswords.all + SignInRecovery.all
}
