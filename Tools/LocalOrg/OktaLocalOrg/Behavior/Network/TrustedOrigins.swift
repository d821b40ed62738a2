import OktaRuntime

/// Trusted origins: origins from which browsers may call the org, to which they may be redirected, or that may embed
/// its pages.
enum TrustedOrigins {
    static let kind = "/api/v1/trustedOrigins"

    static let resource = Resource(kind, "TrustedOrigin", "tos") {
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.lifecycle = Resource.onAndOff
        $0.kept = ["createdBy"]
        $0.serverFields += ["createdBy", "lastUpdatedBy"]
        $0.event = "security.trusted_origin"
        $0.links = Links.lifecycle
        $0.queryField = "name"
        $0.filterField = "filter"
        $0.prepare = { json, change, org throws(OrgFault) in
            if json["name"] != nil { try Checks.name(json, maximum: 255) }
            let origin = try Checks.text("origin", of: json)
            guard isOrigin(origin) else {
                throw .invalid("origin", "origin: The field must be a valid URL")
            }
            try Checks.unique("origin", of: json, change, kind: kind, org)
            for scope in json["scopes"]?.elements ?? [] {
                guard ["CORS", "REDIRECT", "IFRAME_EMBED"].contains(scope.text("type") ?? "") else {
                    throw .invalid("scopes", "scopes: The type must be one of CORS, REDIRECT, IFRAME_EMBED")
                }
            }
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
        }
    }

    /// Returns whether a text is a scheme and a host, optionally with a port and a path.
    private static func isOrigin(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return false }
        let scheme = text[..<colon]
        return !scheme.isEmpty && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
            && text[colon...].count > 3 && !text.contains(" ")
    }
}
