internal import HTTPTypes

extension HTTPFields {
    /// Returns Okta's request id for observers; `nil` if it does not look like an id or overlaps with a credential that
    /// was sent.
    func requestID(without credentials: HTTPFields) -> String? {
        guard let id = statedRequestID.flatMap(ForeignText.identifier) else { return nil }
        // Shorter ids reveal nothing.
        guard id.utf8.count >= 8 else { return id }
        let isSecret = credentials.contains { field in
            field.value.contains(id) || field.value.split(separator: " ").contains { $0.count >= 8 && id.contains($0) }
        }
        return isSecret ? nil : id
    }
}

extension Secrets {
    /// Creates the values to redact in quoted text from the server.
    ///
    /// - Parameters:
    ///   - credentials: The header fields that authenticated the call.
    ///   - request: The call, whose body may contain a password or a secret.
    ///   - others: The secrets that apply to all calls.
    init(credentials: HTTPFields, request: OktaRequest, others: Secrets) {
        self = others
        add(credentials)
        switch request.body.content {
        case .json(let value): add(bodyOf: value)
        case .form(let values): add(form: values.encoded)
        case .none, .bytes, .multipart, .file, .stream: break
        }
    }

    private mutating func add(form: String) {
        for field in form.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1).map { PercentEncoding.decode($0) ?? String($0) }
            guard parts.count == 2 else { continue }
            add(bodyOf: JSON(members: [(parts[0], JSON(parts[1]))]))
            if Self.codesOfForms.contains(parts[0]) { add(parts[1]) }
        }
    }

    /// OAuth 2.0 parameters that can be exchanged for a token, although their names do not suggest it.
    private static let codesOfForms: Set<String> = [
        "code", "code_verifier", "device_code", "oob_code", "otp", "auth_req_id",
    ]

    /// Creates the secrets of a configuration other than the credentials of its calls: the passwords of a proxy and of
    /// a key file.
    init(_ configuration: OktaConfiguration) {
        self.init()
        for proxy in configuration.proxy.map({ [$0] }) ?? ProxyWords.ofEnvironment { add(proxy: proxy) }
        if let password = configuration.clientCertificate?.privateKeyPassword { add(password) }
    }
}

extension OktaError.APIFailure {
    /// Creates the failure for a response with a status other than 2xx.
    ///
    /// - Parameter request: The request that was sent. The advice depends on its scopes and credentials if the org
    ///   refuses access, and on its body if the org cannot parse it.
    init(_ response: OktaResponse, to request: OktaRequest) {
        self.init(response)
        let only = request.credentials.onlyToken
        if status == .unauthorized || status == .forbidden, !isForeignPage, let sent = response.token, sent != only {
            neededToken = only
        }
        if isInsufficientScope || status == .forbidden || neededToken != nil {
            requiredScopes = request.scopes.names
        }
        if code == .validationFailed || code == .malformedBody {
            hasUnsupportedCharacters = request.body.hasFourByteCharacters
        }
    }

    /// Creates the failure for a response with a status other than 2xx, without knowledge of the request.
    init(_ response: OktaResponse) {
        // The reason phrase is dropped: it is untrusted text without a use.
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
        // Lead bytes of four-byte sequences are 0xF0 and above.
        return value.bytes.contains { $0 >= 0xF0 }
    }
}
