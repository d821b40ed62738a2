#if LocalOrg
import OktaRuntime

/// The response to an authorization request, in the requested response mode.
struct AuthorizeResponse {
    static let modes = ["query", "fragment", "form_post", "okta_post_message"]

    let redirect: String
    let state: String?
    let mode: String

    func encoded(_ parameters: [(String, String)]) -> OrgResponse {
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

    private func redirection(to url: String) -> OrgResponse {
        var response = OrgResponse.empty(302)
        response.headers = OAuthResponse.uncached + [("location", url)]
        return response
    }

    private static func form(_ parameters: [(String, String)]) -> String {
        parameters.map { "\($0)=\(PercentText.encoded($1, inQuery: true))" }.joined(separator: "&")
    }

    /// Returns a page that posts the parameters automatically.
    private func page(_ parameters: [(String, String)]) -> OrgResponse {
        let fields = parameters.map {
            "<input type=\"hidden\" name=\"\(HTMLText.escaped($0))\" value=\"\(HTMLText.escaped($1))\"/>"
        }.joined()
        return uncached(
            .text(
                "<html><body onload=\"document.forms[0].submit()\"><form method=\"post\" "
                    + "action=\"\(HTMLText.escaped(redirect))\">\(fields)</form></body></html>",
                type: "text/html;charset=utf-8"))
    }

    /// Returns a page that posts the parameters as a message to its opener.
    private func message(_ parameters: [(String, String)]) -> OrgResponse {
        let data = JSON(members: parameters.map { ($0, JSON($1)) })
        let origin = redirect.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
            .joined(separator: "/")
        // A literal `<` could end the script element.
        let script = "(window.opener||window.parent).postMessage(\(data.text),\(JSON(origin).text));"
            .replacing("<", with: "\\u003c")
        return uncached(.text("<html><body><script>\(script)</script></body></html>", type: "text/html;charset=utf-8"))
    }

    private func uncached(_ response: OrgResponse) -> OrgResponse {
        var response = response
        response.headers += OAuthResponse.uncached
        return response
    }
}

/// Users' consents to scopes.
enum Consents {
    private static let kind = OAuthStore.consents

    /// Records missing consents. There is no consent page: a request that allows prompts implies the user's consent,
    /// and any other is rejected.
    static func check(
        _ scopes: [String], _ client: OAuthClient, _ user: UserRecord, _ issuer: Issuer, prompts: Bool,
        _ org: inout OrgState
    ) throws(OAuthRefusal) {
        for scope in OAuthScopes.needingConsent(scopes, client, issuer, org) {
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
