import OktaLocalOrg
import OktaRuntime

/// What a session tells about its org as it was before: what it had bought, and the objects that the session found there.
struct SessionStart {
    /// An object that was there before.
    struct Found {
        let path: String
        let json: JSON
        /// The exchange that shows it first.
        let exchange: Int
    }

    let features: OrgFeatures
    /// The whole lists of what orgs have of their own, as the session found them: ids by path.
    private(set) var lists: [String: Set<String>] = [:]
    /// What the session shows of apps of Okta's catalog, by name.
    private var catalog: [String: JSON] = [:]
    private(set) var found: [Found] = []
    /// The ids of the objects that were there before.
    private(set) var ids: Set<String> = []
    /// The ids of objects that came with one that the session made.
    private var born: Set<String> = []

    init(_ session: [Exchange]) {
        features = OrgFeatures(of: session)
        var created: Set<String> = []
        var written: Set<String> = []
        for (index, exchange) in session.enumerated() {
            guard (200..<300).contains(exchange.status) else { continue }
            let answer = exchange.answer ?? .null
            let path = "/" + exchange.segments.joined(separator: "/")
            addMentioned(exchange, answer, created)
            addNamedApp(exchange)
            addEntry(exchange)
            addSourceGroup(exchange, answer)
            addCatalogApp(answer)
            let isSchema = ["user", "group"].contains { path.hasPrefix("/api/v1/meta/schemas/\($0)/") }
            if isSchema, answer["definitions"] != nil {
                addSchema(path, answer, exchange, index)
            }
            if exchange.method == "GET", isBelow(created, path) { addBorn(exchange, answer) }
            addConnection(path, answer, exchange, index)
            if exchange.method != "GET" {
                written.insert("/" + exchange.segments.joined(separator: "/"))
                Self.collectIDs(answer, into: &created)
                continue
            }
            if let elements = answer.elements {
                addList(path, exchange, elements)
                for element in elements { add(element, below: path, created, index) }
            } else if let id = (answer["id"] ?? answer["kid"])?.string,
                [id, "default"].contains(exchange.segments.last)
            {
                let list = "/" + exchange.segments.dropLast().joined(separator: "/")
                // The object itself tells more than a list of such objects.
                if let known = found.firstIndex(where: { $0.json["id"]?.string == id && $0.path == list }),
                    !written.contains(where: { $0 == path || $0.hasPrefix(path + "/lifecycle/") })
                {
                    found[known] = Found(path: list, json: answer, exchange: found[known].exchange)
                }
                add(answer, below: list, created, index)
            }
        }
    }

    /// A whole list of what every org begins with.
    private mutating func addList(_ path: String, _ exchange: Exchange, _ elements: [JSON]) {
        let kinds = ["/api/v1/brands", "/api/v1/features", "/api/v1/authenticators"]
        guard kinds.contains(path), !exchange.target.contains("?"), lists[path] == nil, !elements.isEmpty else {
            return
        }
        lists[path] = Set(elements.compactMap { $0["id"]?.string })
    }

    /// The settings and links that an app of the catalog has where none are sent.
    private mutating func addCatalogApp(_ app: JSON) {
        guard let name = app["name"]?.string, app["signOnMode"] != nil, !name.hasPrefix("template_"),
            !["bookmark", "oidc_client"].contains(name), name.split(separator: "_").last.map({ Int($0) == nil }) == true
        else { return }
        var entry = catalog[name] ?? ["name": JSON(name)]
        for (field, value) in app["settings"]?["app"]?.members ?? [] where value.kind == .null {
            var settings = entry["settings"] ?? ["app": [:]]
            settings["app"]?[field] = .some(.null)
            entry["settings"] = settings
        }
        if let links = app["visibility"]?["appLinks"], links.count > 0 { entry["visibility"] = ["appLinks": links] }
        catalog[name] = entry
        found.removeAll { $0.path == "/api/v1/catalog/apps" && $0.json["name"]?.string == name }
        found.append(Found(path: "/api/v1/catalog/apps", json: entry, exchange: -1))
    }

    /// A schema as it was before the session added attributes.
    private mutating func addSchema(_ path: String, _ answer: JSON, _ exchange: Exchange, _ index: Int) {
        guard !found.contains(where: { $0.path == path }) else { return }
        var schema = answer
        if exchange.method != "GET", let sent = try? JSON(parsing: exchange.requestBody) {
            for (name, _) in sent["definitions"]?["custom"]?["properties"]?.members ?? [] {
                schema["definitions"]?["custom"]?["properties"]?[name] = nil as JSON?
            }
        }
        found.append(Found(path: path, json: schema, exchange: exchange.method == "GET" ? index : -1))
    }

