import OktaRuntime

/// MyAccount API: operations of users on their own account. The caller is the user, so paths contain no user id.
enum MyAccount {
    static let path = "/idp/myaccount"

    /// Returns the calling user. Throws for an app, which has no account.
    static func user(_ call: Call, _ org: OrgState) throws(OrgFault) -> UserRecord {
        guard !call.caller.isApp, let user = org.users[call.caller.id] else { throw .accessDenied }
        return user
    }

    static func link(_ call: Call, _ rest: String, _ methods: JSON...) -> JSON {
        ["href": JSON("\(call.origin)\(path)\(rest)"), "hints": ["allow": JSON(methods)]]
    }

    /// The error for a wrong or expired code.
    static let invalidCode = OrgFault(
        status: 401, code: "E0000004", summary: "Authentication failed",
        causes: ["The verification challenge failed due to an invalid code."])

    static func alreadyActive(_ key: String, _ cause: String) -> OrgFault {
        OrgFault(
            status: 409, code: "E0000157", summary: "Another authenticator with key: \(key) is already active.",
            causes: [cause])
    }

    private static let organization = Operation("GET", path + "/organization") { call, org throws(OrgFault) in
        let settings = org.tables["singleton/api/v1/org"][""]
        return .json([
            "name": settings?["companyName"] ?? JSON(org.identity.subdomain), "url": JSON(call.origin),
            "supportEmail": "support@example.com", "helpLink": settings?["endUserSupportHelpURL"] ?? "",
            "_links": ["self": link(call, "/organization", "GET")],
        ])
    }

    /// Okta's own apps that a user may open.
    private static let apps = Operation("GET", path + "/okta-applications") { call, org throws(OrgFault) in
        _ = try user(call, org)
        return .json([
            [
                "id": JSON("0oa" + org.identity.orgID.dropFirst(3)), "name": "okta_enduser",
                "displayName": "Okta Dashboard",
            ]
        ])
    }

    /// Ends all sessions of the user.
    private static let sessions = Operation("DELETE", path + "/sessions") { call, org throws(OrgFault) in
        let user = try user(call, org)
        for (id, session) in org.tables["sessions"].all where session.text("userId") == user.id {
            org.tables["sessions"][id] = nil
        }
        SystemLog.record("user.session.clear", call, &org, targets: [SystemLog.party(user)])
        return .empty()
    }

    static let all: [Operation] =
        [organization, apps, sessions] + MyProfile.all + MyEmails.all + MyPhones.all + MyPassword.all
        + MyAuthenticators.all + MyWebAuthn.all + signed

    #if LocalOrg
    private static let signed = MyAppAuthenticators.all
    #else
    private static let signed: [Operation] = []
    #endif
}
