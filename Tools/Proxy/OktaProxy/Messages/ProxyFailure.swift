#if Proxy
package import HTTPTypes
package import OktaRuntime

/// An error of the proxy itself in the form of Okta's errors, so that every client can read it.
///
/// The field `X-Okta-Proxy-Error` distinguishes it from an error of the org. Its texts contain no header field, body
/// or credential.
package struct ProxyFailure: Error, Sendable, Hashable {
    /// The kind of an error, as in the header field and the error code.
    package enum Kind: String, Sendable, CaseIterable {
        case malformedRequest = "MALFORMED_REQUEST"
        case headTooLarge = "HEAD_TOO_LARGE"
        case requestTimeout = "REQUEST_TIMEOUT"
        case foreignHost = "FOREIGN_HOST"
        case unknownHostName = "UNKNOWN_HOST_NAME"
        case noTunnels = "NO_TUNNELS"
        case methodNotAllowed = "METHOD_NOT_ALLOWED"
        case secretNeeded = "SECRET_NEEDED"
        case clientName = "CLIENT_NAME"
        case notFound = "NOT_FOUND"
        case waitTooLong = "WAIT_TOO_LONG"
        case stopping = "STOPPING"
        case overloaded = "OVERLOADED"
        case noCredentials = "NO_CREDENTIALS"
        case orgUnreachable = "ORG_UNREACHABLE"
        case orgTimeout = "ORG_TIMEOUT"
        case orgResponse = "ORG_RESPONSE"
        case withheld = "WITHHELD"

        /// The status of the response.
        package var status: HTTPResponse.Status {
            switch self {
            case .malformedRequest, .clientName: .badRequest
            case .headTooLarge: .requestHeaderFieldsTooLarge
            case .requestTimeout: .requestTimeout
            case .foreignHost: .forbidden
            case .unknownHostName: .misdirectedRequest
            case .noTunnels, .methodNotAllowed: .methodNotAllowed
            case .secretNeeded: .unauthorized
            case .notFound: .notFound
            case .waitTooLong: .tooManyRequests
            case .stopping, .overloaded: .serviceUnavailable
            case .noCredentials, .orgUnreachable, .orgResponse, .withheld: .badGateway
            case .orgTimeout: .gatewayTimeout
            }
        }
    }

    /// The header field with the kind, which the org's responses never have.
    package static let field = "X-Okta-Proxy-Error"

    package var kind: Kind
    /// The error, and what to do about it.
    package var summary: String
    /// The seconds to wait before a retry; nil if a retry does not help.
    package var retryAfter: Int?

    package init(_ kind: Kind, _ summary: String, retryAfter: Int? = nil) {
        self.kind = kind
        self.summary = summary
        self.retryAfter = retryAfter
    }

    /// The head of the response.
    package var head: HTTPResponse {
        var fields = HTTPFields()
        fields.add("Content-Type", "application/json")
        fields.add("Cache-Control", "no-store")
        fields.add(Self.field, kind.rawValue)
        if let retryAfter { fields.add("Retry-After", String(retryAfter)) }
        if kind == .secretNeeded { fields.add("WWW-Authenticate", "SSWS realm=\"okta proxy\"") }
        if kind == .noTunnels || kind == .methodNotAllowed {
            fields.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        }
        return HTTPResponse(status: kind.status, headerFields: fields)
    }

    /// The body of the response in the form of Okta's errors.
    package var body: [UInt8] {
        let code = "PROXY_\(kind.rawValue)"
        let json: JSON = [
            "errorCode": JSON(code), "errorSummary": JSON(summary), "errorLink": JSON(code), "errorId": "okta-proxy",
            "errorCauses": JSON([]),
        ]
        return json.bytes
    }
}

extension ProxyFailure {
    /// Creates the error of a call without a response of the org; nil if the client has disconnected.
    package init?(_ error: OktaError) {
        switch error {
        case .cancelled:
            return nil
        case .rateLimited(let failure):
            let seconds = failure.wait.map { max(1, Int($0.components.seconds) + 1) }
            self.init(
                .waitTooLong,
                "\(failure.event). Repeat the call after the seconds of Retry-After, make fewer calls at once, or start "
                    + "okta proxy with a longer --max-wait or without it.",
                retryAfter: seconds ?? 60)
        case .transport(let failure):
            guard failure.error.kind != .cancelled else { return nil }
            self.init(failure)
        case .authorization:
            self.init(.noCredentials, error.description)
        case .invalidRequest, .configuration:
            self.init(.malformedRequest, error.description)
        default:
            self.init(.orgResponse, error.description)
        }
    }

    private init(_ failure: OktaError.TransportFailure) {
        let text = failure.description
        switch failure.error.kind {
        case .timedOut: self.init(.orgTimeout, text)
        case .bodyFailed: self.init(.requestTimeout, "the body of the request did not arrive completely")
        case .invalidRequest: self.init(.malformedRequest, text)
        case .shutDown: self.init(.stopping, "the proxy is stopping", retryAfter: 1)
        case .malformedResponse, .responseTooLarge, .truncatedResponse: self.init(.orgResponse, text)
        default: self.init(.orgUnreachable, text)
        }
    }
}
#endif
