import OktaRuntime

/// Cross-origin resource sharing (Fetch Standard, section 3.2). Pages of trusted origins with the scope `CORS` may
/// call the API. Any page may call the sign-in endpoints, since each client has its own redirect URIs.
enum CrossOrigin {
    /// How long a browser may cache the response to a preflight request, in seconds.
    private static let lifetime = 3600
    private static let exposed =
        "Link, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset"

    /// Returns the response to a preflight request, which has no credentials; nil for any other request.
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

    /// Returns the headers that let the requesting page read the response.
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
