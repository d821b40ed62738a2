#if LocalOrg
import OktaRuntime

/// The browser endpoints of an org's apps: app links, and single sign-on by SAML 2.0.
enum AppSignOn {
    // MARK: Sessions

    /// Returns the user of a request. A session token in the query starts a session; otherwise the session's cookie
    /// counts.
    private static func user(
        _ call: Call, _ org: inout OrgState
    ) -> (record: UserRecord, headers: [(name: String, value: String)])? {
        if let token = call.query("sessionToken") ?? call.query("onetimetoken"),
            let session = Sessions.start(token: token, &org), let user = org.users[session.text("userId") ?? ""]
        {
            return (user, [Sessions.cookie(session, call)])
        }
        return Sessions.current(call.request, org).map { ($0.user, []) }
    }

    private static func redirect(
        to location: String, _ headers: [(name: String, value: String)] = []
    ) -> OrgResponse {
        var response = OrgResponse.empty(302)
        response.headers = headers + [("location", location), ("cache-control", "no-cache, no-store")]
        return response
    }

    private static func signIn(_ call: Call) -> OrgResponse {
        let origin = PercentText.encoded(call.request.target, inQuery: true)
        return redirect(to: "\(call.origin)/login/login.htm?fromURI=\(origin)")
    }

    /// Exchanges a session token for a session cookie and redirects to `redirectUrl`.
    private static func sessionRedirect(_ call: Call, _ org: inout OrgState) -> OrgResponse {
        let started = call.query("token").flatMap { Sessions.start(token: $0, &org) }
        // An existing session suffices if the token is invalid.
        guard let session = started ?? Sessions.current(call.request, org)?.json else { return signIn(call) }
        let wanted = call.query("redirectUrl") ?? ""
        let device = (name: "set-cookie", value: "DT=DI1\(org.ids.text(19));Path=/")
        return redirect(
            to: mayRedirect(to: wanted, call, org) ? wanted : call.origin + "/app/UserHome",
            [Sessions.cookie(session, call), device])
    }

    /// Returns whether a URL belongs to the org, or to a trusted origin for redirects.
    private static func mayRedirect(to wanted: String, _ call: Call, _ org: OrgState) -> Bool {
        if wanted == call.origin || wanted.hasPrefix(call.origin + "/") { return true }
        return org.tables["/api/v1/trustedOrigins"].all.contains { _, trusted in
            guard trusted.text("status") == "ACTIVE", let origin = trusted.text("origin"),
                (trusted["scopes"]?.elements ?? []).contains(where: { $0.text("type") == "REDIRECT" })
            else { return false }
            return wanted == origin || wanted.hasPrefix(origin + "/")
        }
    }

    /// Ends the session of the cookie, and redirects to `fromURI` if it is allowed, else to the sign-in page.
    private static func signOut(_ call: Call, _ org: inout OrgState) -> OrgResponse {
        if let user = Sessions.endCurrent(call.request, &org) {
            SystemLog.record("user.session.end", SignIn.by(user, call), &org, targets: [SystemLog.party(user)])
        }
        var wanted = call.query("fromURI") ?? ""
        if wanted.hasPrefix("/") { wanted = call.origin + wanted }
        return redirect(
            to: mayRedirect(to: wanted, call, org) ? wanted : call.origin + "/login/login.htm",
            [(name: "set-cookie", value: "sid=\"\";Path=/;Max-Age=0")])
    }

    // MARK: Apps

    /// Opens an app by the link that the dashboard and the API show.
    private static func open(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let app = org.tables[Kinds.apps][call[1]], app.text("name") == call[0], app.text("status") == "ACTIVE"
        else {
            return page("Not found", "There is no such app, or it is not active.", status: 404)
        }
        guard let (user, headers) = user(call, &org) else { return signIn(call) }
        guard let assignment = org.tables[Kinds.appUsers, of: call[1]][user.id] else { return notAssigned }
        switch app.text("signOnMode") {
        case "SAML_2_0":
            return try respond(app, user, assignment, request: nil, call.query("RelayState"), headers, call, &org)
        case "BOOKMARK": return redirect(to: app.text("settings.app.url") ?? call.origin, headers)
        case "OPENID_CONNECT":
            let address = app.text("settings.oauthClient.initiate_login_uri") ?? ""
            if address.isEmpty { fallthrough }
            let issuer = PercentText.encoded(call.origin, inQuery: true)
            return redirect(to: address + (address.contains("?") ? "&" : "?") + "iss=\(issuer)", headers)
        default:
            let text = "A local org opens apps with SAML 2.0, bookmarks, and apps with a login URI."
            return page("Not supported", text, status: 501)
        }
    }

