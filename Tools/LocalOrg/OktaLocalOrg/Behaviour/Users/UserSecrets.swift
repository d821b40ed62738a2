import OktaRuntime

/// Passwords, recovery questions and providers of users.
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
            let user = try UserOperations.find(call, org)
            guard user.status != .deprovisioned, user.status != .staged else { throw .wrongStatus }
            let token = "dfp" + org.ids.text(17)
            SystemLog.record("user.account.reset_password", call, &org, targets: [SystemLog.party(user)])
            return call.flag("sendEmail") == false
                ? .json(["resetPasswordUrl": JSON(call.origin + "/signin/reset-password/" + token)]) : .emptyObject
        },
        Operation("POST", "/api/v1/users/{userId}/credentials/forgot_password_recovery_question") {
            call, org throws(OrgFault) in
            var user = try UserOperations.find(call, org)
            let body = try call.object()
            guard let answer = body.text("recovery_question.answer"), answer == user.credentials.answer else {
                throw .forbidden("E0000087", "The recovery question answer did not match our records.")
            }
            guard let password = body.text("password.value") else { throw .invalid("password") }
            user.credentials = user.credentials.with(password: password)
            user.passwordChanged = org.now
            user.status = .active
            org.users.store(user)
            return .json(UserPresenter(origin: call.origin).credentials(user))
        },
    ]

    /// The credentials that a body asks for, over those that are there.
    static func credentials(_ sent: JSON?, over present: UserCredentials) -> UserCredentials {
        guard let sent else { return present }
        let hash = sent[path: "password.hash"]
        let password =
            sent.text("password.value") ?? hash?.text
            ?? (sent[path: "password.hook"] == nil ? present.password : "hook")
        return UserCredentials(
            password: password, question: sent.text("recovery_question.question") ?? present.question,
            answer: sent.text("recovery_question.answer") ?? present.answer,
            providerType: sent.text("provider.type") ?? (hash == nil ? present.providerType : "IMPORT"),
            providerName: sent.text("provider.name") ?? (hash == nil ? present.providerName : "IMPORT"))
    }

    static func changePassword(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        var user = try UserOperations.find(call, org)
        guard [.active, .passwordExpired, .provisioned, .staged, .recovery].contains(user.status) else {
            throw .wrongStatus
        }
        let body = try call.object()
        guard body.text("oldPassword.value") == user.credentials.password else {
            throw .forbidden(
                "E0000014", "Update of credentials failed", "oldPassword: Old Password is not correct")
        }
        guard let password = body.text("newPassword.value"), !password.isEmpty else {
            throw .invalid("newPassword", "newPassword: The field cannot be left blank")
        }
        user.credentials = user.credentials.with(password: password)
        user.passwordChanged = org.now
        user.lastUpdated = org.now
        if user.status != .active { user.statusChanged = org.now }
        user.status = .active
        org.users.store(user)
        SystemLog.record("user.account.update_password", call, &org, targets: [SystemLog.party(user)])
        return .json(UserPresenter(origin: call.origin).credentials(user))
    }

    static func changeQuestion(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        var user = try UserOperations.find(call, org)
        let body = try call.object()
        guard body.text("password.value") == user.credentials.password else {
            throw .forbidden("E0000014", "Update of credentials failed", "password: Password is not correct")
        }
        guard let question = body.text("recovery_question.question"),
            let answer = body.text("recovery_question.answer")
        else { throw .invalid("recovery_question", "recovery_question: The field cannot be left blank") }
        user.credentials = user.credentials.with(question: question, answer: answer)
        user.lastUpdated = org.now
        org.users.store(user)
        return .json(UserPresenter(origin: call.origin).credentials(user))
    }
}
