internal import HTTPTypes

extension HTTPFields {
    /// Okta's id of the request, for observers: nil where it is not made like one, or has to do with what was sent.
    func requestID(without credentials: HTTPFields) -> String? {
        guard let id = statedRequestID.flatMap(ForeignText.identifier) else { return nil }
        // Shorter ones give nothing away.
        guard id.utf8.count >= 8 else { return id }
        let isSecret = credentials.contains { field in
            field.value.contains(id) || field.value.split(separator: " ").contains { $0.count >= 8 && id.contains($0) }
        }
        return isSecret ? nil : id
    }
}

extension Secrets {
    /// What the server that answers a call must not be quoted with.
    ///
    /// - Parameters:
    ///   - credentials: The header fields that signed it in.
    ///   - request: The call, whose body may hold a password or a secret.
    ///   - others: What holds for all calls.
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

    /// What a configuration holds beside the credentials of its calls: the password of a proxy, and of a key file.
    init(_ configuration: OktaConfiguration) {
        self.init()
        for proxy in configuration.proxy.map({ [$0] }) ?? ProxyWords.ofEnvironment { add(proxy: proxy) }
        if let password = configuration.clientCertificate?.privateKeyPassword { add(password) }
    }
}
