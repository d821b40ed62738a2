import OktaRuntime

/// The public keys of OAuth clients: those that verify the client's signatures, and those that encrypt its ID tokens.
///
/// Keys that any call adds are the `jwks` of the app's settings. Only this endpoint shows their dates.
enum AppJWKs {
    static let kind = "/api/v1/apps/{}/credentials/jwks"
    private static let list = "/api/v1/apps/{appId}/credentials/jwks"
    private static let place = "settings.oauthClient.jwks.keys"
    /// The dates of keys, by app.
    private static let dates = "app.jwks.dates"
    private static let maximumKeys = 50

    // MARK: Keys of an app's settings

    static func keys(of app: JSON) -> [JSON] { app[path: place]?.elements ?? [] }

    /// Checks and completes the keys in a create or replace request for an app. A known key keeps its id.
    static func complete(_ settings: inout JSON, of app: String, previous: JSON?, _ org: inout OrgState)
        throws(OrgFault)
    {
        guard var keys = settings[path: "jwks.keys"]?.elements else { return }
        let known = previous.map { self.keys(of: $0) } ?? []
        try checkNames(keys)
        for index in keys.indices {
            let same = known.first { $0["kid"] != nil && $0["kid"] == keys[index]["kid"] }
            keys[index]["id"] = same?["id"]
            try complete(&keys[index], of: app, &org)
        }
        settings[path: "jwks.keys"] = JSON(keys)
    }

    private static func complete(_ key: inout JSON, of app: String, _ org: inout OrgState) throws(OrgFault) {
        try checkLength(key)
        if key["id"] == nil {
            let id = org.ids.next("pks")
            key["id"] = JSON(id)
            org.tables[dates, of: app][id] = ["created": JSON(org.now.text), "lastUpdated": JSON(org.now.text)]
        }
        key.fill(from: ["status": "ACTIVE", "use": .null])
        if key.text("kty") == "EC" { key.fill(from: ["crv": .null]) }
    }

    /// Adds a key unchanged, such as one of a seed.
    static func adopt(_ key: JSON, into app: String, _ org: inout OrgState) {
        guard var json = org.tables[Kinds.apps][app] else { return }
        var key = key
        if key["id"] == nil { key["id"] = JSON(org.ids.next("pks")) }
        json[path: place] = JSON(keys(of: json) + [key])
        org.tables[Kinds.apps][app] = json
    }

    // MARK: Checks

    private static func refusal(_ cause: String) -> OrgFault { .invalid("JsonWebKey", cause) }

    /// Throws for an RSA key that is too short.
    static func checkLength(_ key: JSON) throws(OrgFault) {
        guard key.text("kty") == "RSA" else { return }
        let modulus = Base64URL.decode(key.text("n") ?? "")?.drop { $0 == 0 } ?? []
        let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
        guard bits >= 2048 else {
            throw refusal("RSA key length in the 'jwks' is less than '2,048' bits for the given key.")
        }
    }

    /// Throws if a list of several keys has one without a `kid`, or two with the same.
    private static func checkNames(_ keys: [JSON]) throws(OrgFault) {
        guard keys.count > 1 else { return }
        let names = keys.compactMap { $0.text("kid") }
        guard names.count == keys.count else {
            throw refusal(
                "Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a "
                    + "kid for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs."
            )
        }
        guard Set(names).count == names.count else {
            throw refusal("All keys in the 'jwks' must have a unique `kid`.")
        }
    }

    private static func isActive(_ key: JSON) -> Bool { key.text("status") ?? "ACTIVE" == "ACTIVE" }
    private static func encrypts(_ key: JSON) -> Bool { key.text("use") == "enc" }

    // MARK: Operations

    private static func client(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        let app = try Apps.find(call, org)
        guard app[path: "settings.oauthClient"] != nil else { throw .notFound(call[0], "OAuth2AppInstance") }
        return app
    }

    private static func position(_ call: Call, _ keys: [JSON]) throws(OrgFault) -> Int {
        guard let position = keys.firstIndex(where: { $0.text("id") == call[1] }) else {
            throw .notFound(call[1], "JsonWebKey")
        }
        return position
    }

    private static func store(_ keys: [JSON], _ app: String, _ org: inout OrgState) {
        org.tables[Kinds.apps][app]?[path: place] = JSON(keys)
    }

