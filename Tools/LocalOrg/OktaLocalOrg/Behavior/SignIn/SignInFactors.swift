import OktaRuntime

/// The second step of a sign-in: a factor, or its enrollment if the user has none.
enum SignInFactors {
    private static let item = SignIn.path + "/factors/{factorId}"

    /// Returns the active factors of a user.
    static func active(of user: UserRecord, _ org: OrgState) -> [JSON] {
        org.tables[Kinds.factors, of: user.id].all.map(\.json).filter { $0.text("status") == "ACTIVE" }
    }

    // MARK: Codes

    static func type(_ factor: JSON) -> String { factor.text("factorType") ?? "" }

    static func isSent(_ factor: JSON) -> Bool {
        if case .sentCode = FactorKind.named(type(factor))?.proof { true } else { false }
    }

    private static let messages = [
        "sms": "system.sms.send_factor_verify_message", "call": "system.voice.send_mfa_challenge_call",
        "email": "system.email.send_factor_verify_message", "push": "system.push.send_factor_verify_push",
    ]

    /// Sends a code. Throws if the last one was sent too recently.
    private static func send(
        _ factor: inout JSON, _ signIn: SignIn, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        try FactorProofs.checkPause(factor, org)
        FactorProofs.send(&factor, signIn.user, &org)
        FactorProofs.store(factor, of: signIn.user, &org)
        recordMessage(factor, signIn, call, &org)
    }

    private static func recordMessage(_ factor: JSON, _ signIn: SignIn, _ call: Call, _ org: inout OrgState) {
        guard let event = messages[type(factor)] else { return }
        SystemLog.record(event, SignIn.by(signIn.user, call), &org, targets: [SystemLog.party(signIn.user)])
    }

    static func factor(of signIn: SignIn, _ org: OrgState) -> JSON? {
        signIn.factor.flatMap { org.tables[Kinds.factors, of: signIn.user.id][$0] }
    }

    // MARK: Verification

