internal import HTTPTypes

/// The credentials of a call's attempts.
extension CallExecutor {
    /// Credentials that the request has before it is signed; nil for those of single attempts.
    var fixedCredentials: HTTPFields? {
        request.credentials.areOfClient ? core.encoder.fixedCredentials : nil
    }

    /// Whether the authorization may change its credentials after a response.
    var mayHaveNewCredentials: Bool { request.credentials.areOfClient && core.encoder.fixedCredentials == nil }

    /// Adds the credentials of an attempt, last, so that no header field of the call can replace them.
    ///
    /// - Parameter secrets: Gets those that an error must not repeat besides the credentials.
    func sign(_ signed: inout TransportRequest, _ secrets: inout Secrets) async throws(OktaError) -> HTTPFields {
        let credentials: HTTPFields
        switch request.credentials {
        case .org, .accessToken, .apiToken:
            credentials = try await core.configuration.authorization.credentials(for: signed.head, in: context())
        case .anonymous:
            return HTTPFields()
        case .client(let authentication):
            let result = try ClientCredentialsEncoder(authentication: authentication, request: request)
                .apply(to: &signed, at: core.context.clock.now)
            credentials = result.fields
            secrets.add(result.secrets)
        }
        signed.head.headerFields.replace(with: credentials)
        return credentials
    }

    /// Whether another attempt would have new credentials; only once per call.
    func hasNewCredentials(
        after response: TransportResponse, _ error: ErrorResponse?, to sent: HTTPRequest
    ) async -> Bool {
        let review = await core.configuration.authorization.refresh(
            after: response, to: sent, in: context(error: error))
        return review == .refreshed && !didRefreshCredentials
    }

    /// The parts of the client for the authorization, with what it may know about this call.
    private func context(error: ErrorResponse? = nil) -> AuthorizationContext {
        var context = core.context
        context.deadline = deadline
        context.error = error
        return context
    }
}
