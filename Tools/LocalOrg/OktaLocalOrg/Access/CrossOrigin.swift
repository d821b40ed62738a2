import OktaRuntime

/// What browsers learn about calls by pages of other origins (Fetch Standard, section 3.2): trusted origins with the scope
/// `CORS` may call the API, and any page may call the endpoints of sign-in, where each client has its own addresses.
enum CrossOrigin {
    /// How long a browser may keep what a preflight request said, in seconds.
    private static let lifetime = 3600
    private static let exposed =
        "Link, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset"

    /// The answer to a preflight request, which has no credentials; nil for any other request.
    static func preflight(_ request: LocalRequest, _ target: RequestTarget, _ org: OrgState) -> LocalResponse? {
        guard request.method == "OPTIONS", let origin = request.header("origin"),
            let method = request.header("access-control-request-method")
        else { return nil }
        guard isAllowed(origin, target, org) else { return LocalResponse(status: 204, headers: [("vary", "Origin")]) }
        var headers = permission(origin)
        headers.append(("access-control-allow-methods", method))
        if let names = request.header("access-control-request-headers") {
            headers.append(("access-control-allow-headers", names))
        }
        headers.append(("access-control-max-age", String(lifetime)))
        return LocalResponse(status: 204, headers: headers)
    }

    /// The fields that let the page of a request read its answer.
    static func fields(
        for request: LocalRequest, _ target: RequestTarget, _ org: OrgState
    ) -> [(name: String, value: String)] {
        guard let origin = request.header("origin"), isAllowed(origin, target, org) else { return [] }
        return permission(origin) + [("access-control-expose-headers", exposed)]
    }

    private static func permission(_ origin: String) -> [(name: String, value: String)] {
        [
            ("access-control-allow-origin", origin), ("access-control-allow-credentials", "true"), ("vary", "Origin"),
        ]
    }

    private static func isAllowed(_ origin: String, _ target: RequestTarget, _ org: OrgState) -> Bool {
        if ["oauth2", ".well-known"].contains(target.segments.first) { return true }
        return org.tables["/api/v1/trustedOrigins"].all.contains { _, trusted in
            trusted.text("origin") == origin && trusted.text("status") == "ACTIVE"
                && (trusted["scopes"]?.elements ?? []).contains { $0.text("type") == "CORS" }
        }
    }
}