    private static let methods = [
        "question": "kba", "sms": "sms", "call": "tel", "push": "swk", "webauthn": "hwk", "u2f": "hwk",
        "signed_nonce": "swk",
    ]

    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        var signIn = try SignIn(body, org)
        try signIn.require(.factorRequired, .factorChallenge)
        guard var factor = org.tables[Kinds.factors, of: signIn.user.id][call[0]], factor.text("status") == "ACTIVE"
        else { throw .notFound(call[0], "UserFactor") }
        if signIn.factor != call[0] { signIn.push = nil }
        signIn.factor = call[0]
        signIn.status = .factorChallenge
        if case .push = FactorKind.named(type(factor))?.proof {
            if let push = signIn.push, FactorPushes.result(of: push, call[0], org) == "SUCCESS" {
                return proved(&signIn, factor, call, &org)
            }
            if signIn.push == nil {
                signIn.push = FactorPushes.start(call[0], &org)
                recordMessage(factor, signIn, call, &org)
            }
            signIn.store(&org)
            return challenge(signIn, factor, call, org)
        }
        guard ["passCode", "answer", "clientData"].contains(where: { body.text($0) != nil }) else {
            if isSent(factor) { try send(&factor, signIn, call, &org) }
            signIn.store(&org)
            return challenge(signIn, factor, call, org)
        }
        var proof = body
        // `passCode` and `answer` are interchangeable.
        let answer = body["passCode"].flatMap(\.string) ?? body["answer"].flatMap(\.string)
        for name in ["passCode", "answer"] where body.text(name) == nil { proof[name] = answer.map { JSON($0) } }
        do throws(OrgFault) {
            try FactorProofs.check(proof, factor, org)
        } catch {
            SystemLog.record(
                "user.authentication.auth_via_mfa", SignIn.by(signIn.user, call), &org,
                targets: [SystemLog.party(signIn.user)], outcome: "FAILURE", reason: "INVALID_CREDENTIALS")
            throw error
        }
        return proved(&signIn, factor, call, &org)
    }

    private static func proved(
        _ signIn: inout SignIn, _ factor: JSON, _ call: Call, _ org: inout OrgState
    ) -> OrgResponse {
        var factor = factor
        factor["_passCode"] = nil as JSON?
        FactorProofs.store(factor, of: signIn.user, &org)
        SystemLog.record(
            "user.authentication.auth_via_mfa", SignIn.by(signIn.user, call), &org,
            targets: [SystemLog.party(signIn.user)])
        signIn.methods += [methods[type(factor)] ?? "otp", "mfa"]
        return signIn.succeeded(call, &org)
    }

    private static func resend(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var signIn = try SignIn(try call.object(), org)
        try signIn.require(.factorChallenge, .enrollmentActivation)
        guard signIn.factor == call[0], var factor = factor(of: signIn, org) else { throw SignIn.wrongState }
        if isSent(factor) {
            try send(&factor, signIn, call, &org)
        } else if type(factor) == "push", signIn.status == .factorChallenge {
            signIn.push = FactorPushes.start(call[0], &org)
            recordMessage(factor, signIn, call, &org)
            signIn.store(&org)
        } else {
            throw .invalid("factorType", "Only codes by text, call or email, and pushes, can be sent again.")
        }
        return shown(signIn, call, org)
    }

    private static func previous(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var signIn = try SignIn(try call.object(), org)
        try signIn.require(.factorChallenge, .enrollmentActivation)
        signIn.status = signIn.status == .factorChallenge ? .factorRequired : .enrollment
        signIn.factor = nil
        signIn.push = nil
        signIn.store(&org)
        return shown(signIn, call, org)
    }

    // MARK: Enrollment

    private static func enroll(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        var signIn = try SignIn(body, org)
        try signIn.require(.enrollment)
        let factor = try Factors.enroll(own(call, signIn, body), &org)
        return try enrolled(factor, &signIn, call, &org)
    }

    private static func activate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        var signIn = try SignIn(body, org)
        try signIn.require(.enrollmentActivation)
        guard signIn.factor == call[0] else { throw SignIn.wrongState }
        let factor = try FactorProofs.activate(own(call, signIn, body), &org)
        return try enrolled(factor, &signIn, call, &org)
    }

    /// Returns the call in the form of the Factors API.
    private static func own(_ call: Call, _ signIn: SignIn, _ body: JSON) -> Call {
        var own = SignIn.by(signIn.user, call)
        own.parameters = [signIn.user.id] + call.parameters
        var body = body
        for name in ["stateToken", "relayState"] { body[name] = nil as JSON? }
        own.request.body = body.bytes
        return own
    }

    private static func enrolled(
        _ response: OrgResponse, _ signIn: inout SignIn, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        guard let factor = try? JSON(parsing: response.body) else { throw .internalError }
        if factor.text("status") == "ACTIVE" {
            signIn.methods += [methods[type(factor)] ?? "otp", "mfa"]
            return signIn.succeeded(call, &org)
        }
        signIn.factor = factor.text("id") ?? signIn.factor
        signIn.status = .enrollmentActivation
        signIn.store(&org)
        return shown(signIn, call, org)
    }

    static let all: [Operation] = [
        Operation("POST", SignIn.path + "/factors") { call, org throws(OrgFault) in try enroll(call, &org) },
        Operation("POST", item + "/lifecycle/activate") { call, org throws(OrgFault) in try activate(call, &org) },
        Operation("POST", item + "/lifecycle/activate/poll") { call, org throws(OrgFault) in
            try activate(call, &org)
        },
        Operation("POST", item + "/lifecycle/resend") { call, org throws(OrgFault) in try resend(call, &org) },
        Operation("POST", item + "/verify") { call, org throws(OrgFault) in try verify(call, &org) },
        Operation("POST", item + "/verify/resend") { call, org throws(OrgFault) in try resend(call, &org) },
        Operation("POST", SignIn.path + "/previous") { call, org throws(OrgFault) in try previous(call, &org) },
    ]
}
