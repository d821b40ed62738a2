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
        let user: UserRecord?
        if let token = form["sessionToken"] {
            user = Sessions.start(token: token, &org).flatMap { org.users[$0.text("userId") ?? ""] }
        } else if let hint = form["login_hint"] {
            user = org.users.named(hint)
        } else if let browser, form["prompt"] != "login" {
            user = browser
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