    /// Signs in to an app by SAML, with or without an `AuthnRequest` of the service provider.
    private static func signOn(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let app = AppKeys.app(withExternalKey: call[1], org), app.text("name") == call[0],
            app.text("status") == "ACTIVE", app.text("signOnMode") == "SAML_2_0", let id = app.text("id")
        else { return page("Not found", "There is no such app, or it is not active.", status: 404) }
        var fields = call.target.query
        if call.request.method == "POST" {
            fields += RequestTarget("/?" + String(decoding: call.request.body, as: UTF8.self)).query
        }
        func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        var request: SAMLRequest?
        if let text = field("SAMLRequest") {
            let bytes = Base64.decode(text)
            // The redirect binding compresses a request; the POST binding does not.
            let xml = call.request.method == "POST" ? bytes : bytes.flatMap { Inflate.inflated($0) }
            request = xml.flatMap { SAMLRequest(xml: String(decoding: $0, as: UTF8.self)) }
            guard request != nil else {
                return page("Bad request", "The SAMLRequest is not an AuthnRequest of SAML 2.0.", status: 400)
            }
        }
        guard let (user, headers) = user(call, &org) else { return signIn(call) }
        guard let assignment = org.tables[Kinds.appUsers, of: id][user.id] else { return notAssigned }
        return try respond(app, user, assignment, request: request, field("RelayState"), headers, call, &org)
    }

    /// Returns a page that posts a SAML response to the service provider.
    private static func respond(
        _ app: JSON, _ user: UserRecord, _ assignment: JSON, request: SAMLRequest?, _ relayState: String?,
        _ headers: [(name: String, value: String)], _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let template = AppTemplate(
            user: user, org: org, userName: assignment.text("credentials.userName"), appProfile: assignment["profile"])
        let content: SAMLContent
        do throws(OrgFault) {
            content = try SAMLContent(app, template, request: request, relayState: relayState)
        } catch {
            return page("Not set up", error.causes.first ?? error.summary, status: 400)
        }
        let key = try AppKeys.signingKey(of: app, org)
        let document = SAMLDocument(
            content: content, key: org.keyNumber(kid: key?.text("kid") ?? ""),
            certificate: key?["x5c"]?[0]?.string ?? "", now: org.now,
            ids: ("id" + org.ids.text(22), "id" + org.ids.text(22)))
        let encoded = Base64.encode(Array(try document.text().utf8))
        SystemLog.record(
            "user.authentication.sso", SignIn.by(user, call), &org,
            targets: [
                SystemLog.party(app, id: app.text("id") ?? "", type: "AppInstance"), SystemLog.party(user),
            ])
        let form = """
            <form id="appForm" action="\(HTMLText.escaped(content.address))" method="POST">\
            <input name="SAMLResponse" type="hidden" value="\(HTMLText.escaped(encoded))"/>\
            <input name="RelayState" type="hidden" value="\(HTMLText.escaped(content.relayState))"/></form>\
            <script type="text/javascript">document.getElementById("appForm").submit();</script>
            """
        var response = html("Signing in", form)
        response.headers = headers + response.headers
        return response
    }

    // MARK: Pages

    /// Returns the sign-in page, with only the parts that programs read.
    private static func signInPage(_ org: inout OrgState) -> OrgResponse {
        let text =
            "A local org has no sign-in page. Sign in at /api/v1/authn, and send the session token as sessionToken."
        return html(
            "\(org.identity.subdomain) - Sign In",
            "<h1>Sign In</h1><p>\(text)</p><script nonce=\"\(org.ids.key(22))\" type=\"text/javascript\"></script>")
    }

    private static let dashboard = page("My Apps", "A local org has no dashboard.")
    private static let notAssigned = page(
        "User is not assigned to this application", "The user is not assigned to the app.", status: 403)

    private static func page(_ title: String, _ text: String, status: Int = 200) -> OrgResponse {
        var response = html(
            title, "<h1>\(HTMLText.escaped(title))</h1><p class=\"error-content\">\(HTMLText.escaped(text))</p>")
        response.status = status
        return response
    }

    private static func html(_ title: String, _ body: String) -> OrgResponse {
        var response = OrgResponse.text(
            "<!DOCTYPE html><html><head><title>\(HTMLText.escaped(title))</title></head><body>\(body)</body></html>",
            type: "text/html;charset=utf-8")
        response.headers = [("cache-control", "no-cache, no-store")]
        return response
    }

    static let all: [Operation] = [
        Operation("GET", "/home/{appName}/{appId}/{linkId}") { call, org throws(OrgFault) in try open(call, &org) },
        Operation("GET", "/app/{appName}/{externalKey}/sso/saml") { call, org throws(OrgFault) in
            try signOn(call, &org)
        },
        Operation("POST", "/app/{appName}/{externalKey}/sso/saml") { call, org throws(OrgFault) in
            try signOn(call, &org)
        },
        Operation("GET", "/login/sessionCookieRedirect") { call, org throws(OrgFault) in sessionRedirect(call, &org) },
        // The sign-out of an authorization server redirects here if its caller names no other page.
        Operation("GET", "/login/signout") { call, org throws(OrgFault) in signOut(call, &org) },
        // Clients without a browser request these for a session, or to check that the org exists.
        Operation("GET", "/") { _, org throws(OrgFault) in signInPage(&org) },
        Operation("GET", "/login/login.htm") { _, org throws(OrgFault) in signInPage(&org) },
        Operation("GET", "/enduser/callback") { _, _ throws(OrgFault) in dashboard },
        Operation("GET", "/app/UserHome") { call, org throws(OrgFault) in
            Sessions.current(call.request, org) == nil ? signIn(call) : dashboard
        },
    ]
}
#else
/// Without keys no assertion can be signed.
enum AppSignOn {
    static let all: [Operation] = []
}
#endif
