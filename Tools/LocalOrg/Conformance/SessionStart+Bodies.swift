import OktaRuntime

/// Objects that a session only names in the bodies of its requests.
extension SessionStart {
    /// The lists of objects by the prefix of their ids.
    private static let listsByPrefix = [
        "00g": "/api/v1/groups", "00u": "/api/v1/users", "nzo": "/api/v1/zones", "0oa": "/api/v1/apps",
        "oty": "/api/v1/meta/types/user", "dae": "/api/v1/device-assurances",
    ]

    /// Returns stubs for the objects that accepted bodies name and that no response shows.
    static func named(inBodiesOf session: [Exchange], known: Set<String>) -> [Found] {
        var shown: Set<String> = []
        var named: [String] = []
        for exchange in session where (200..<300).contains(exchange.status) {
            if exchange.method != "GET" {
                // The conditions in the response are those of a body that the recorder lost.
                let sent = try? JSON(parsing: exchange.requestBody)
                collect(sent ?? exchange.response?["conditions"] ?? .null, into: &named)
            }
            var texts: [String] = []
            for json in (exchange.response?.elements ?? exchange.response.map { [$0] } ?? []) {
                if let id = json["id"]?.string { texts.append(id) }
            }
            shown.formUnion(texts)
        }
        var found: [Found] = []
        var added = shown.union(known)
        for id in named where added.insert(id).inserted {
            guard let list = listsByPrefix[String(id.prefix(3))] else { continue }
            let stub: JSON = [
                "id": JSON(id), "name": "found", "label": "found", "status": "ACTIVE", "type": "OKTA_GROUP",
                "profile": [
                    "login": JSON("\(id)@example.com"), "email": JSON("\(id)@example.com"), "firstName": "Found",
                    "lastName": "Found",
                ],
            ]
            found.append(Found(path: list, json: stub, exchange: -1))
        }
        return found
    }

    private static func collect(_ json: JSON, into ids: inout [String]) {
        if let text = json.string, text.utf8.count == 20, text.allSatisfy({ $0.isLetter || $0.isNumber }) {
            ids.append(text)
        }
        for (_, value) in json.members ?? [] { collect(value, into: &ids) }
        for element in json.elements ?? [] { collect(element, into: &ids) }
    }
}
