import OktaRuntime
internal import Synchronization

/// Common parts of responses.
extension OrgEngine {
    /// Responds to a malformed request, such as one with a too long request line.
    func refuseUnreadable() -> LocalResponse {
        content.withLock { content in
            content.org.now = configuration.clock.now
            var response = Self.response(.unreadable, &content.org)
            Self.addLimits(nil, isBusy: false, isOver: false, content.org.now, to: &response)
            response.headers.append(("x-okta-request-id", content.org.ids.hexadecimal(32)))
            return response
        }
    }

    static func response(_ result: OrgResponse) -> LocalResponse {
        var headers = result.headers
        if let type = result.contentType { headers.insert(("content-type", type), at: 0) }
        return LocalResponse(status: result.status, headers: headers, body: result.body)
    }

    /// Returns 304 if a read has the caller's entity tag, by weak comparison (RFC 9110, section 13.1.2).
    static func revalidated(_ response: LocalResponse, by request: LocalRequest) -> LocalResponse {
        guard request.method == "GET", response.status == 200, let tag = response.header("etag"),
            let known = request.header("if-none-match")
        else { return response }
        let opaque = { (tag: Substring) in tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }
        let tags = known.split(separator: ",").map { $0.drop { $0 == " " }.prefix { $0 != " " } }
        guard tags.contains(where: { $0 == "*" || opaque($0) == opaque(tag[...]) }) else { return response }
        return LocalResponse(status: 304, headers: response.headers.filter { $0.name != "content-type" })
    }

    static func response(_ fault: OrgFault, _ org: inout OrgState) -> LocalResponse {
        LocalResponse(
            status: fault.status, headers: [("content-type", "application/json")] + fault.headers,
            body: fault.body(errorID: "oae" + org.ids.key(22)).bytes)
    }

    /// Adds the three rate limit header fields to a response. For too many concurrent requests the limits are zero, and
    /// the reset time is only a suggestion.
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
