#if LocalOrg
import OktaRuntime

/// The answer to an authorization request, in the mode that the request names.
struct AuthorizeResponse {
    static let modes = ["query", "fragment", "form_post", "okta_post_message"]

    let redirect: String
    let state: String?
    let mode: String

    func reply(_ parameters: [(String, String)]) -> Reply {
        var parameters = parameters
        if let state { parameters.append(("state", state)) }
        switch mode {
        case "form_post": return page(parameters)
        case "okta_post_message": return message(parameters)
        case "fragment": return redirection(to: redirect + "#" + Self.form(parameters))
        default:
            return redirection(to: redirect + (redirect.contains("?") ? "&" : "?") + Self.form(parameters))
        }
    }

    private func redirection(to url: String) -> Reply {
        var reply = Reply.empty(302)
        reply.headers = OAuthReply.uncached + [("location", url)]
        return reply
    }

    private static func form(_ parameters: [(String, String)]) -> String {
        parameters.map { "\($0)=\(PercentText.encoded($1, inQuery: true))" }.joined(separator: "&")
    }

    /// A page that posts the parameters by itself.
    private func page(_ parameters: [(String, String)]) -> Reply {
        let fields = parameters.map {
            "<input type=\"hidden\" name=\"\(HTMLText.escaped($0))\" value=\"\(HTMLText.escaped($1))\"/>"
        }.joined()
        return uncached(
            .text(
                "<html><body onload=\"document.forms[0].submit()\"><form method=\"post\" "
                    + "action=\"\(HTMLText.escaped(redirect))\">\(fields)</form></body></html>",
                type: "text/html;charset=utf-8"))
    }

    /// A page that hands the parameters to the window that opened it.
    private func message(_ parameters: [(String, String)]) -> Reply {
        let data = JSON(members: parameters.map { ($0, JSON($1)) })
        let origin = redirect.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
            .joined(separator: "/")
        // `<` would end the script.
        let script = "(window.opener||window.parent).postMessage(\(data.text),\(JSON(origin).text));"
            .replacing("<", with: "\\u003c")
        return uncached(.text("<html><body><script>\(script)</script></body></html>", type: "text/html;charset=utf-8"))
    }

    private func uncached(_ reply: Reply) -> Reply {
        var reply = reply
        reply.headers += OAuthReply.uncached
        return reply
    }
}

/// What users have consented to.
enum Consents {
    static let kind = "/api/v1/users/{}/grants"

    /// Asks for consent where it is missing. No page asks here: a request that may prompt has the user's consent, and one
    /// that may not is refused.
    static func check(
        _ scopes: [String], _ client: OAuthClient, _ user: UserRecord, _ issuer: Issuer, prompts: Bool,
        _ org: inout OrgState
    ) throws(OAuthRefusal) {
        for scope in ScopeRules.needingConsent(scopes, client, issuer, org) {
            let scopeID = scope.text("id") ?? ""
            let isKnown = org.tables[kind, of: user.id].all.contains { _, grant in
                grant.text("scopeId") == scopeID && grant.text("clientId") == client.id
                    && grant.text("status") == "ACTIVE"
            }
            if isKnown { continue }
            guard prompts else {
                throw OAuthRefusal(
                    "consent_required", "The application requires consent of the user to the requested scopes.")
            }
            let id = org.ids.next("oag")
            org.tables[kind, of: user.id][id] = [
                "id": JSON(id), "status": "ACTIVE", "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
                "issuer": JSON(issuer.url), "clientId": JSON(client.id), "userId": JSON(user.id),
                "scopeId": JSON(scopeID), "source": "END_USER",
                "createdBy": ["id": JSON(user.id), "type": "User"],
            ]
        }
    }
}
#endif
