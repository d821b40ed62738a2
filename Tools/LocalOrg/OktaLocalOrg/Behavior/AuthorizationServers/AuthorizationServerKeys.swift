import OktaRuntime

/// The signing keys of custom authorization servers, and their rotation.
enum AuthorizationServerKeys {
    static let kind = AuthorizationServers.kind + "/{}/credentials/keys"
    private static let path = AuthorizationServers.kind + "/{authServerId}/credentials/keys"
    /// The interval of automatic rotation, in seconds.
    private static let period = 90 * 86_400

    /// Returns the signing credentials of a new server, with the rotation mode.
    static func credentials(_ kid: String, _ org: OrgState) -> JSON {
        [
            "signing": [
                "kid": JSON(kid), "rotationMode": "AUTO", "lastRotated": JSON(org.now.text),
                "nextRotation": JSON((org.now + period).text),
            ]
        ]
    }

    /// Stores the first key of a server.
    static func createFirst(_ kid: String, of server: String, _ org: inout OrgState) {
        org.tables[kind, of: server][kid] = ["status": "ACTIVE"]
    }

    /// Rotates the keys. A new key signs from now on, the previous one stays published so that its tokens can be
    /// verified, and older ones are removed.
    static func rotate(_ server: String, _ org: inout OrgState) {
        var keys: [(id: String, json: JSON)] = []
        for (kid, key) in org.tables[kind, of: server].all {
            org.tables[kind, of: server][kid] = nil
            if key.text("status") == "ACTIVE" { keys.append((kid, ["status": "EXPIRED"])) }
        }
        let kid = org.newKey()
        keys.insert((kid, ["status": "ACTIVE"]), at: 0)
        for (kid, key) in keys { org.tables[kind, of: server][kid] = key }
        var signing = org.tables[AuthorizationServers.kind][server]?[path: "credentials.signing"] ?? .emptyObject
        signing["kid"] = JSON(kid)
        signing["lastRotated"] = JSON(org.now.text)
        if signing.text("rotationMode") == "AUTO" { signing["nextRotation"] = JSON((org.now + period).text) }
        org.tables[AuthorizationServers.kind][server]?[path: "credentials.signing"] = signing
    }

    /// Rotates the keys of a server with automatic rotation if the interval has passed.
    static func rotateWhenDue(_ server: String, _ org: inout OrgState) {
        let signing = org.tables[AuthorizationServers.kind][server]?[path: "credentials.signing"]
        guard signing?.text("rotationMode") == "AUTO", let next = OrgTime(signing?.text("nextRotation")),
            next <= org.now
        else { return }
        rotate(server, &org)
    }

    /// Returns the seconds until the keys of a server rotate; the whole interval if no rotation is scheduled.
    static func secondsToRotation(of server: String?, _ org: OrgState) -> Int {
        let signing = server.flatMap { org.tables[AuthorizationServers.kind][$0]?[path: "credentials.signing"] }
        guard let next = OrgTime(signing?.text("nextRotation")), next > org.now else { return period }
        return next.seconds - org.now.seconds
    }

    // MARK: Operations

    private static func find(_ call: Call, _ org: inout OrgState) throws(OrgFault) {
        guard org.tables[AuthorizationServers.kind][call[0]] != nil else {
            throw .notFound(call[0], "AuthorizationServer")
        }
        rotateWhenDue(call[0], &org)
    }

    private static func shown(
        _ kid: String, _ key: JSON, _ call: Call, _ org: OrgState
    ) throws(OrgFault) -> JSON {
        let numbers = try OrgKeys.numbers(org.keyNumber(kid: kid))
        return JSON(members: [
            ("kty", "RSA"), ("status", key["status"] ?? "ACTIVE"), ("alg", "RS256"), ("kid", JSON(kid)),
            ("use", "sig"),
            (
                "_links",
                [
                    "self": [
                        "href": JSON(
                            "\(call.origin)\(AuthorizationServers.kind)/\(call[0])/credentials/keys/"
                                + PercentText.encoded(kid)),
                        "hints": ["allow": ["GET"]],
                    ]
                ]
            ),
            ("e", JSON(numbers.exponent)), ("n", JSON(numbers.modulus)),
        ])
    }

    private static func list(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        var keys: [JSON] = []
        for (kid, key) in org.tables[kind, of: call[0]].all { keys.append(try shown(kid, key, call, org)) }
        return .json(JSON(keys))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            try find(call, &org)
            return try list(call, org)
        },
        Operation("GET", path + "/{keyId}") { call, org throws(OrgFault) in
            try find(call, &org)
            guard let key = org.tables[kind, of: call[0]][call[1]] else { throw .notFound(call[1], "JsonWebKey") }
            return .json(try shown(call[1], key, call, org))
        },
        Operation("POST", AuthorizationServers.kind + "/{authServerId}/credentials/lifecycle/keyRotate") {
            call, org throws(OrgFault) in
            try find(call, &org)
            let use = try call.object().text("use")
            guard use == nil || use == "sig" else {
                throw .invalid("rotateKeys", "Invalid value specified for key 'use' parameter")
            }
            rotate(call[0], &org)
            return try list(call, org)
        },
    ]
}
