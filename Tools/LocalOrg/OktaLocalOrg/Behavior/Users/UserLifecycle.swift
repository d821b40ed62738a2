import OktaRuntime

/// The states of users, and the transitions between them.
enum UserLifecycle {
    static let all: [Operation] =
        [
            ("activate", activate), ("reactivate", reactivate), ("deactivate", deactivate), ("suspend", suspend),
            ("unsuspend", unsuspend), ("unlock", unlock), ("reset_password", resetPassword),
            ("expire_password", expirePassword), ("expire_password_with_temp_password", expireWithTemporary),
            ("reset_factors", resetFactors),
        ].map { name, run in Operation("POST", "/api/v1/users/{userId}/lifecycle/\(name)", run) }

    /// Moves a user to another state, with the effects on dates, sessions, assignments and the log.
    static func move(_ user: UserRecord, to status: UserStatus, _ call: Call, _ org: inout OrgState) {
        var changed = user
        changed.status = status
        changed.statusChanged = org.now
        changed.lastUpdated = org.now
        switch status {
        case .active, .provisioned:
            if user.activated == nil || user.status == .deprovisioned { changed.activated = org.now }
        case .deprovisioned:
            changed.credentials = changed.credentials.with(password: nil)
        default: break
        }
        org.users.store(changed)
        if status == .deprovisioned || status == .suspended { Sessions.end(of: user.id, &org) }
        if status == .deprovisioned { UserGrants.revokeAll(of: user.id, &org) }
        if let event = event(from: user.status, to: status) {
            SystemLog.record(event, call, &org, targets: [SystemLog.party(changed)])
        }
        if status == .deprovisioned { Assignments.removeUser(user.id, call, &org) }
        // A reactivated user gets the apps of the remaining groups.
        if [.staged, .deprovisioned].contains(user.status), [.active, .provisioned].contains(status) {
            for group in [org.identity.everyoneID] + org.memberships.groups(of: user.id).sorted() {
                Assignments.membershipAdded(user.id, group, call, &org)
            }
        }
        GroupRules.apply(toUser: user.id, call, &org)
    }

    private static func event(from old: UserStatus, to new: UserStatus) -> String? {
        switch (old, new) {
        // `user.account.unlock` is the event of a lock that expires.
        case (.lockedOut, .active): "user.account.unlock_by_admin"
        case (.suspended, .active): "user.lifecycle.unsuspend"
        case (_, .active), (_, .provisioned): "user.lifecycle.activate"
        case (_, .deprovisioned): "user.lifecycle.deactivate"
        case (_, .suspended): "user.lifecycle.suspend"
        default: nil
        }
    }

    /// Shows the previous state for a short time if the caller requests `Prefer: respond-async`.
    static func showProgress(of user: UserRecord, _ call: Call, _ org: inout OrgState) {
        guard call.request.header("prefer")?.contains("respond-async") == true, var changed = org.users[user.id]
        else { return }
        changed.transition = UserRecord.Transition(from: user.status, until: org.now + 2)
        org.users.store(changed)
    }

    private static let activate: Operation.Run = { call, org throws(OrgFault) in
        let user = try call.user(org)
        guard user.status == .staged || user.status == .deprovisioned else {
            throw .forbidden("E0000016", "Activation failed because the user is already active")
        }
        move(user, to: user.credentials.password == nil ? .provisioned : .active, call, &org)
        return activation(call, &org)
    }

    private static let reactivate: Operation.Run = { call, org throws(OrgFault) in
        let user = try call.user(org)
        guard user.status == .provisioned || user.status == .recovery else { throw .wrongStatus }
        return activation(call, &org)
    }

    /// Returns the activation token if Okta does not send it.
    private static func activation(_ call: Call, _ org: inout OrgState) -> OrgResponse {
        guard call.flag("sendEmail") == false else { return .emptyObject }
        let token = org.ids.key(20)
        return .json([
            "activationUrl": JSON("\(call.origin)/tokens/\(token)/verify"), "activationToken": JSON(token),
        ])
    }

    private static let deactivate: Operation.Run = { call, org throws(OrgFault) in
        let user = try call.user(org)
        guard user.status != .deprovisioned else { throw .wrongStatus }
        move(user, to: .deprovisioned, call, &org)
        showProgress(of: user, call, &org)
        return .emptyObject
    }

    private static let suspend = change(
        from: .active, to: .suspended, refusal: .invalid("suspendUser", "Cannot suspend a user that is not active"))

    private static let unsuspend = change(
        from: .suspended, to: .active,
        refusal: .invalid("unsuspendUser", "Cannot unsuspend a user that is not suspended"))

    /// Returns an operation that moves users from one state to another, and throws for users in other states.
    private static func change(from: UserStatus, to status: UserStatus, refusal: OrgFault) -> Operation.Run {
        { call, org throws(OrgFault) in
            let user = try call.user(org)
            guard user.status == from else { throw refusal }
            move(user, to: status, call, &org)
            return .emptyObject
        }
    }

    private static let unlock: Operation.Run = { call, org throws(OrgFault) in
        let user = try call.user(org)
        guard user.status == .lockedOut else {
            throw .forbidden("E0000032", "Unlock is not allowed for this user.", "The user is not locked out.")
        }
        SignInFailures.forget(of: user.id, &org)
        move(user, to: .active, call, &org)
        return .emptyObject
    }

    private static let resetPassword: Operation.Run = { call, org throws(OrgFault) in
        let user = try call.user(org)
        guard ![.staged, .deprovisioned, .suspended].contains(user.status) else { throw .wrongStatus }
        if user.status != .provisioned { move(user, to: .recovery, call, &org) }
        if call.flag("revokeSessions") == true { Sessions.end(of: user.id, &org) }
        SystemLog.record("user.account.reset_password", call, &org, targets: [SystemLog.party(user)])
        guard call.flag("sendEmail") == false else { return .emptyObject }
        let token = RecoveryTokens.new(for: user.id, prefix: "drp", &org)
        return .json(["resetPasswordUrl": JSON("\(call.origin)/reset_password/\(token)")])
    }

    private static let expirePassword: Operation.Run = { call, org throws(OrgFault) in
        // Deprecated way to request a temporary password.
        if call.flag("tempPassword") == true { return try expireWithTemporary(call, &org) }
        let user = try expired(call, &org)
        return .json(UserPresenter(origin: call.origin).json(user, org))
    }

    private static let expireWithTemporary: Operation.Run = { call, org throws(OrgFault) in
        var user = try expired(call, &org)
        // A password that meets every policy.
        let password = "Aa1!" + org.ids.text(12)
        user.credentials = user.credentials.with(password: password)
        user.passwordChanged = org.now
        org.users.store(user)
        if call.flag("revokeSessions") == true { Sessions.end(of: user.id, &org) }
        return .json(["tempPassword": JSON(password)])
    }

    private static func expired(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> UserRecord {
        let user = try call.user(org)
        guard [.active, .passwordExpired, .recovery].contains(user.status) else { throw .wrongStatus }
        move(user, to: .passwordExpired, call, &org)
        SystemLog.record("user.account.expire_password", call, &org, targets: [SystemLog.party(user)])
        return org.users[user.id] ?? user
    }

    private static let resetFactors: Operation.Run = { call, org throws(OrgFault) in
        let user = try call.user(org)
        guard user.status != .deprovisioned else { throw .wrongStatus }
        for (id, _) in org.tables[Kinds.factors, of: user.id].all { org.tables[Kinds.factors, of: user.id][id] = nil }
        SystemLog.record("user.mfa.factor.reset_all", call, &org, targets: [SystemLog.party(user)])
        return .emptyObject
    }
}
