import OktaLocalOrg
import OktaRuntime

/// The state of an org before a session, derived from the session: its features, and the objects that already existed.
struct SessionStart {
    /// An object that existed before the session.
    struct Found {
        let path: String
        let json: JSON
        /// The index of the exchange that first shows the object; -1 if none does.
        let exchange: Int
    }

    let features: OrgFeatures
    /// Complete lists of built-in objects, as the session found them: ids by path.
    private(set) var lists: [String: Set<String>] = [:]
    /// Apps of the Okta Integration Network, by name, with what the session shows of their settings and links.
    private var catalog: [String: JSON] = [:]
    var found: [Found] = []
    /// The ids of the objects that existed before the session.
    var ids: Set<String> = []
    /// The ids of objects that Okta created together with an object of the session.
    private(set) var born: Set<String> = []

    init(_ session: [Exchange]) {
        features = OrgFeatures(of: session)
        var created: Set<String> = []
        var written: Set<String> = []
        for (index, exchange) in session.enumerated() {
            guard (200..<300).contains(exchange.status) else { continue }
            let response = exchange.response ?? .null
            let path = "/" + exchange.segments.joined(separator: "/")
            addMentioned(exchange, response, created)
            addNamedApp(exchange)
            addEntry(exchange)
            addSourceGroup(exchange, response)
            addCatalogApp(response)
            addProvisioning(exchange)
            let isSchema = ["user", "group"].contains { path.hasPrefix("/api/v1/meta/schemas/\($0)/") }
            if isSchema, response["definitions"] != nil {
                addSchema(path, response, exchange, index)
            }
            if exchange.method == "GET", isBelow(created, path) { addBorn(exchange, response) }
            addConnection(path, response, exchange, index)
            if exchange.method != "GET" {
                written.insert("/" + exchange.segments.joined(separator: "/"))
                Self.collectIDs(response, into: &created)
                continue
            }
            if let elements = response.elements {
                addList(path, exchange, elements)
                for element in elements { add(element, below: path, created, index) }
            } else if let last = exchange.segments.last,
                let id = Self.identifiers(of: response).first(where: { $0 == last || last == "default" })
            {
                let list = "/" + exchange.segments.dropLast().joined(separator: "/")
                // The object's own response has more members than its entry in a list.
                if let known = found.firstIndex(where: { $0.json["id"]?.string == id && $0.path == list }),
                    !written.contains(where: { $0 == path || $0.hasPrefix(path + "/lifecycle/") })
                {
                    found[known] = Found(path: list, json: response, exchange: found[known].exchange)
                }
                add(response, below: list, created, index)
            }
        }
        for object in Self.named(inBodiesOf: session, known: ids.union(created).union(born)) {
            found.append(object)
            if let id = object.json["id"]?.string { ids.insert(id) }
        }
    }

    /// Adds a complete list of built-in objects.
    private mutating func addList(_ path: String, _ exchange: Exchange, _ elements: [JSON]) {
        let kinds = ["/api/v1/brands", "/api/v1/features", "/api/v1/authenticators"]
        guard kinds.contains(path), !exchange.target.contains("?"), lists[path] == nil, !elements.isEmpty else {
            return
        }
        lists[path] = Set(elements.compactMap { $0["id"]?.string })
    }

    /// Adds the default settings and links of an app of the Okta Integration Network.
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
        if app["signOnMode"]?.kind == .null { entry["signOnMode"] = .some(.null) }
        if let links = app["visibility"]?["appLinks"], links.count > 0 { entry["visibility"] = ["appLinks": links] }
        catalog[name] = entry
        found.removeAll { $0.path == "/api/v1/catalog/apps" && $0.json["name"]?.string == name }
        found.append(Found(path: "/api/v1/catalog/apps", json: entry, exchange: -1))
    }

    /// Adds a schema as it was before the session added attributes.
    private mutating func addSchema(_ path: String, _ response: JSON, _ exchange: Exchange, _ index: Int) {
        guard !found.contains(where: { $0.path == path }) else { return }
        var schema = response
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

    /// Adds the ids in a list below an object that the session created, except in lists of groups, users and apps,
    /// which are separate objects.
    private mutating func addBorn(_ exchange: Exchange, _ response: JSON) {
        guard !["groups", "users", "apps"].contains(exchange.segments.last ?? "") else { return }
        let wrapped = (response.members ?? []).lazy.compactMap(\.value.elements).first
        for element in response.elements ?? wrapped ?? [] {
            if let id = element["id"]?.string { born.insert(id) }
        }
    }

    /// Adds the connection of an app that supports provisioning. A connection that the session creates is also added,
    /// to show that the app supports one.
    private mutating func addConnection(_ path: String, _ response: JSON, _ exchange: Exchange, _ index: Int) {
        guard path.hasSuffix("/connections/default"), response["authScheme"] != nil,
            !found.contains(where: { $0.path == path })
        else { return }
        var connection = response
        connection["_links"] = nil as JSON?
        found.append(Found(path: path, json: connection, exchange: exchange.method == "GET" ? index : -1))
    }

    /// Adds a connection to an app whose provisioning features a session reads or changes.
    private mutating func addProvisioning(_ exchange: Exchange) {
        let segments = exchange.segments
        guard segments.count == 6, segments[2] == "apps", segments[4] == "features" else { return }
        let path = "/" + segments.prefix(4).joined(separator: "/") + "/connections/default"
        guard !found.contains(where: { $0.path == path }) else { return }
        found.append(Found(path: path, json: ["authScheme": "TOKEN", "status": "ENABLED"], exchange: -1))
    }

    private mutating func add(_ json: JSON, below path: String, _ created: Set<String>, _ exchange: Int) {
        guard let id = Self.identifiers(of: json).first, !created.contains(id), !ids.contains(id) else { return }
        // A list of members shows users, groups or apps that the session may have added. Only the kind's own list
        // shows what existed before.
        if ["groups", "users", "apps", "app"].contains(path.split(separator: "/").last ?? ""),
            path.split(separator: "/").count > 3
        {
            return
        }
        // Objects below an object that the session created are not older than the session.
        if isBelow(created, path) { return }
        ids.insert(id)
        var json = json
        // The path of such an object has its id in the source.
        if path.contains("/identity-sources/"), let external = json["externalId"] { json["id"] = external }
        found.append(Found(path: path, json: json, exchange: exchange))
    }

    /// Returns the names that identify an object in paths.
    private static func identifiers(of json: JSON) -> [String] {
        ["id", "kid", "externalId", "aaguid"].compactMap { json[$0]?.string }
    }

    private static func collectIDs(_ json: JSON, into ids: inout Set<String>) {
        for (name, value) in json.members ?? [] {
            if ["id", "kid"].contains(name), let id = value.string { ids.insert(id) }
            collectIDs(value, into: &ids)
        }
        for element in json.elements ?? [] { collectIDs(element, into: &ids) }
    }
}
