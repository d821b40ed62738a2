import OktaRuntime

/// The password of the calling user, with the rules of the org's password policy.
enum MyPassword {
    private static let path = MyAccount.path + "/password"

    private static func shown(_ user: UserRecord, _ call: Call) -> JSON {
        let isSet = user.credentials.password != nil
        return [
            "id": JSON("pwd" + user.id.dropFirst(3)), "status": isSet ? "ACTIVE" : "NOT_ENROLLED",
            "created": JSON(user.created.text),
            "lastUpdated": JSON((user.passwordChanged ?? user.created).text),
            "_links": ["self": MyAccount.link(call, "/password", "GET", "PUT", "DELETE")],
        ]
    }

    /// Returns the rules of the first password policy that applies to one of the user's groups.
    private static func complexity(_ user: UserRecord, _ org: OrgState) -> JSON {
        let groups = org.memberships.groups(of: user.id).union([org.identity.everyoneID])
        let policy = Policies.all(ofType: "PASSWORD", org).first { policy in
            guard policy.text("status") == "ACTIVE" else { return false }
            let wanted = (policy[path: "conditions.people.groups.include"]?.elements ?? []).compactMap(\.string)
            return wanted.contains { groups.contains($0) }
        }
        return policy?[path: "settings.password.complexity"] ?? .emptyObject
    }

    private static let counts: [(member: String, words: String, fits: @Sendable (Character) -> Bool)] = [
        ("minLowerCase", "a lowercase letter", { $0.isLowercase }),
        ("minUpperCase", "an uppercase letter", { $0.isUppercase }), ("minNumber", "a number", { $0.isNumber }),
        ("minSymbol", "a symbol", { !$0.isLetter && !$0.isNumber }),
    ]

    /// Returns the requirements of the rules, in words.
    private static func words(_ rules: JSON) -> String {
        var words = ["at least \(rules["minLength"]?.int ?? 8) characters"]
        for (member, text, _) in counts where rules[member]?.int ?? 0 > 0 { words.append(text) }
        if rules["excludeUsername"]?.bool != false { words.append("no parts of your username") }
        return "Password requirements: \(words.joined(separator: ", "))."
    }

    private static func check(_ password: String, _ user: UserRecord, _ org: OrgState) throws(OrgFault) {
        let rules = complexity(user, org)
        var isFit = password.count >= rules["minLength"]?.int ?? 8
        for (member, _, fits) in counts where password.filter(fits).count < rules[member]?.int ?? 0 { isFit = false }
        if rules["excludeUsername"]?.bool != false {
            let login = (user.profile.text("login") ?? "").lowercased()
            let parts = login.split { "@.-_".contains($0) }.filter { $0.count >= 4 }
            if parts.contains(where: { password.lowercased().contains($0) }) { isFit = false }
        }
        guard isFit else {
            throw .invalid("Password", "password: Password requirements were not met. \(words(rules))")
        }
    }

    private static func set(
        _ password: String?, _ user: UserRecord, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> UserRecord {
        if let password {
            try check(password, user, org)
            if password == user.credentials.password {
                throw .invalid("Password", "password: Password has been used too recently")
            }
        }
        var user = user
        user.credentials = user.credentials.with(password: password)
        user.passwordChanged = password == nil ? nil : org.now
        user.lastUpdated = org.now
        if user.status == .passwordExpired, password != nil { user.status = .active }
        org.users.store(user)
        SystemLog.record("user.account.update_password", call, &org, targets: [SystemLog.party(user)])
        return user
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in .json(shown(try MyAccount.user(call, org), call)) },
        Operation("POST", path) { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            guard user.credentials.password == nil else {
                let text = "This account already has a password set as an authenticator."
                throw .forbidden("E0000157", text, text)
            }
            let password = try Checks.text("profile.password", of: try call.object())
            return .json(shown(try set(password, user, call, &org), call), status: 201)
        },
        Operation("PUT", path) { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            let password = try Checks.text("profile.password", of: try call.object())
            return .json(shown(try set(password, user, call, &org), call), status: 201)
        },
        Operation("DELETE", path) { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            guard user.credentials.password != nil else {
                throw .notFound("pwd" + user.id.dropFirst(3), "UserProfilePassword")
            }
            _ = try set(nil, user, call, &org)
            return .empty()
        },
        Operation("POST", path + "/change-password") { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            let body = try call.object()
            let old = try Checks.text("oldPassword", of: body)
            let new = try Checks.text("newPassword", of: body)
            guard old == user.credentials.password else {
                throw .forbidden("E0000014", "Update of credentials failed", "oldPassword: Old Password is not correct")
            }
            _ = try set(new, user, call, &org)
            return .empty()
        },
        Operation("GET", path + "/complexity-requirements") { call, org throws(OrgFault) in
            let rules = complexity(try MyAccount.user(call, org), org)
            return .json([
                "description": JSON(words(rules)), "complexity": rules,
                "_links": ["self": MyAccount.link(call, "/password/complexity-requirements", "GET")],
            ])
        },
    ]
}
