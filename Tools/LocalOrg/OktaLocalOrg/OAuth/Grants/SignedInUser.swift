#if LocalOrg
import OktaRuntime

/// The user whom a request signs in. There is no sign-in form, so the request has to name the user.
enum SignedInUser {
    /// Returns the user of a session token, of `login_hint`, or of the browser's session.
    ///
    /// - Parameter browser: The user of the browser's session.
    /// - Returns: Nil if the request names no user.
    static func user(
        _ form: OAuthForm, of client: OAuthClient, browser: UserRecord? = nil, _ org: inout OrgState
    ) throws(OAuthRefusal) -> UserRecord? {
        let token = form["sessionToken"]
        let user: UserRecord?
        if let session = token.flatMap({ Sessions.start(token: $0, &org) }) {
            user = org.users[session.text("userId") ?? ""]
        } else if let browser, form["prompt"] != "login", form["login_hint"] == nil {
            // An existing session suffices if the token is invalid.
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
