import OktaRuntime

/// The content of a SAML response, from an app's settings and the user who signs in.
struct SAMLContent: Sendable {
    let issuer: String
    /// The URL that the browser posts the response to.
    let address: String
    let recipient: String
    let destination: String
    let audience: String
    let subject: String
    let subjectFormat: String
    let context: String
    let relayState: String
    let attributes: [Attribute]
    let signsResponse: Bool
    let signsAssertion: Bool
    let usesSHA1: Bool
    /// The id of the `AuthnRequest` that is answered.
    let request: String?

    struct Attribute: Sendable {
        let name: String
        let format: String
        let values: [String]
    }

    private static let unspecifiedName = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
    private static let unspecifiedAttribute = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"

    /// Throws if the app has no URL to send responses to. An app of the Okta Integration Network needs its overrides,
    /// since only Okta knows its URLs.
    init(
        _ app: JSON, _ template: AppTemplate, request: SAMLRequest?, relayState: String?
    ) throws(OrgFault) {
        let settings = app[path: "settings.signOn"] ?? .emptyObject
        func setting(_ name: String) -> String? {
            settings.text(name + "Override") ?? settings.text(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let own = setting("ssoAcsUrl"), let audience = setting("audience") else {
            throw .invalid(
                "settings.signOn",
                "ssoAcsUrl: The app has no address for responses and no audience. Set ssoAcsUrlOverride and "
                    + "audienceOverride."
            )
        }
        let others = (settings["acsEndpoints"]?.elements ?? [])
        let asked = others.first { endpoint in
            settings["allowMultipleAcsEndpoints"]?.bool == true
                && (endpoint.text("url") == request?.address
                    || request?.index != nil && endpoint["index"]?.int == request?.index)
        }?.text("url")
        address = asked ?? own
        recipient = asked ?? setting("recipient") ?? own
        destination = asked ?? setting("destination") ?? own
        self.audience = audience
        issuer = AppKeys.issuer(of: app)
        subject = template.text(settings.text("subjectNameIdTemplate") ?? "${user.userName}") ?? template.userName ?? ""
        subjectFormat = settings.text("subjectNameIdFormat") ?? Self.unspecifiedName
        context =
            settings.text("authnContextClassRef")
            ?? "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
        self.relayState = relayState ?? settings.text("defaultRelayState") ?? ""
        let statements =
            (settings["attributeStatements"]?.elements ?? [])
            + (settings["configuredAttributeStatements"]?.elements ?? [])
        attributes = statements.compactMap { Self.attribute($0, template) }
        // An unsigned assertion proves nothing.
        signsAssertion = settings["assertionSigned"]?.bool ?? true
        signsResponse = settings["responseSigned"]?.bool ?? true
        usesSHA1 = settings.text("signatureAlgorithm") == "RSA_SHA1"
        self.request = request?.id
    }

    /// Returns the attribute of a statement; nil if it has no values.
    private static func attribute(_ statement: JSON, _ template: AppTemplate) -> Attribute? {
        guard let name = statement.text("name") else { return nil }
        let values: [String]
        if statement.text("type") == "GROUP" {
            let wanted = statement.text("filterValue") ?? ""
            values = UserScope(user: template.user, org: template.org).groupNames().map(\.name).filter { group in
                switch statement.text("filterType") {
                case "EQUALS": group == wanted
                case "CONTAINS": group.contains(wanted)
                case "REGEX": PatternCache.matches(group, wanted)
                default: group.hasPrefix(wanted)
                }
            }
        } else {
            values = (statement["values"]?.elements ?? []).compactMap(\.string).flatMap { text -> [String] in
                let value = text.contains("${") ? template.text(text).map { .text($0) } : template.value(text)
                switch value {
                case .list(let list)?: return list.compactMap(\.text)
                case let value?: return value.text.map { [$0] } ?? []
                case nil: return []
                }
            }
        }
        guard !values.isEmpty else { return nil }
        return Attribute(name: name, format: statement.text("namespace") ?? unspecifiedAttribute, values: values)
    }
}

/// A service provider's `AuthnRequest` (SAML 2.0).
struct SAMLRequest: Sendable {
    let id: String?
    /// The URL that it requests the response at.
    let address: String?
    let index: Int?

    /// Reads the start tag of the request; nil if the text is not a SAML 2.0 `AuthnRequest`.
    init?(xml: String) {
        guard let end = xml.firstRange(of: "AuthnRequest")?.upperBound else { return nil }
        var attributes: [String: String] = [:]
        var rest = xml[end...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            let name = rest.prefix { $0.isLetter || $0.isNumber || ":-_.".contains($0) }
            guard !name.isEmpty else { break }
            rest = rest.dropFirst(name.count).drop(while: \.isWhitespace)
            guard rest.popFirst() == "=" else { return nil }
            rest = rest.drop(while: \.isWhitespace)
            guard let quote = rest.popFirst(), quote == "\"" || quote == "'", let close = rest.firstIndex(of: quote)
            else { return nil }
            var value = String(rest[..<close])
            for (entity, text) in [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&amp;", "&")] {
                value = value.replacing(entity, with: text)
            }
            attributes[String(name)] = value
            rest = rest[rest.index(after: close)...]
        }
        guard attributes["Version"] == "2.0" else { return nil }
        id = attributes["ID"]
        address = attributes["AssertionConsumerServiceURL"]
        index = attributes["AssertionConsumerServiceIndex"].flatMap { Int($0) }
    }
}
