#if LocalOrg
import OktaRuntime

/// Client authentication at OAuth endpoints: a secret, a signed assertion, or only the id of a public client.
enum ClientAuthenticationCheck {
    private static let assertions = "oauth.assertions"
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    private static let failed = "Client authentication failed. Either the client or the client credentials are invalid."

    /// Returns the client of a request.
    ///
    /// - Parameter endpoint: The URL of the endpoint, the audience of assertions.
    static func client(
        _ call: Call, _ form: OAuthForm, endpoint: String, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OAuthClient {
        let basic = try basicCredentials(call)
        let assertion = form["client_assertion"]
        let secret = form["client_secret"]
        guard [basic != nil, assertion != nil, secret != nil].filter({ $0 }).count <= 1 else {
            throw .invalidRequest(
                "Cannot supply multiple client credentials. Use one of the following: credentials in the "
                    + "Authorization header, credentials in the post body, or a client_assertion in the post body.")
        }
        if let assertion {
            guard form["client_assertion_type"] == assertionType else {
                throw .invalidRequest("The client_assertion_type is invalid.")
            }
            return try client(assertion, form["client_id"], endpoint, &org)
        }
        guard let id = basic?.id ?? form["client_id"] else { throw .invalidClient("No client credentials found.") }
        guard let client = OAuthClient(id: id, org) else {
            throw .invalidClient("Invalid value for 'client_id' parameter.")
        }
        guard let sent = basic?.secret ?? secret else {
            guard client.method == "none" else { throw .invalidClient("No client credentials found.") }
            return client
        }
        // Okta accepts the secret in either place, regardless of the method that the app specifies.
        guard client.method == "client_secret_basic" || client.method == "client_secret_post" else {
            throw .invalidClient(failed)
        }
        guard client.secrets(org).contains(sent) else {
            throw .invalidClient("The client secret supplied for a confidential client is invalid.")
        }
        return client
    }

    private static func basicCredentials(_ call: Call) throws(OAuthRefusal) -> (id: String, secret: String)? {
        guard let header = call.request.header("authorization"), header.lowercased().hasPrefix("basic ") else {
            return nil
        }
        guard let bytes = Base64.decode(String(header.dropFirst(6))) else {
            throw .invalidClient("No client credentials found.")
        }
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .invalidClient("No client credentials found.") }
        return (
            PercentEncoding.decodeLeniently(parts[0].utf8, plusIsSpace: true),
            PercentEncoding.decodeLeniently(parts[1].utf8, plusIsSpace: true)
        )
    }

    // MARK: Assertions (RFC 7523)

    private static func client(
        _ text: String, _ clientID: String?, _ endpoint: String, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OAuthClient {
        guard let assertion = CompactToken(text) else {
            throw .invalidClient("The parsing of the client_assertion failed.")
        }
        guard let issuer = assertion.claims.text("iss"), assertion.claims.text("sub") == issuer,
            clientID == nil || clientID == issuer
        else { throw .invalidClient("The issuer and the subject of the client_assertion must be the client_id.") }
        guard let client = OAuthClient(id: issuer, org) else {
            throw .invalidClient("Invalid value for 'client_id' parameter.")
        }
        switch client.method {
        case "private_key_jwt": try verify(assertion, client.keys(org))
        case "client_secret_jwt":
            guard ClientSignature.isBySecret(assertion, client, org) else {
                throw .invalidClient("The client_assertion signature is invalid.")
            }
        default: throw .invalidClient(failed)
        }
        try checkTime(assertion, org.now)
        guard assertion.audiences == [endpoint] else {
            throw .invalidClient(
                "The audience claim for client_assertion must be the endpoint invoked for the request.")
        }
        try spend(assertion, of: client.id, &org)
        return client
    }

    private static func verify(_ assertion: CompactToken, _ keys: [JSON]) throws(OAuthRefusal) {
        guard let jwk = ClientSignature.key(of: assertion, among: keys) else {
            throw .invalidClient("The client_assertion JWT kid is invalid.")
        }
        guard let key = VerificationKey(jwk), key.verifies(assertion) else {
            throw .invalidClient("The client_assertion signature is invalid.")
        }
    }

    private static func checkTime(_ assertion: CompactToken, _ now: OrgTime) throws(OAuthRefusal) {
        guard let expiry = assertion.seconds("exp") else {
            throw .invalidClient("The client_assertion token must have an expiration.")
        }
        guard expiry > now.seconds else { throw .invalidClient("The client_assertion token is expired.") }
        guard expiry <= now.seconds + 3600 else {
            throw .invalidClient("The client_assertion token has an expiration too far into the future.")
        }
    }

    /// Consumes the id of an assertion. It counts as used from the first request on, even if that fails.
    private static func spend(_ assertion: CompactToken, of client: String, _ org: inout OrgState) throws(OAuthRefusal)
    {
        guard let id = assertion.claims.text("jti") else { return }
        let expiry = assertion.seconds("exp") ?? 0
        guard UsedIDs.spend("\(client)/\(id)", until: expiry, kind: assertions, &org) else {
            throw .invalidClient("The client_assertion token has already been used.")
        }
    }
}

/// One-time ids, each kept until its token expires.
enum UsedIDs {
    /// Consumes an id and returns whether it was new.
    static func spend(_ id: String, until expiry: Int, kind: String, _ org: inout OrgState) -> Bool {
        guard org.tables[kind][id] == nil else { return false }
        org.tables[kind][id] = JSON(expiry)
        OAuthStore.prune(kind, &org) { $0.int }
        return true
    }
}
#endif
