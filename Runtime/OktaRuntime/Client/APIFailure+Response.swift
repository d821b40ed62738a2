internal import HTTPTypes

extension APIFailure {
    /// The failure that an answer of another status than 2xx is.
    ///
    /// - Parameter request: What was sent; its action's scopes are of interest where the org allows something else, and
    ///   its body where the org does not understand it.
    init(_ response: OktaResponse, to request: OktaRequest) {
        self.init(response)
        if isInsufficientScope || status == .forbidden {
            requiredScopes = request.scopes.names(request)
        }
        if code == .validationFailed || code == .malformedBody {
            hasUnsupportedCharacters = request.body.hasFourByteCharacters
        }
    }

    /// The failure that an answer of another status than 2xx is, whatever was asked for.
    init(_ response: OktaResponse) {
        // The server's own words for the status are foreign text that nobody needs.
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
    /// Whether it is JSON with a character of four bytes in UTF-8, which is more than Okta supports.
    fileprivate var hasFourByteCharacters: Bool {
        guard case .json(let value) = content else { return false }
        // Only those begin with such a byte.
        return value.bytes.contains { $0 >= 0xF0 }
    }
}
