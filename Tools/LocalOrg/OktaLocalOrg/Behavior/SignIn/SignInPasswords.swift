import OktaRuntime

/// Password changes in a sign-in: an expired password, and the reset after a recovery.
enum SignInPasswords {
    /// Returns the step that requires a new password.
    static func expired(_ signIn: SignIn, _ call: Call, _ org: OrgState) -> OrgResponse {
        let isReset = signIn.status == .passwordReset
        let next =
            isReset
            ? SignIn.link(call, "/credentials/reset_password", name: "resetPassword")
            : SignIn.link(call, "/credentials/change_password", name: "changePassword")
        return signIn.response(
            call, org, embedded: [("policy", ["complexity": PasswordRules.complexity(org)])], links: [("next", next)])
    }

    private static func change(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let signIn = try SignIn(body, org)
        try signIn.require(.passwordExpired)
        guard let own = signIn.user.credentials.password, body.text("oldPassword") == own else {
            throw .forbidden("E0000014", "Update of credentials failed", "oldPassword: Old Password is not correct")
        }
        return try set(body, signIn, event: "user.account.update_password", call, &org)
    }

    private static func reset(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let signIn = try SignIn(body, org)
        try signIn.require(.passwordReset)
        return try set(body, signIn, event: "user.account.reset_password", call, &org)
    }

    private static func set(
        _ body: JSON, _ signIn: SignIn, event: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        guard let password = body.text("newPassword"), !password.isEmpty else {
            throw .invalid("newPassword", "newPassword: The field cannot be left blank")
        }
        try PasswordRules.check(password, login: signIn.user.profile.text("login"), org)
        if password == signIn.user.credentials.password {
            throw .forbidden("E0000014", "Update of credentials failed", "Password has been used too recently")
        }
        _ = UserSecrets.set(password, of: signIn.user, event: event, SignIn.by(signIn.user, call), &org)
        signIn.remove(&org)
        guard let user = org.users[signIn.user.id] else { throw .invalidToken }
        return try PrimaryAuthentication.next(user, relayState: signIn.relayState, call, &org)
    }

    static let all: [Operation] = [
        Operation("POST", SignIn.path + "/credentials/change_password") { call, org throws(OrgFault) in
            try change(call, &org)
        },
        Operation("POST", SignIn.path + "/credentials/reset_password") { call, org throws(OrgFault) in
            try reset(call, &org)
        },
    ]
}
