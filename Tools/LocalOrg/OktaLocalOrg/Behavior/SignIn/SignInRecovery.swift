import OktaRuntime

/// Recovery of a forgotten password or a locked account. A recovery token or a code proves the user's identity, then
/// the answer to the recovery question.
enum SignInRecovery {
    static func shown(_ signIn: SignIn, _ call: Call, _ org: OrgState) -> OrgResponse {
        if signIn.status == .recoveryChallenge {
            let base = "/recovery/factors/\((signIn.factor ?? "sms").lowercased())"
            let response = signIn.response(
                call, org, embedded: [],
                links: [
                    ("next", SignIn.link(call, base + "/verify", name: "verify")),
                    ("resend", SignIn.link(call, base + "/resend", name: (signIn.factor ?? "sms").lowercased())),
                ])
            guard var json = try? JSON(parsing: response.body) else { return response }
            // The response shows nothing about a user whose identity is not proved yet.
            json["_embedded"] = nil as JSON?
            json["factorType"] = signIn.factor.map { JSON($0) }
            return .json(json)
        }
        return signIn.response(
            call, org, embedded: [], links: [("next", SignIn.link(call, "/recovery/answer", name: "answer"))])
    }

    /// Starts a recovery. An app with an API token gets the recovery token; other clients' users get it by email.
    private static func begin(_ type: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        guard let name = body.text("username"), !name.isEmpty else {
            throw .invalid("username", "username: The field cannot be left blank")
        }
        let isTrusted = APITokens.text(of: call.request) != nil
        let factor = body.text("factorType")?.uppercased() ?? (isTrusted ? nil : "EMAIL")
        if let factor, !["EMAIL", "SMS", "CALL"].contains(factor) {
            throw .invalid("factorType", "factorType: The factor type must be EMAIL, SMS or CALL")
        }
        let user = org.users.withLogin(name).flatMap { user -> UserRecord? in
            let fits: [UserStatus] =
                type == "UNLOCK" ? [.lockedOut] : [.active, .passwordExpired, .recovery, .lockedOut]
            return fits.contains(user.status) ? user : nil
        }
        guard isTrusted || user != nil || factor == "EMAIL" else { throw .authenticationFailed }
        guard let user else {
            // Clients without an API token cannot find out whether the user exists.
            if isTrusted { throw .notFound(name, "User") }
            return sent("EMAIL", type, SignIn.relayState(of: body))
        }
        SystemLog.record(
            type == "UNLOCK" ? "user.account.unlock_token" : "user.account.reset_password", SignIn.by(user, call), &org,
            targets: [SystemLog.party(user)])
        switch factor {
        case nil: return trusted(user, type, SignIn.relayState(of: body), call, &org)
        case "EMAIL":
            let token = RecoveryTokens.new(for: user.id, type, &org)
            org.messages.append(
                OrgMessage(
                    channel: "email", address: user.profile.text("email") ?? "", userID: user.id, code: token,
                    time: org.now.text))
            return sent("EMAIL", type, SignIn.relayState(of: body))
        default:
            let attribute = factor == "SMS" ? "mobilePhone" : "primaryPhone"
            let enrolled = SignInFactors.active(of: user, org).first { $0.text("factorType") == factor?.lowercased() }
            guard let number = enrolled?.text("profile.phoneNumber") ?? user.profile.text(attribute), !number.isEmpty
            else {
                throw .forbidden("E0000034", "Forgot password not allowed on specified user.")
            }
            var signIn = SignIn(
                of: user, .recoveryChallenge, relayState: SignIn.relayState(of: body), recovery: type, &org)
            signIn.factor = factor
            signIn.push = org.sendCode(factor?.lowercased() ?? "sms", to: number, user.id)
            signIn.store(&org)
            return shown(signIn, call, org)
        }
    }

    private static func sent(_ factor: String, _ type: String, _ relayState: JSON?) -> OrgResponse {
        var members: [(String, JSON)] = [
            ("status", "RECOVERY_CHALLENGE"), ("factorResult", "WAITING"), ("factorType", JSON(factor)),
            ("recoveryType", JSON(type)),
        ]
        if let relayState { members.insert(("relayState", relayState), at: 2) }
        return .json(JSON(members: members))
    }