    private static func shown(_ key: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let id = key.text("id") ?? ""
        var shown = key
        shown.fill(from: org.tables[dates, of: call[0]][id] ?? .emptyObject)
        let own = "\(call.origin)/api/v1/apps/\(call[0])/credentials/jwks/\(id)"
        let post: JSON = ["allow": ["POST"]]
        if !isActive(key) {
            shown["_links"] = [
                "activate": ["href": JSON(own + "/lifecycle/activate"), "hints": post],
                "delete": ["href": JSON(own), "hints": ["allow": ["DELETE"]]],
            ]
        } else if !encrypts(key) {
            shown["_links"] = ["deactivate": ["href": JSON(own + "/lifecycle/deactivate"), "hints": post]]
        }
        return shown
    }

    private static func add(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var keys = keys(of: try client(call, org))
        var key = try call.object()
        key.remove(["id", "created", "lastUpdated", "_links"])
        try Checks.choice("kty", of: key, ["RSA", "EC"])
        guard keys.count < maximumKeys else {
            throw refusal(
                "You can't create a new key. You have reached the maximum number of keys allowed (\(maximumKeys)). "
                    + "To add another key, you must first delete an existing one.")
        }
        try checkNames(keys + [key])
        if encrypts(key), isActive(key), keys.contains(where: { encrypts($0) && isActive($0) }) {
            throw refusal("The client can have only one active encryption key in the 'jwks'.")
        }
        try complete(&key, of: call[0], &org)
        keys.append(key)
        store(keys, call[0], &org)
        return .json(shown(key, call, org), status: 201)
    }

    private static func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var keys = keys(of: try client(call, org))
        let position = try position(call, keys)
        guard !isActive(keys[position]) else {
            throw refusal("You can't delete an active JSON Web Key. Deactivate the key before deleting it.")
        }
        keys.remove(at: position)
        store(keys, call[0], &org)
        org.tables[dates, of: call[0]][call[1]] = nil
        return .empty()
    }

    /// Activates a key. A client has one active encryption key, so the others are deactivated.
    private static func activate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var keys = keys(of: try client(call, org))
        let position = try position(call, keys)
        if encrypts(keys[position]) {
            for other in keys.indices where encrypts(keys[other]) { keys[other]["status"] = "INACTIVE" }
        }
        return change(&keys, position, to: "ACTIVE", call, &org)
    }

    private static func deactivate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let app = try client(call, org)
        var keys = keys(of: app)
        let position = try position(call, keys)
        guard !encrypts(keys[position]) else { throw refusal("You can't deactivate the active encryption key.") }
        let others = keys.indices.filter { $0 != position && isActive(keys[$0]) && !encrypts(keys[$0]) }
        if others.isEmpty, app.text("credentials.oauthClient.token_endpoint_auth_method") == "private_key_jwt" {
            throw refusal(
                "Can't deactivate the only active JSON Web Key when the value for `token_endpoint_auth_method` is "
                    + "`private_key_jwt`.")
        }
        return change(&keys, position, to: "INACTIVE", call, &org)
    }

    private static func change(
        _ keys: inout [JSON], _ position: Int, to status: String, _ call: Call, _ org: inout OrgState
    ) -> OrgResponse {
        keys[position]["status"] = JSON(status)
        store(keys, call[0], &org)
        org.tables[dates, of: call[0]][call[1]]?["lastUpdated"] = JSON(org.now.text)
        return .json(shown(keys[position], call, org))
    }

    static let all: [Operation] = [
        // Okta's API document describes a list; its example, and clients, have an object around the list.
        Operation("GET", list) { call, org throws(OrgFault) in
            let keys = keys(of: try client(call, org))
            return .json(["jwks": ["keys": JSON(keys.map { shown($0, call, org) })]])
        },
        Operation("POST", list) { call, org throws(OrgFault) in try add(call, &org) },
        Operation("GET", list + "/{keyId}") { call, org throws(OrgFault) in
            let keys = keys(of: try client(call, org))
            return .json(shown(keys[try position(call, keys)], call, org))
        },
        Operation("DELETE", list + "/{keyId}") { call, org throws(OrgFault) in try delete(call, &org) },
        Operation("POST", list + "/{keyId}/lifecycle/activate") { call, org throws(OrgFault) in
            try activate(call, &org)
        },
        Operation("POST", list + "/{keyId}/lifecycle/deactivate") { call, org throws(OrgFault) in
            try deactivate(call, &org)
        },
    ]
}
