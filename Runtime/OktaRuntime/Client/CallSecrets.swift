internal import HTTPTypes

extension HTTPFields {
    /// Okta's request id, for observers; nil when it does not look like one, or overlaps with a credential that was
    /// sent.
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
    /// The values to redact when the server's text is quoted.
    ///
    /// - Parameters:
    ///   - credentials: The header fields that authenticated the call.
    ///   - request: The call, whose body may hold a password or a secret.
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
        }
    }

    /// The secrets of a configuration other than the credentials of its calls: the passwords of a proxy and of a key
    /// file.
    init(_ configuration: OktaConfiguration) {
        self.init()
        for proxy in configuration.proxy.map({ [$0] }) ?? ProxyWords.ofEnvironment { add(proxy: proxy) }
        if let password = configuration.clientCertificate?.privateKeyPassword { add(password) }
    }
}
