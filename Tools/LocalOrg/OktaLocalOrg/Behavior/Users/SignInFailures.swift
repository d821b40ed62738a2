import OktaRuntime

/// Consecutive failed sign-ins, which lock a user out.
enum SignInFailures {
    private static let kind = "signInFailures"

    /// Counts a failed sign-in.
    static func count(of user: UserRecord, _ call: Call, _ org: inout OrgState) {
        let count = (org.tables[kind][user.id]?.int ?? 0) + 1
        org.tables[kind][user.id] = JSON(count)
        if let most = PasswordRules.maximumAttempts(org), count >= most {
            forget(of: user.id, &org)
            UserLifecycle.move(user, to: .lockedOut, call, &org)
            SystemLog.record("user.account.lock", call, &org, targets: [SystemLog.party(user)])
        }
        SystemLog.record(
            "user.session.start", call, &org, targets: [SystemLog.party(user)], outcome: "FAILURE",
            reason: "INVALID_CREDENTIALS")
    }

    static func forget(of user: String, _ org: inout OrgState) { org.tables[kind][user] = nil }
}

/// Recovery tokens, which users get by email and admins in a URL.
enum RecoveryTokens {
    private static let kind = "recoveryTokens"
    /// The lifetime of a token in seconds: an hour, as in the default password policy.
    static let lifetime = 3600

    /// Returns a new token.
    ///
    /// - Parameter type: `PASSWORD` or `UNLOCK`.
    static func new(for user: String, _ type: String = "PASSWORD", prefix: String = "", _ org: inout OrgState) -> String
    {
        let token = prefix + org.ids.text(20 - prefix.count)
        org.tables[kind][token] = [
            "user": JSON(user), "type": JSON(type), "until": JSON((org.now + lifetime).text),
        ]
        return token
    }

    /// Consumes a token and returns its user and type; nil if it is invalid or has been used.
    static func take(_ token: String, _ org: inout OrgState) -> (user: String, type: String)? {
        guard let row = org.tables[kind][token], row.text("until") ?? "" > org.now.text,
            let user = row.text("user"), let type = row.text("type")
        else { return nil }
        org.tables[kind][token] = nil
        return (user, type)
    }
}
