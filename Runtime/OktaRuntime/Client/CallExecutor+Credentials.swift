internal import HTTPTypes

/// The credentials of a call's attempts.
extension CallExecutor {
    /// The credentials that are part of the encoded request; `nil` if they are added for every attempt.
    var fixedCredentials: HTTPFields? {
        request.credentials.usesClientAuthorization ? core.encoder.fixedCredentials : nil
    }

    /// Whether the authorization may change its credentials after a response.
    var mayHaveNewCredentials: Bool {
        request.credentials.usesClientAuthorization && core.encoder.fixedCredentials == nil
    }

    /// Adds the credentials of an attempt. They are added last, so that no header field of the call can replace them.
    ///
    /// - Parameter secrets: Receives further secrets of the attempt that an error must not contain.
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

    /// Returns whether another attempt would have new credentials. True at most once per call.
    func hasNewCredentials(
        after response: TransportResponse, _ error: ErrorResponse?, to sent: HTTPRequest
    ) async -> Bool {
        let review = await core.configuration.authorization.refresh(
            after: response, to: sent, in: context(error: error))
        return review == .refreshed && !didRefreshCredentials
    }

    /// Returns the client's context for the authorization, with the deadline and error of this call.
    private func context(error: ErrorResponse? = nil) -> AuthorizationContext {
        var context = core.context
        context.deadline = deadline
        context.error = error
        return context
    }
}
