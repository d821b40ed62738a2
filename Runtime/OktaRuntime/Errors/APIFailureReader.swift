internal import HTTPTypes

/// Reads the several shapes in which errors come: Okta's own, OAuth's, the edge's, and none at all.
enum APIFailureReader {
    /// - Parameter request: What was sent; its action's scopes are of interest where the org allows something else, and
    ///   its body where the org does not understand it.
    static func failure(for response: OktaResponse, to request: OktaRequest) -> APIFailure {
        var failure = failure(for: response)
        if failure.isInsufficientScope || response.status == .forbidden {
            failure.requiredScopes = request.scopes.names(for: request)
        }
        if failure.code == "E0000001" || failure.code == "E0000003" {
            failure.hasUnsupportedCharacters = request.body.hasFourByteCharacters
        }
        return failure
    }

    static func failure(for response: OktaResponse) -> APIFailure {
        var failure = APIFailure(status: response.status, method: response.method, path: response.path)
        failure.requestID = response.requestID
        failure.rateLimit = response.rateLimit
        failure.earlierAttempts = response.earlierAttempts
        if let body = try? JSON(parsing: response.body) {
            read(body, into: &failure)
        } else {
            // Whatever an org answers has a request id.
            failure.isForeignPage = failure.requestID == nil && response.isPage
        }
        for challenge in response.headers[values: .wwwAuthenticate] { read(challenge: challenge, into: &failure) }
        return failure
    }

    private static func read(_ body: JSON, into failure: inout APIFailure) {
        if let code = body[string: "errorCode"] {
            failure.code = code
            failure.summary = body[string: "errorSummary"]
            failure.errorID = body[string: "errorId"]
            failure.causes = (body["errorCauses"]?.elements ?? []).compactMap {
                $0[string: "errorSummary"] ?? $0.string
            }
        } else if let error = body[string: "error"] {
            failure.code = error
            failure.summary = body[string: "error_description"]
        } else if body[int: "status"] == 404, failure.status.code == 404, failure.requestID == nil {
            // What a host under Okta's domains answers when it is nobody's org: no code, no request id.
            failure.summary = body[string: "message"]
            failure.isUnknownOrg = true
        } else {
            failure.summary = body[string: "message"]
        }
    }

    /// OAuth puts its reason in the challenge: `Bearer error="insufficient_scope", scope="okta.users.read"`.
    private static func read(challenge: String, into failure: inout APIFailure) {
        let parameters = ChallengeParameters(challenge)
        if let error = parameters["error"] {
            failure.code = failure.code ?? error
            failure.challengeError = error
            failure.summary = failure.summary ?? parameters["error_description"]
            failure.isInsufficientScope = failure.isInsufficientScope || error == "insufficient_scope"
            if error == "insufficient_scope", let scopes = parameters["scope"] {
                failure.missingScopes = scopes.split(separator: " ").map(String.init)
            }
        }
    }
}

extension OktaResponse {
    /// Whether the body is declared to be HTML.
    fileprivate var isPage: Bool { headers[.contentType]?.lowercased().hasPrefix("text/html") ?? false }
}

extension RequestBody {
    /// Whether it is JSON with a character of four bytes in UTF-8, which is more than Okta supports.
    fileprivate var hasFourByteCharacters: Bool {
        guard case .json(let value) = content else { return false }
        // Only those begin with such a byte.
        return value.bytes.contains { $0 >= 0xF0 }
    }
}
