#if LocalOrg
import Crypto
import CryptoExtras
import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Single sign-on to apps by SAML 2.0.
@Suite("Local org: SAML")
struct SAMLTests {
    private let org = TestOrg { $0.tokens = ["test"] }

    private func app(_ more: JSON = [:]) -> TestOrg.Response {
        var signOn: JSON = [
            "ssoAcsUrl": "https://wiki.example.com/acs?a=1&b=2", "audience": "urn:wiki",
            "recipient": "https://wiki.example.com/acs", "destination": "https://wiki.example.com/acs",
            "subjectNameIdTemplate": "${user.userName}",
            "subjectNameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "responseSigned": true,
            "assertionSigned": true, "signatureAlgorithm": "RSA_SHA256", "digestAlgorithm": "SHA256",
            "honorForceAuthn": true,
            "authnContextClassRef": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
            "attributeStatements": [
                [
                    "type": "EXPRESSION", "name": "first",
                    "namespace": "urn:oasis:names:tc:SAML:2.0:attrname-format:basic", "values": ["user.firstName"],
                ],
                [
                    "type": "GROUP", "name": "groups",
                    "namespace": "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified", "filterType": "REGEX",
                    "filterValue": "T.*",
                ],
            ],
        ]
        signOn.merge(more)
        return org(
            "POST", "/api/v1/apps",
            ["label": "Wiki", "signOnMode": "SAML_2_0", "settings": ["signOn": signOn]])
    }

    /// Creates a user with this first name in the group `Team`, assigns the app, and returns the user's session cookie.
    private func cookie(_ app: String, firstName: JSON = "Ada") -> [(name: String, value: String)] {
        let user = org.user("ada", password: "Password-1234", more: ["firstName": firstName]).id
        org("PUT", "/api/v1/groups/\(org.group("Team").id)/users/\(user)")
        org("POST", "/api/v1/apps/\(app)/users", ["id": JSON(user)])
        let signIn = org("POST", "/api/v1/authn", ["username": "ada@example.com", "password": "Password-1234"]).json
        let session = org("POST", "/api/v1/sessions", ["sessionToken": signIn["sessionToken"] ?? .null])
        return [("cookie", "sid=\(session.id)")]
    }

    private func ask(
        _ method: String, _ path: String, _ headers: [(name: String, value: String)] = [], body: String = ""
    ) -> LocalResponse {
        org.engine.handle(
            LocalRequest(method, path, headers: [("host", "test.okta.com")] + headers, body: Array(body.utf8)))
    }

    private func field(_ name: String, in page: String) -> String? {
        guard let start = page.firstRange(of: "name=\"\(name)\" type=\"hidden\" value=\"")?.upperBound else {
            return nil
        }
        return String(page[start...].prefix { $0 != "\"" })
    }

