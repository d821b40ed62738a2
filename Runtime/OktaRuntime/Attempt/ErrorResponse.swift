internal import HTTPTypes

/// The error in a response with a status other than 2xx, in Okta's format, in that of OAuth 2.0 or of Okta's edge, or
/// in an unknown one. It is parsed once, when the response arrives. All texts are safe to display.
///
/// It is a class, so that a response stores one reference, which is `nil` for 2xx.
package final class ErrorResponse: Sendable {
    /// The reason why a server rejects an access token: `Bearer error="insufficient_scope", scope="okta.users.read"`.
    package struct Challenge: Sendable, Hashable {
        package let error: OktaErrorCode
        package let summary: String?
        package let scopes: [String]
    }

    /// Okta's code, or the OAuth error, in the body.
    package let code: OktaErrorCode?
    /// The server's message for people.
    package let summary: String?
    /// The first causes, at most ``maximumCauses``.
    package let causes: [String]
    /// The number of further causes.
    package let omittedCauseCount: Int
    package let errorID: String?
    package let requestID: String?
    /// The challenges in the header, in order.
    package let challenges: [Challenge]
    /// Whether the body is a JSON object.
    package let isReadable: Bool
    /// Whether this is the response that Okta's edge sends for a host without an org.
    package let isUnknownOrg: Bool
    /// Whether the response is a web page that no org sent.
    package let isForeignPage: Bool
    /// The wait that the server requests; `nil` if it requests none.
    package let retryAfter: Duration?

    /// The maximum number of causes to keep.
    static let maximumCauses = 20
    /// The maximum size of a body to parse. No server describes an error at such length.
    private static let maximumBytes = 16 << 20

    /// Parses a response.
    ///
    /// - Parameters:
    ///   - clock: The server's clock, for a `Retry-After` that is a date.
    ///   - secrets: The values to redact in texts.
    package init(_ response: TransportResponse, clock: ServerClock, without secrets: Secrets) {
        let fields = response.head.headerFields
        let status = response.head.status.code
        func shown(_ text: String?, _ limit: Int) -> String? {
            text.map { ForeignText.shown($0, limit: limit, without: secrets) }
        }
        func name(_ text: String?) -> String? { shown(text, ForeignText.nameLimit) }
        func sentence(_ text: String?) -> String? { shown(text, ForeignText.sentenceLimit) }

        let json = response.body.count <= Self.maximumBytes ? try? JSON(parsing: response.body) : nil
        let body = json?.kind == .object ? json : nil
        let isOktaError = body?[string: "errorCode"] != nil
        let isOAuthError = !isOktaError && body?[string: "error"] != nil
        requestID = name(fields.statedRequestID)
        code = name(body?[string: isOktaError ? "errorCode" : "error"]).map(OktaErrorCode.init(rawValue:))
        summary = sentence(
            body?[string: isOktaError ? "errorSummary" : isOAuthError ? "error_description" : "message"])
        errorID = isOktaError ? name(body?[string: "errorId"]) : nil
        let stated = isOktaError ? body?["errorCauses"] : nil
        let texts = (stated?.prefix(Self.maximumCauses) ?? []).compactMap { $0[string: "errorSummary"] ?? $0.string }
        causes = texts.map { ForeignText.shown($0, without: secrets) }
        omittedCauseCount = max(0, (stated?.kind == .array ? stated?.count ?? 0 : 0) - Self.maximumCauses)
        challenges = fields[values: .wwwAuthenticate].prefix(4).compactMap { value in
            // The rest of a longer field is ignored.
            let parameters = ChallengeParameters(String(value.prefix(4096)))
            guard let error = name(parameters["error"]) else { return nil }
            let scopes = (parameters["scope"] ?? "").split(separator: " ").prefix(Self.maximumCauses)
            return Challenge(
                error: OktaErrorCode(rawValue: error), summary: sentence(parameters["error_description"]),
                scopes: scopes.compactMap { name(String($0)) })
        }
        isReadable = body != nil
        // The response for a host under Okta's domains without an org has neither code nor request id.
        isUnknownOrg = status == 404 && requestID == nil && !isOktaError && !isOAuthError && body?[int: "status"] == 404
        // Every response of an org has a request id.
        isForeignPage = json == nil && requestID == nil && fields.declaresPage
        retryAfter = RetryAfter(fields, now: clock)?.wait
    }
}

extension JSON {
    /// Returns the first elements of an array; empty for any other type.
    fileprivate func prefix(_ count: Int) -> [JSON] {
        (0..<min(count, self.count)).compactMap { self[$0] }
    }
}

extension HTTPFields {
    /// Whether the body is declared to be HTML.
    fileprivate var declaresPage: Bool { self[.contentType]?.lowercased().hasPrefix("text/html") ?? false }
}

/// The `name="value"` pairs of a `WWW-Authenticate` header.
package struct ChallengeParameters {
    private var values: [String: String] = [:]

    package init(_ text: String) {
        var rest = Substring(text)
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).last ?? ""
            rest = rest[rest.index(after: equals)...]
            let value: String
            if rest.first == "\"" {
                value = rest.takeQuotedString()
            } else {
                let end = rest.firstIndex { $0 == "," || $0 == " " } ?? rest.endIndex
                value = String(rest[..<end])
                rest = rest[end...]
            }
            let key = name.lowercased()
            if values[key] == nil { values[key] = value }
        }
    }

    package subscript(name: String) -> String? { values[name] }
}

extension Substring {
    /// Parses a leading quoted string of a header field (RFC 9110) and returns its unescaped content. An unterminated
    /// string extends to the end of the text. Without a leading quotation mark, nothing is consumed.
    mutating func takeQuotedString() -> String {
        guard first == "\"" else { return "" }
        removeFirst()
        var value = ""
        while let character = popFirst(), character != "\"" {
            if character == "\\", let escaped = popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return value
    }
}
