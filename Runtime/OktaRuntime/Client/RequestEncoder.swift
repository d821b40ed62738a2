internal import HTTPTypes

/// Encodes a call as an HTTP request to the org: validates it and adds all header fields. Credentials are included only
/// if they are the same for every call.
///
/// The URL is always the configured origin plus the call's path, so that credentials cannot be sent to another host. A
/// few calls go to a subdomain of the org's own host under an Okta domain, which no one else can register.
struct RequestEncoder: Sendable {
    let configuration: OktaConfiguration
    /// The client's `User-Agent`, which a call may override.
    let userAgent: String
    /// The client's credentials, if they are the same for every call; `nil` otherwise.
    let fixedCredentials: HTTPFields?
    /// The header fields shared by most calls.
    private let usualFields: HTTPFields
    /// The same fields with the fixed credentials.
    private let signedFields: HTTPFields

    init(configuration: OktaConfiguration) throws(OktaError) {
        let suffix = configuration.userAgentSuffix
        guard suffix?.isPrintableASCII ?? true else {
            throw .configuration(
                .init(message: "userAgentSuffix contains a character outside printable ASCII"))
        }
        self.configuration = configuration
        userAgent = RuntimeVersion.userAgent(suffix: suffix)
        usualFields = [.accept: MediaType.json.rawValue, .userAgent: userAgent]
        fixedCredentials = (configuration.authorization as? any FixedAuthorization)?.fixedFields
        signedFields = usualFields + (fixedCredentials ?? [:])
    }

    func encode(_ request: OktaRequest, _ options: Shared<OktaClient.Options>) throws(OktaError) -> TransportRequest {
        if let fault = request.path.fault ?? request.query.fault { throw .invalidRequest(fault) }
        let prefixed = try request.hostPrefix.map { prefix throws(OktaError) in
            try configuration.origin.prefixed(by: prefix).authority
        }
        let body = try request.body.encoded()

        var fields = request.credentials.usesClientAuthorization ? signedFields : usualFields
        if request.accept != .json { try set(.accept, Self.accepted(request.accept), in: &fields) }
        if let contentType = body?.contentType { try set(.contentType, contentType.rawValue, in: &fields) }
        try request.headers.apply(to: &fields)
        try options.value.headers.apply(to: &fields)

        var timeouts = configuration.timeouts
        if let timeout = options.value.timeout { timeouts.total = timeout }
        return TransportRequest(
            head: HTTPRequest(
                method: request.method,
                scheme: configuration.origin.scheme,
                authority: prefixed ?? configuration.origin.authority,
                path: request.target,
                headerFields: fields
            ),
            body: body?.bytes,
            streamedBody: body?.stream,
            timeouts: timeouts,
            maximumResponseBytes: configuration.maximumResponseBytes
        )
    }

    /// Returns the `Accept` value for a media type. Okta's document states `text/xml` although responses are
    /// `application/xml`; both are XML (RFC 7303).
    private static func accepted(_ type: MediaType) -> String {
        type.rawValue == "text/xml" ? "text/xml, application/xml" : type.rawValue
    }

    private func set(_ name: HTTPField.Name, _ value: String, in fields: inout HTTPFields) throws(OktaError) {
        guard value.isPrintableASCII else {
            throw .invalidRequest("the \(name.rawName) is not a media type")
        }
        fields[name] = value
    }
}

/// The version and the `User-Agent` of the client.
package enum RuntimeVersion {
    /// The version of this package.
    package static let current = "0.1.0"

    /// Returns the `User-Agent`: the package, language and system, followed by the program's suffix.
    static func userAgent(suffix: String?) -> String {
        let base = "okta-swift/\(current) swift/\(language) \(system)"
        guard let suffix, !suffix.isEmpty else { return base }
        return "\(base) \(suffix)"
    }

    private static var language: String {
        #if compiler(>=6.4)
        "6.4"
        #elseif compiler(>=6.3)
        "6.3"
        #elseif compiler(>=6.2)
        "6.2"
        #else
        "6.1"
        #endif
    }

    private static var system: String {
        #if os(Linux)
        "linux"
        #elseif os(macOS)
        "macos"
        #else
        "other"
        #endif
    }
}