    private func isBelow(_ created: Set<String>, _ path: String) -> Bool {
        path.split(separator: "/").contains { created.contains(String($0)) }
    }

    /// What a list below an object of the session shows, unless it shows objects that have lists of their own.
    private mutating func addBorn(_ exchange: Exchange, _ answer: JSON) {
        guard !["groups", "users", "apps"].contains(exchange.segments.last ?? "") else { return }
        let wrapped = (answer.members ?? []).lazy.compactMap(\.value.elements).first
        for element in answer.elements ?? wrapped ?? [] {
            if let id = element["id"]?.string { born.insert(id) }
        }
    }

    /// The connection of an app that can be provisioned. One that the session makes was not there, but can be made.
    private mutating func addConnection(_ path: String, _ answer: JSON, _ exchange: Exchange, _ index: Int) {
        guard path.hasSuffix("/connections/default"), answer["authScheme"] != nil,
            !found.contains(where: { $0.path == path })
        else { return }
        var connection = answer
        connection["_links"] = nil as JSON?
        found.append(Found(path: path, json: connection, exchange: exchange.method == "GET" ? index : -1))
    }

    /// Objects that only paths name: all that is known of them is that they were there.
    private mutating func addMentioned(_ exchange: Exchange, _ answer: JSON, _ created: Set<String>) {
        let segments = exchange.segments
        for (position, segment) in segments.enumerated() where position > 1 {
            guard Self.isID(segment), !created.contains(segment), !ids.contains(segment), !born.contains(segment) else {
                continue
            }
            // An object that is shown is taken as it is shown.
            if position == segments.count - 1, answer.kind == .object { continue }
            ids.insert(segment)
            var stub: JSON = ["id": JSON(segment), "name": "found", "label": "found", "status": "ACTIVE"]
            if let type = answer["type"] ?? answer[0]?["type"] { stub["type"] = type }
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
            found.append(Found(path: list, json: stub, exchange: -1))
        }
    }

    /// Whether a segment of a path is an id. Those that were edited by hand have another length.
    private static func isID(_ text: String) -> Bool {
        let isEdited =
            18...24 ~= text.utf8.count && text.contains(where: \.isNumber) && text.contains(where: \.isLetter)
        return (text.utf8.count == 20 || isEdited) && text.utf8.allSatisfy { $0 > 0x2F && $0 < 0x7B && $0 != 0x5F }
    }

    /// The group of an identity source whose members a session lists. Its id may be of any form.
    private mutating func addSourceGroup(_ exchange: Exchange, _ answer: JSON) {
        let segments = exchange.segments
        guard exchange.method == "GET", segments.count == 7, segments[2] == "identity-sources",
            segments[6] == "membership", let members = answer["memberExternalIds"], ids.insert(segments[5]).inserted
        else { return }
        let id = JSON(segments[5])
        found.append(
            Found(
                path: "/" + segments.prefix(5).joined(separator: "/"),
                json: ["id": id, "externalId": id, "memberExternalIds": members], exchange: -1))
    }

    /// The resource of an entry of the catalog that a session asks for, with the condition that lets it, and for whom it
    /// asks.
    private mutating func addEntry(_ exchange: Exchange) {
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

    /// The app that a body names as the parent or target of an object of governance.
    private mutating func addNamedApp(_ exchange: Exchange) {
        guard let body = try? JSON(parsing: exchange.requestBody) else { return }
        for member in ["parent", "target"] {
            guard body[member]?["type"]?.string == "APPLICATION", let id = body[member]?["externalId"]?.string,
                ids.insert(id).inserted
            else { continue }
            let stub: JSON = ["id": JSON(id), "name": "found", "label": "found", "status": "ACTIVE"]
            found.append(Found(path: "/api/v1/apps", json: stub, exchange: -1))
        }
    }

    private mutating func add(_ json: JSON, below path: String, _ created: Set<String>, _ exchange: Int) {
        guard let id = (json["id"] ?? json["kid"])?.string, !created.contains(id), !ids.contains(id) else { return }
        // A list that shows members of others: only that of the kind itself says what was there.
        if ["groups", "users", "apps", "app"].contains(path.split(separator: "/").last ?? ""),
            path.split(separator: "/").count > 3
        {
            return
        }
        // What belongs to an object that the session made came with it.
        if isBelow(created, path) { return }
        ids.insert(id)
        found.append(Found(path: path, json: json, exchange: exchange))
    }

    private static func collectIDs(_ json: JSON, into ids: inout Set<String>) {
        for (name, value) in json.members ?? [] {
            if ["id", "kid"].contains(name), let id = value.string { ids.insert(id) }
            collectIDs(value, into: &ids)
        }
        for element in json.elements ?? [] { collectIDs(element, into: &ids) }
    }
}
