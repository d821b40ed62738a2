internal import HTTPTypes

extension APIFailure {
    /// Creates the failure for a response with a status other than 2xx.
    ///
    /// - Parameter request: The request that was sent. Its action's scopes matter when the org refuses access, its body
    ///   when the org cannot parse it.
    init(_ response: OktaResponse, to request: OktaRequest) {
        self.init(response)
        if isInsufficientScope || status == .forbidden {
            requiredScopes = request.scopes.names(request)
        }
        if code == .validationFailed || code == .malformedBody {
            hasUnsupportedCharacters = request.body.hasFourByteCharacters
        }
    }

    /// Creates the failure for a response with a status other than 2xx, without knowledge of the request.
    init(_ response: OktaResponse) {
        // The server's reason phrase is untrusted text that nobody needs.
        self.init(status: .init(code: response.status.code), method: response.method, path: response.path)
        rateLimit = response.rateLimit
        previousAttempts = response.previousAttempts
        guard let error = response.error else {
            requestID = response.requestID
            return
        }
        code = error.code
        summary = error.summary
        causes = error.causes
        omittedCauseCount = error.omittedCauseCount
        errorID = error.errorID
        requestID = error.requestID
        isUnknownOrg = error.isUnknownOrg
        isForeignPage = error.isForeignPage
        retryAfter = error.retryAfter
        for challenge in error.challenges {
            code = code ?? challenge.error
            challengeError = challenge.error
            summary = summary ?? challenge.summary
            guard challenge.error == .insufficientScope else { continue }
            isInsufficientScope = true
            if !challenge.scopes.isEmpty { missingScopes = challenge.scopes }
        }
    }
}

extension RequestBody {
    /// Whether the body is JSON with a character that takes four bytes in UTF-8, which Okta does not support.
    fileprivate var hasFourByteCharacters: Bool {
        guard case .json(let value) = content else { return false }
        // Only four-byte sequences begin with such a byte.
        return value.bytes.contains { $0 >= 0xF0 }
    }
}
