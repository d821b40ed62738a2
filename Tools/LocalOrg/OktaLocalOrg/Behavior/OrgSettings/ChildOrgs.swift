import OktaRuntime

/// Child orgs. The local org responds to their creation as Okta does, but serves no child org.
enum ChildOrgs {
    private static let path = "/api/v1/orgs"

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let subdomain = try Checks.text("subdomain", of: body, maximum: 57)
        let name = try Checks.text("name", of: body, maximum: 100)
        try Checks.choice("edition", of: body, ["SKU"])
        for member in ["firstName", "lastName", "email", "login"] {
            try Checks.text("admin.profile.\(member)", of: body)
        }
        guard !subdomain.contains(where: \.isWhitespace) else {
            throw .invalid("subdomain", "subdomain: The subdomain must not contain spaces.")
        }
        let isTaken = org.identity.subdomain == subdomain || org.tables[path][subdomain] != nil
        if isTaken {
            throw .invalid("subdomain", "subdomain: An object with this field already exists.")
        }
        let own = "\(call.origin)/api/v1/orgs/\(subdomain)"
        var json: JSON = [
            "id": JSON(org.ids.next("00o")), "subdomain": JSON(subdomain), "name": JSON(name),
            "website": body["website"] ?? .null, "status": "ACTIVE", "edition": "SKU", "expiresAt": .null,
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "licensing": ["apps": []],
            "settings": [
                "app": ["errorRedirectUrl": .null, "interstitialUrl": .null, "interstitialMinWaitTime": 1200],
                "userAccount": ["attributes": ["secondaryEmail": true, "secondaryImage": true]],
                "portal": ["errorRedirectUrl": .null, "signOutUrl": .null], "logs": ["level": "INFO"],
            ],
        ]
        org.tables[path][subdomain] = json
        // Only this response has the token of the new org's admin.
        json["token"] = JSON(org.ids.key(42))
        json["tokenType"] = "SSWS"
        json["_links"] = [
            "administrator": ["href": JSON("\(call.origin)/api/v1/users/\(org.ids.next("00u"))")],
            "uploadLogo": ["href": JSON("\(call.origin)/api/v1/org/logo")], "organization": ["href": JSON(own)],
            "contacts": ["href": JSON("\(own)/contacts")], "policy": ["href": JSON("\(own)/policy")],
        ]
        return .json(json, status: 201)
    }

    static let all: [Operation] = [
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) }
    ]
}