    private func document(_ response: LocalResponse) -> String {
        let page = String(decoding: response.body, as: UTF8.self)
        let bytes = field("SAMLResponse", in: page).flatMap { Base64.decode($0) } ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns the text between two texts.
    private func part(_ text: String, _ start: String, _ end: String) -> String {
        guard let first = text.firstRange(of: start), let last = text[first.upperBound...].firstRange(of: end) else {
            return ""
        }
        return String(text[first.upperBound..<last.lowerBound])
    }

    /// Whether the signature of an element is valid: over the element without its signature, by the certificate's key.
    private func isSigned(_ element: String, by jwk: JSON) -> Bool {
        guard let start = element.firstRange(of: "<ds:Signature ")?.lowerBound,
            let end = element[start...].firstRange(of: "</ds:Signature>")?.upperBound,
            let n = Base64URL.decode(jwk.text("n") ?? ""), let e = Base64URL.decode(jwk.text("e") ?? ""),
            let key = try? _RSA.Signing.PublicKey(n: n, e: e)
        else { return false }
        let signature = String(element[start..<end])
        let bare = Array((element[..<start] + element[end...]).utf8)
        guard part(signature, "<ds:DigestValue>", "<") == Base64.encode(Array(SHA256.hash(data: bare))) else {
            return false
        }
        let signed =
            "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
            + part(signature, "<ds:SignedInfo>", "</ds:SignedInfo>") + "</ds:SignedInfo>"
        let value = Base64.decode(part(signature, "<ds:SignatureValue>", "<")) ?? []
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: value), for: SHA256.hash(data: Array(signed.utf8)),
            padding: .insecurePKCS1v1_5)
    }

    @Test("SAML: responses are signed with the app's key, about the user, for the app's audience")
    func assertsUser() {
        let app = app()
        let cookie = cookie(app.id, firstName: "A & \"B\" <é>")
        let link = TestOrg.path(app.json[path: "_links.appLinks"]?[0]?.text("href"))
        #expect(ask("GET", link).status == 302)
        let response = ask("GET", link + "?RelayState=%2Fpage", cookie)
        let page = String(decoding: response.body, as: UTF8.self)
        #expect(
            response.status == 200 && page.contains("action=\"https://wiki.example.com/acs?a=1&amp;b=2\""), "\(page)")
        #expect(field("RelayState", in: page) == "/page")
        let text = document(response)
        #expect(text.contains("<saml2:Audience>urn:wiki</saml2:Audience>"))
        #expect(text.contains(">ada@example.com</saml2:NameID>"))
        #expect(text.contains(">A &amp; \"B\" &lt;é&gt;</saml2:AttributeValue>"), "\(text)")
        #expect(text.contains(">Team</saml2:AttributeValue>") && !text.contains(">Everyone<"))
        #expect(text.contains("NotOnOrAfter=\"\((org.clock.now + 300).text)\""))
        let metadata = String(
            decoding: ask(
                "GET", "/api/v1/apps/\(app.id)/sso/saml/metadata", [("authorization", "SSWS test")]
            ).body, as: UTF8.self)
        let entity = part(metadata, "entityID=\"", "\"")
        #expect(text.contains(">\(entity)</saml2:Issuer>"))
        let certificate = part(metadata, "<ds:X509Certificate>", "<")
        #expect(text.components(of: "<ds:X509Certificate>\(certificate)<") == 2)
        let kid = app.json.text("credentials.signing.kid") ?? ""
        let key = org("GET", "/api/v1/apps/\(app.id)/credentials/keys/\(kid)").json
        let whole = String(text.dropFirst("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".count))
        #expect(isSigned(whole, by: key))
        let assertion =
            "<saml2:Assertion " + part(whole, "<saml2:Assertion ", "</saml2:Assertion>") + "</saml2:Assertion>"
        #expect(isSigned(assertion, by: key))
        #expect(!isSigned(whole.replacing("urn:wiki", with: "urn:other"), by: key))
    }

    @Test("SAML: requests by redirect and POST get responses with their id")
    func respondsToRequests() {
        let app = app()
        let cookie = cookie(app.id)
        let name = app.json.text("name") ?? ""
        let path = "/app/\(name)/exk\(app.id.dropFirst(3))/sso/saml"
        let request = """
            <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" \
            AssertionConsumerServiceURL='https://elsewhere.example.com'/>
            """
        let post = "SAMLRequest=\(PercentText.encoded(Base64.encode(Array(request.utf8))))&RelayState=x"
        let form = [(name: "content-type", value: "application/x-www-form-urlencoded")]
        let posted = ask("POST", path, cookie + form, body: post)
        let text = document(posted)
        #expect(text.components(of: "InResponseTo=\"_1\"") == 2 && !text.contains("elsewhere"))
        // The same request, compressed by zlib with dynamic and with fixed codes. Stored data follows below.
        let compressed = [
            """
            fZBBiwIxDIX/SskPmIrHMDMwrBfBvSjudSklYHHadJt015/vVBH1sse8l/c9kl5cnDNOVU9pTz+VRM0lzknwZgxQS0J2EgSTiySo\
            Hg/T5w7X3QpzYWXPM5jtZoDvNZgvKhI4DbDYYDYLLSSnN+WkmgWt1UXs+Kyu8xyty9n+hXOwImxbJZhJhErLfHCSGqkcqPwGT8f9\
            7klpmY4uLuaZ7iAvMPaNgFuRSuXljP+vcI8+GNtaI/f2BTTep/cnjVc=
            """,
            """
            sylOzM0psHIsLcnIC0otLE0tLlGoyM3JK7YCS9gqlRblWeUnFmcWW+Ul5qYWW5UkWwU7+vpYGekZWBUU5ZfkJ+fnKCl4utgqxRsp\
            KYSlFhVn5ufZKgGllRRcgKZl5iWWgEUySkoKiq309UuAgnr52SWJesn5ufqJBQX65ZnZmfrFxfn6ICuVFByLi1OLQHqc8/OKS3NT\
            i4JTi8oyk1NDg3wQpoD06KVWJOYW5KRCDEouVrKzAZlg5VlcXJpahOQN/L5IhNmnZAdSBjLZRh/JIDsIDzWQ7AA=
            """,
        ]
        for text in compressed {
            let response = ask("GET", path + "?SAMLRequest=" + PercentText.encoded(text), cookie)
            #expect(document(response).components(of: "InResponseTo=\"_2\"") == 2)
        }
        #expect(Inflate.inflated([1, 2, 0, 253, 255, 65, 66]) == Array("AB".utf8))
        #expect(Inflate.inflated([1, 2, 0, 0, 0, 65, 66]) == nil && Inflate.inflated([7]) == nil)
        let bad = ask("GET", path + "?SAMLRequest=AAAA", cookie)
        #expect(bad.status == 400)
    }

    @Test("SAML: an unassigned user gets no response, and a catalog app needs its addresses")
    func refuses() {
        let app = app()
        let cookie = cookie(app.id)
        let other = self.app()
        let link = { (app: TestOrg.Response) in TestOrg.path(app.json[path: "_links.appLinks"]?[0]?.text("href")) }
        #expect(ask("GET", link(other), cookie).status == 403)
        let catalog = org(
            "POST", "/api/v1/apps", ["name": "pagerduty", "label": "Pager", "signOnMode": "SAML_2_0"])
        let user = org("GET", "/api/v1/users/ada@example.com").id
        org("POST", "/api/v1/apps/\(catalog.id)/users", ["id": JSON(user)])
        #expect(ask("GET", link(catalog), cookie).status == 400)
        org("POST", "/api/v1/apps/\(app.id)/lifecycle/deactivate")
        #expect(ask("GET", link(app), cookie).status == 404)
    }

    @Test("Browsers: a sign-out ends the session of the cookie, and redirects only to allowed pages")
    func signsOut() {
        let cookie = cookie(app().id)
        let response = ask("GET", "/login/signout?fromURI=%2Fapp%2FUserHome", cookie)
        #expect(response.status == 302)
        #expect(response.header("location") == "https://test.okta.com/app/UserHome")
        #expect(response.header("set-cookie")?.contains("Max-Age=0") == true)
        #expect(ask("GET", "/api/v1/sessions/me", cookie).status == 404)
        let away = { ask("GET", "/login/signout?fromURI=https%3A%2F%2Fshop.example.com%2F").header("location") }
        #expect(away() == "https://test.okta.com/login/login.htm")
        org(
            "POST", "/api/v1/trustedOrigins",
            ["name": "Shop", "origin": "https://shop.example.com", "scopes": [["type": "REDIRECT"]]])
        #expect(away() == "https://shop.example.com/")
    }

    @Test("Browsers: a session signs in at the authorize endpoint, even with a used token")
    func signsInBySession() {
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Web", "signOnMode": "OPENID_CONNECT",
                "settings": [
                    "oauthClient": [
                        "application_type": "web", "grant_types": ["authorization_code"], "response_types": ["code"],
                        "redirect_uris": ["https://example.com/cb"],
                    ]
                ],
            ]
        ).id
        let cookie = cookie(app)
        let path =
            "/oauth2/v1/authorize?client_id=\(app)&response_type=code&scope=openid&state=s&prompt=none"
            + "&redirect_uri=https%3A%2F%2Fexample.com%2Fcb"
        let place = { (more: String, headers: [(name: String, value: String)]) in
            ask("GET", path + more, headers).header("location") ?? ""
        }
        #expect(place("", []).contains("error=login_required"))
        #expect(place("&sessionToken=spent", []).contains("error=login_required"))
        #expect(place("", cookie).contains("code="))
        #expect(place("&sessionToken=spent", cookie).contains("code="))
    }
}

extension String {
    /// Returns the number of occurrences of a text.
    fileprivate func components(of part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
#endif
