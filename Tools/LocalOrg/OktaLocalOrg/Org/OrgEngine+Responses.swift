import OktaRuntime
internal import Synchronization

/// What answers of an org have in common.
extension OrgEngine {
    /// The answer to what could not be read as a request, such as one whose first line is too long.
    func refuseUnreadable() -> LocalResponse {
        content.withLock { content in
            content.org.now = configuration.clock.now
            var response = Self.response(.unreadable, &content.org)
            Self.addLimits(nil, isBusy: false, isOver: false, content.org.now, to: &response)
            response.headers.append(("x-okta-request-id", content.org.ids.hexadecimal(32)))
            return response
        }
    }

    static func response(_ reply: Reply) -> LocalResponse {
        var headers = reply.headers
        if let type = reply.contentType { headers.insert(("content-type", type), at: 0) }
        return LocalResponse(status: reply.status, headers: headers, body: reply.body)
    }

    static func response(_ fault: OrgFault, _ org: inout OrgState) -> LocalResponse {
        LocalResponse(
            status: fault.status, headers: [("content-type", "application/json")] + fault.headers,
            body: fault.body(errorID: "oae" + org.ids.key(22)).bytes)
    }

    /// The three fields, on every answer. Too many requests at once have zeroes, and a time that is only a suggestion.
    static func addLimits(
        _ verdict: RateLimits.Verdict?, isBusy: Bool, isOver: Bool, _ now: OrgTime, to response: inout LocalResponse
    ) {
        let limit = isBusy ? 0 : verdict?.limit ?? 600
        let remaining = isBusy || isOver ? 0 : verdict?.remaining ?? 599
        response.headers += [
            ("x-rate-limit-limit", String(limit)), ("x-rate-limit-remaining", String(remaining)),
            ("x-rate-limit-reset", String(verdict?.reset ?? now.seconds + 60)),
        ]
    }
}