    private static func trusted(
        _ user: UserRecord, _ type: String, _ relayState: JSON?, _ call: Call, _ org: inout OrgState
    ) -> OrgResponse {
        var members: [(String, JSON)] = [
            ("expiresAt", JSON((org.now + RecoveryTokens.lifetime).text)), ("status", "RECOVERY"),
        ]
        if let relayState { members.append(("relayState", relayState)) }
        members += [
            ("recoveryToken", JSON(RecoveryTokens.new(for: user.id, type, &org))), ("recoveryType", JSON(type)),
            ("_embedded", ["user": SignIn.shown(user, withQuestion: true)]),
            ("_links", ["next": SignIn.link(call, "/recovery/token", name: "recovery")]),
        ]
        return .json(JSON(members: members))
    }

    // MARK: Proofs

    private static func token(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        guard let (id, type) = RecoveryTokens.take(body.text("recoveryToken") ?? "", &org), let user = org.users[id]
        else { throw .invalidToken }
        let signIn = SignIn(of: user, .recovery, relayState: SignIn.relayState(of: body), recovery: type, &org)
        return try proved(signIn, call, &org)
    }

    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let signIn = try SignIn(body, org)
        try signIn.require(.recoveryChallenge)
        guard let code = body.text("passCode"), code == signIn.push else {
            throw .forbidden(
                "E0000068", "Invalid Passcode/Answer", "Your passcode doesn't match our records. Please try again.")
        }
        return try proved(signIn, call, &org)
    }

    /// Returns the next step of a recovery: the recovery question if the user has one.
    private static func proved(_ signIn: SignIn, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var signIn = signIn
        guard signIn.user.credentials.question == nil else {
            signIn.status = .recovery
            signIn.store(&org)
            return shown(signIn, call, org)
        }
        return try finished(&signIn, call, &org)
    }

    private static func answer(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        var signIn = try SignIn(body, org)
        try signIn.require(.recovery)
        let answer = body.text("answer") ?? body.text("securityAnswer")
        guard let own = signIn.user.credentials.answer, own.lowercased() == answer?.lowercased() else {
            throw .forbidden("E0000087", "The recovery question answer did not match our records.")
        }
        guard let password = body.text("newPassword"), signIn.recovery != "UNLOCK" else {
            return try finished(&signIn, call, &org)
        }
        // Older clients send the answer and the new password in one request.
        try PasswordRules.check(password, login: signIn.user.profile.text("login"), org)
        _ = UserSecrets.set(
            password, of: signIn.user, event: "user.account.reset_password", SignIn.by(signIn.user, call), &org)
        signIn.remove(&org)
        return try PrimaryAuthentication.next(
            org.users[signIn.user.id] ?? signIn.user, relayState: signIn.relayState, call, &org)
    }

    private static func finished(
        _ signIn: inout SignIn, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        guard signIn.recovery != "UNLOCK" else {
            signIn.remove(&org)
            SignInFailures.forget(of: signIn.user.id, &org)
            if signIn.user.status == .lockedOut {
                UserLifecycle.move(signIn.user, to: .active, SignIn.by(signIn.user, call), &org)
            }
            var members: [(String, JSON)] = [("status", "SUCCESS"), ("recoveryType", "UNLOCK")]
            if let relayState = signIn.relayState { members.insert(("relayState", relayState), at: 1) }
            return .json(JSON(members: members))
        }
        signIn.status = .passwordReset
        signIn.store(&org)
        return SignInPasswords.expired(signIn, call, org)
    }

    private static func resend(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var signIn = try SignIn(try call.object(), org)
        try signIn.require(.recoveryChallenge)
        guard let last = org.messages.last(where: { $0.userID == signIn.user.id && $0.code == signIn.push }) else {
            throw SignIn.wrongState
        }
        signIn.push = org.sendCode(last.channel, to: last.address, signIn.user.id)
        signIn.store(&org)
        return shown(signIn, call, org)
    }

    static let all: [Operation] =
        [
            Operation("POST", SignIn.path + "/recovery/password") { call, org throws(OrgFault) in
                try begin("PASSWORD", call, &org)
            },
            Operation("POST", SignIn.path + "/recovery/unlock") { call, org throws(OrgFault) in
                try begin("UNLOCK", call, &org)
            },
            Operation("POST", SignIn.path + "/recovery/token") { call, org throws(OrgFault) in try token(call, &org) },
            Operation("POST", SignIn.path + "/recovery/answer") { call, org throws(OrgFault) in
                try answer(call, &org)
            },
        ]
        + ["sms", "call"].flatMap { name in
            let own = SignIn.path + "/recovery/factors/\(name)"
            return [
                Operation("POST", own + "/verify") { call, org throws(OrgFault) in try verify(call, &org) },
                Operation("POST", own + "/resend") { call, org throws(OrgFault) in try resend(call, &org) },
            ]
        }
}
