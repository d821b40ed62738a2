import OktaRuntime

/// Objects that a session mentions in paths and bodies, and does not show.
extension SessionStart {
    /// Adds stubs for objects that only occur in paths. The session shows only that they exist.
    mutating func addMentioned(_ exchange: Exchange, _ response: JSON, _ created: Set<String>) {
        let segments = exchange.segments
        for (position, segment) in segments.enumerated() where position > 1 {
            guard Self.isID(segment), !created.contains(segment), !ids.contains(segment), !born.contains(segment) else {
                continue
            }
            // An object that the response shows is added from the response.
            if position == segments.count - 1, response.kind == .object { continue }
            ids.insert(segment)
            var stub: JSON = ["id": JSON(segment), "name": "found", "label": "found", "status": "ACTIVE"]
            if let type = response["type"] ?? response[0]?["type"] { stub["type"] = type }
            stub["profile"] = [
                "login": JSON("\(segment)@example.com"), "email": JSON("\(segment)@example.com"), "name": "found",
                "firstName": "Found", "lastName": "Found",
            ]
            var list = "/" + segments.prefix(position).joined(separator: "/")
            if segments[position - 1] == "clients" {
                list = "/api/v1/apps"
                stub["signOnMode"] = "OPENID_CONNECT"
                stub["credentials"] = ["oauthClient": ["client_id": JSON(segment)]]
            }
            if list == "/api/v1/users" { stub["profile"]?["name"] = nil as JSON? }
            found.append(Found(path: list, json: stub, exchange: -1))
        }
    }

    /// Returns whether a path segment is an id: 20 characters, or another length if the recording was edited by hand.
    private static func isID(_ text: String) -> Bool {
        let isEdited =
            18...24 ~= text.utf8.count && text.contains(where: \.isNumber) && text.contains(where: \.isLetter)
        return (text.utf8.count == 20 || isEdited) && text.utf8.allSatisfy { $0 > 0x2F && $0 < 0x7B && $0 != 0x5F }
    }

    /// Adds the group of an identity source whose members a session lists. Its id may have any form.
    mutating func addSourceGroup(_ exchange: Exchange, _ response: JSON) {
        let segments = exchange.segments
        guard exchange.method == "GET", segments.count == 7, segments[2] == "identity-sources",
            segments[6] == "membership", let members = response["memberExternalIds"], ids.insert(segments[5]).inserted
        else { return }
        let id = JSON(segments[5])
        found.append(
            Found(
                path: "/" + segments.prefix(5).joined(separator: "/"),
                json: ["id": id, "externalId": id, "memberExternalIds": members], exchange: -1))
    }

    /// Adds the resource of a requested catalog entry, the request condition that permits the request, and the user
    /// for whom it is made.
    mutating func addEntry(_ exchange: Exchange) {
        guard exchange.method == "POST", exchange.segments.last == "requests" else { return }
        let body = try? JSON(parsing: exchange.requestBody)
        let entry = exchange.segments.first { $0.hasPrefix("cen") } ?? body?["requested"]?["entryId"]?.string
        guard let entry, ids.insert(entry).inserted else { return }
        let app = "0oa" + entry.dropFirst(3)
        let stub: JSON = ["id": JSON(app), "name": "found", "label": "found", "status": "ACTIVE"]
        found.append(Found(path: "/api/v1/apps", json: stub, exchange: -1))
        let condition: JSON = [
            "id": JSON("rco" + entry.dropFirst(3)), "status": "ACTIVE", "priority": 0,
            "requesterSettings": ["type": "EVERYONE"],
        ]
        found.append(
            Found(path: "/governance/api/v2/resources/\(app)/request-conditions", json: condition, exchange: -1))
        guard let user = body?["requestedFor"]?["externalId"]?.string, ids.insert(user).inserted else { return }
        let person: JSON = [
            "id": JSON(user), "status": "ACTIVE",
            "profile": ["login": JSON("\(user)@example.com"), "firstName": "Found", "lastName": "Found"],
        ]
        found.append(Found(path: "/api/v1/users", json: person, exchange: -1))
    }

    /// Adds the app that a body names as the parent or target of a governance object.
    mutating func addNamedApp(_ exchange: Exchange) {
        guard let body = try? JSON(parsing: exchange.requestBody) else { return }
        for member in ["parent", "target"] {
            guard body[member]?["type"]?.string == "APPLICATION", let id = body[member]?["externalId"]?.string,
                ids.insert(id).inserted
            else { continue }
            let stub: JSON = ["id": JSON(id), "name": "found", "label": "found", "status": "ACTIVE"]
            found.append(Found(path: "/api/v1/apps", json: stub, exchange: -1))
        }
    }
}
