internal import HTTPTypes
package import OktaOAuth
package import OktaRuntime

/// A public client of an org's token endpoint, without a secret.
package struct PublicClient: Sendable {
    /// A client without a token.
    package let client: OktaClient
    /// The app's client authentication.
    package let authentication: ClientAuthentication
    private let orgURL: String
    private let session: DPoPSession?

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - session: The session that signs a proof for each token request; nil for none.
    ///   - caBundlePath: The file with the certificate authorities to trust; nil for the system's.
    ///   - transport: The transport; nil to create one.
    package init(
        orgURL: String, clientID: String, session: DPoPSession? = nil, caBundlePath: String? = nil,
        transport: (any HTTPTransport)? = nil
    ) throws(OktaError) {
        authentication = try .publicClient(clientID: clientID)
        self.session = session
        let authorization: any RequestAuthorization = session?.tokenRequests ?? NoCredentials()
        var configuration = try OktaConfiguration(orgURL: orgURL, authorization: authorization)
        configuration.caBundlePath = caBundlePath
        self.orgURL = configuration.orgURL
        client = try OktaClient(configuration: configuration, transport: transport)
    }

    /// Exchanges a grant for tokens.
    package func tokens(_ form: JSON, previous: SignInTokens? = nil) async throws(OktaError) -> SignInTokens {
        let response = try await response(to: form)
        // The expiry is computed with the org's clock.
        let clock = ServerClock()
        clock.observe(response.headers)
        guard
            let tokens = SignInTokens(
                try response.json(), orgURL: orgURL, clientID: authentication.clientID, now: clock.now,
                proofKey: session?.stored, previous: previous)
        else {
            throw .authorization(
                .init(message: "the org issued no token that can be used; check the org URL and any proxies"))
        }
        return tokens
    }

    /// Returns the response of the token endpoint.
    ///
    /// The catalog's action only authenticates the app, so the request is built here: it also needs the DPoP proof of
    /// the client's authorization.
    private func response(to form: JSON) async throws(OktaError) -> OktaResponse {
        var form = form
        form["client_id"] = JSON(authentication.clientID)
        do {
            return try await request(form)
        } catch {
            // The client retries once for a nonce, but may already have retried for the clock.
            guard session != nil, case .api(let failure) = error, failure.code == .useDPoPNonce else { throw error }
            return try await request(form)
        }
    }

    static let tokenPath = "/oauth2/v1/token"

    private func request(_ form: JSON) async throws(OktaError) -> OktaResponse {
        try await client.request(.post, RequestPath(stringLiteral: Self.tokenPath), body: .form(members: form))
    }
}

/// An authorization without credentials: the calls authenticate an app.
private struct NoCredentials: RequestAuthorization {
    var description: String { "no credentials" }

    func credentials(for request: HTTPRequest, in context: AuthorizationContext) -> HTTPFields { HTTPFields() }
}
