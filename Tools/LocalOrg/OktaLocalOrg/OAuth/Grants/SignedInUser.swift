#if LocalOrg
import OktaRuntime

/// Which user a request signs in: no browser shows a form, so that the request has to say.
enum SignedInUser {
    /// The user of a session token, of `login_hint`, or of the browser's session.
    ///
    /// - Parameter browser: The user of the browser's session.
    /// - Returns: Nil when the request names nobody.
    static func user(
        _ form: OAuthForm, of client: OAuthClient, browser: UserRecord? = nil, _ org: inout OrgState
    ) throws(OAuthRefusal) -> UserRecord? {
        let token = form["sessionToken"]
        let user: UserRecord?
        if let session = token.flatMap({ Sessions.start(token: $0, &org) }) {
            user = org.users[session.text("userId") ?? ""]
        } else if let browser, form["prompt"] != "login", form["login_hint"] == nil {
            // Whoever has a session needs no token that is still good.
            user = browser
        } else if token != nil {
            user = nil
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
}
#endif
