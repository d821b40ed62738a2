#if LocalOrg
import OktaRuntime

/// Which user a request signs in: no browser shows a form, so that the request has to say.
enum SignedInUser {
    /// The user of `login_hint`, or of a session token.
    ///
    /// - Returns: Nil when the request names nobody.
    static func user(
        _ form: OAuthForm, of client: OAuthClient, _ org: inout OrgState
    ) throws(OAuthRefusal) -> UserRecord? {
        let user: UserRecord?
        if let token = form["sessionToken"] {
            user = session(token, &org)
        } else if let hint = form["login_hint"] {
            user = org.users.named(hint)
        } else {
            return nil
        }
        guard let user, user.status == .active else {
            throw OAuthRefusal("login_required", "There is no active user with this login.")
        }
        guard client.isAssigned(user, org) else { throw .notAssigned }
        return user
    }

    /// A session token is good for one use.
    private static func session(_ token: String, _ org: inout OrgState) -> UserRecord? {
        guard let row = org.tables["sessionTokens"][token], row.text("until") ?? "" > org.now.text else { return nil }
        org.tables["sessionTokens"][token] = nil
        return org.users[row.text("user") ?? ""]
    }
}
#endif
