internal import HTTPTypes

/// What an answer of another status than 2xx says, in any of the shapes in which errors come: Okta's own, OAuth's, the
/// edge's, and none at all. Read once, when the answer arrives; all its texts are fit to be shown.
///
/// A class, so that an answer carries one reference, which is nil for those of 2xx.
package final class ErrorResponse: Sendable {
    /// Why a server refuses an access token: `Bearer error="insufficient_scope", scope="okta.users.read"`.
    package struct Challenge: Sendable, Hashable {
        package let error: OktaErrorCode
        package let summary: String?
        package let scopes: [String]
    }

    /// Okta's code, or the OAuth error, of the body.
    package let code: OktaErrorCode?
    /// The server's sentence for people.
    package let summary: String?
    /// What exactly was wrong; the first few, when there are many.
    package let causes: [String]
    /// How many more causes there were.
    package let omittedCauseCount: Int
    package let errorID: String?
    package let requestID: String?
    /// The header's reasons, in order.
    package let challenges: [Challenge]
    /// Whether the body is a JSON object.
    package let isReadable: Bool
    /// Whether the answer is the one that Okta's edge gives for a host that is no org.
    package let isUnknownOrg: Bool
    /// Whether the answer is a page for browsers that no org gave.
    package let isForeignPage: Bool
    /// How long the server wants the next attempt to wait; nil when it does not say.
    package let retryAfter: Duration?

    /// The most causes that are kept.
    static let maximumCauses = 20
    /// Longer bodies are not read: no server has so much to say of an error.
    private static let maximumBytes = 16 << 20

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - clock: The server's time, for a `Retry-After` that is a date.
    ///   - secrets: What must not come back in a text.
    package init(_ answer: TransportResponse, clock: ServerClock, without secrets: Secrets) {
        let fields = answer.head.headerFields
        let status = answer.head.status.code
        func shown(_ text: String?, _ limit: Int) -> String? {
            text.map { ForeignText.shown($0, limit: limit, without: secrets) }
        }
        func name(_ text: String?) -> String? { shown(text, ForeignText.nameLimit) }
        func sentence(_ text: String?) -> String? { shown(text, ForeignText.sentenceLimit) }

        let json = answer.body.count <= Self.maximumBytes ? try? JSON(parsing: answer.body) : nil
        let body = json?.kind == .object ? json : nil
        let isOktas = body?[string: "errorCode"] != nil
        let isOAuths = !isOktas && body?[string: "error"] != nil
        requestID = name(fields.statedRequestID)
        code = name(body?[string: isOktas ? "errorCode" : "error"]).map(OktaErrorCode.init(rawValue:))
        summary = sentence(
            body?[string: isOktas ? "errorSummary" : isOAuths ? "error_description" : "message"])
        errorID = isOktas ? name(body?[string: "errorId"]) : nil
        let stated = isOktas ? body?["errorCauses"] : nil
        let texts = (stated?.prefix(Self.maximumCauses) ?? []).compactMap { $0[string: "errorSummary"] ?? $0.string }
        causes = texts.map { ForeignText.shown($0, without: secrets) }
        omittedCauseCount = max(0, (stated?.kind == .array ? stated?.count ?? 0 : 0) - Self.maximumCauses)
        challenges = fields[values: .wwwAuthenticate].prefix(4).compactMap { value in
            // Nobody has more to say in a header field.
            let parameters = ChallengeParameters(String(value.prefix(4096)))
            guard let error = name(parameters["error"]) else { return nil }
            let scopes = (parameters["scope"] ?? "").split(separator: " ").prefix(Self.maximumCauses)
            return Challenge(
                error: OktaErrorCode(rawValue: error), summary: sentence(parameters["error_description"]),
                scopes: scopes.compactMap { name(String($0)) })
        }
        isReadable = body != nil
        // What a host under Okta's domains answers when it is nobody's org: neither code nor request id.
        isUnknownOrg = status == 404 && requestID == nil && !isOktas && !isOAuths && body?[int: "status"] == 404
        // Whatever an org answers has a request id.
        isForeignPage = json == nil && requestID == nil && fields.declaresPage
        retryAfter = RetryAfter(fields, now: clock)?.wait
    }
}

extension JSON {
    /// The first elements of an array; none of any other kind.
    fileprivate func prefix(_ count: Int) -> [JSON] {
        (0..<min(count, self.count)).compactMap { self[$0] }
    }
}

extension HTTPFields {
    /// Whether the body is declared to be HTML.
    fileprivate var declaresPage: Bool { self[.contentType]?.lowercased().hasPrefix("text/html") ?? false }
}
