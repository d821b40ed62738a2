import OktaRuntime

/// Passwords, recovery questions and credential providers of users.
enum UserSecrets {
    static let all: [Operation] = [
        Operation("POST", "/api/v1/users/{userId}/credentials/change_password") { call, org throws(OrgFault) in
            try changePassword(call, &org)
        },
        Operation("POST", "/api/v1/users/{userId}/credentials/change_recovery_question") {
            call, org throws(OrgFault) in
            try changeQuestion(call, &org)
        },
        Operation("POST", "/api/v1/users/{userId}/credentials/forgot_password") { call, org throws(OrgFault) in
            let user = try call.user(org)
            guard user.status != .deprovisioned, user.status != .staged else { throw .wrongStatus }
            let token = RecoveryTokens.new(for: user.id, prefix: "dfp", &org)
            SystemLog.record("user.account.reset_password", call, &org, targets: [SystemLog.party(user)])
            return call.flag("sendEmail") == false
                ? .json(["resetPasswordUrl": JSON(call.origin + "/signin/reset-password/" + token)]) : .emptyObject
        },
        Operation("POST", "/api/v1/users/{userId}/credentials/forgot_password_recovery_question") {
            call, org throws(OrgFault) in
            try recover(call, &org)
        },
    ]

    /// Sets a new password if the answer to the security question is correct.
    private static func recover(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        guard [.active, .recovery, .passwordExpired].contains(user.status) else { throw .wrongStatus }
        let body = try call.object()
        guard let answer = body.text("recovery_question.answer"), let known = user.credentials.answer,
            answer.lowercased() == known.lowercased()
        else {
            throw .forbidden("E0000087", "The recovery question answer did not match our records.")
        }
        guard let password = body.text("password.value"), !password.isEmpty else {
            throw .invalid("password", "password: The field cannot be left blank")
        }
        try PasswordRules.check(password, login: user.profile.text("login"), org)
        return set(password, of: user, event: "user.account.reset_password", call, &org)
    }

    /// Sets a user's password, which also activates the user.
    static func set(
        _ password: String, of user: UserRecord, event: String, _ call: Call, _ org: inout OrgState
    ) -> OrgResponse {
        var user = user
        user.credentials = user.credentials.with(password: password)
        user.passwordChanged = org.now
        user.lastUpdated = org.now
        if user.status != .active { user.statusChanged = org.now }
        user.status = .active
        org.users.store(user)
        SystemLog.record(event, call, &org, targets: [SystemLog.party(user)])
        return .json(UserPresenter(origin: call.origin).credentials(user))
    }

    /// Throws for an invalid password, password hash or security question.
    static func check(_ sent: JSON?, login: String?, _ org: OrgState) throws(OrgFault) {
        guard let sent else { return }
        if let password = sent.text("password.value"), !password.isEmpty {
            try PasswordRules.check(password, login: login, org)
        }
        if let hash = sent[path: "password.hash"], hash.kind == .object {
            guard let algorithm = hash.text("algorithm"), algorithms.contains(algorithm) else {
                throw .invalid("password", "password: The algorithm of the hash is not supported.")
            }
            guard hash.text("value")?.isEmpty == false else {
                throw .invalid("password", "password: The hash has no value.")
            }
        }
        if let hook = sent[path: "password.hook"], hook.kind == .object, hook.text("type") != "default" {
            throw .invalid("password", "password: The type of the hook must be default.")
        }
        if let question = sent["recovery_question"], question.kind == .object {
            try PasswordRules.check(question: question.text("question"), answer: question.text("answer"))
        }
    }

    /// Hash algorithms of imported passwords.
    private static let algorithms: Set = ["BCRYPT", "SHA-512", "SHA-256", "SHA-1", "MD5", "PBKDF2"]

    /// Returns the credentials in a body, merged over the current ones.
    static func credentials(_ sent: JSON?, over present: UserCredentials) -> UserCredentials {
        guard let sent else { return present }
        let hash = sent[path: "password.hash"]
        // An imported password is verified at the first sign-in.
        let isImported = hash?.kind == .object || sent[path: "password.hook"]?.kind == .object
        let value = sent.text("password.value").flatMap { $0.isEmpty ? nil : $0 }
        return UserCredentials(
            password: value ?? (isImported ? hash?.text ?? "hook" : present.password),
            question: sent.text("recovery_question.question") ?? present.question,
            answer: sent.text("recovery_question.answer") ?? present.answer,
            providerType: sent.text("provider.type") ?? (isImported ? "IMPORT" : present.providerType),
            providerName: sent.text("provider.name") ?? (isImported ? "IMPORT" : present.providerName))
    }

    static func changePassword(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        guard [.active, .passwordExpired, .staged, .recovery].contains(user.status) else {
            throw .wrongStatus
        }
        let body = try call.object()
        guard let own = user.credentials.password, body.text("oldPassword.value") == own else {
            throw .forbidden(
                "E0000014", "Update of credentials failed", "oldPassword: Old Password is not correct")
        }
        guard let password = body.text("newPassword.value"), !password.isEmpty else {
            throw .invalid("newPassword", "newPassword: The field cannot be left blank")
        }
        try PasswordRules.check(password, login: user.profile.text("login"), org)
        if call.flag("strict") == true, password == user.credentials.password {
            throw .forbidden("E0000014", "Update of credentials failed", "Password has been used too recently")
        }
        if body["revokeSessions"]?.bool == true { Sessions.end(of: user.id, &org) }
        return set(password, of: user, event: "user.account.update_password", call, &org)
    }

    static func changeQuestion(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var user = try call.user(org)
        let body = try call.object()
        guard ![.suspended, .deprovisioned].contains(user.status) else { throw .wrongStatus }
        guard let own = user.credentials.password, body.text("password.value") == own else {
            throw .forbidden("E0000014", "Update of credentials failed", "password: Password is not correct")
        }
        guard let question = body.text("recovery_question.question"),
            let answer = body.text("recovery_question.answer")
        else { throw .invalid("recovery_question", "recovery_question: The field cannot be left blank") }
        try PasswordRules.check(question: question, answer: answer)
        user.credentials = user.credentials.with(question: question, answer: answer)
        user.lastUpdated = org.now
        org.users.store(user)
        return .json(UserPresenter(origin: call.origin).credentials(user))
    }
}
