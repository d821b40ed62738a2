#if LocalOrg
import HTTPTypes
import OktaRuntime
import OktaTestSupport

@testable import OktaLocalOrg

/// Prepares one action: creates the objects in its path, and finds a body that it accepts.
final class ActionScene {
    let engine: OrgEngine
    let clock: OrgClock
    private let registry: ActionRegistry
    private let schema: ModelSchema
    /// The create actions of all catalogs, by normalized path.
    private let creates: [String: (action: ActionDescriptor, schema: ModelSchema)]
    var number = 0
    /// The problems found so far.
    private(set) var problems: [String] = []
    /// The last enrolled factor.
    var factor = ""
    /// The user with the last prepared security key.
    var keyOwner = ""
    /// The object at the end of the last created path.
    private(set) var own = ""

    init(
        _ engine: OrgEngine, _ clock: OrgClock, _ module: (registry: ActionRegistry, schema: ModelSchema),
        creates: [String: (action: ActionDescriptor, schema: ModelSchema)]
    ) {
        self.engine = engine
        self.clock = clock
        (registry, schema) = module
        self.creates = creates
    }

    // MARK: Calls

    @discardableResult
    func call(_ method: String, _ target: String, _ body: String = "") -> (status: Int, json: JSON) {
        let request = LocalRequest(
            method, target, headers: [("authorization", "SSWS any"), ("host", "test.okta.com")],
            body: Array(filled(body).utf8))
        let response = engine.handle(request)
        let json = (try? JSON(parsing: response.body)) ?? .null
        if response.status >= 400 {
            problems.append("\(method) \(target): \(response.status) \(String(decoding: response.body, as: UTF8.self))")
        }
        return (response.status, json)
    }

    /// Returns a text with its placeholders replaced: `<n>` by a number, `<user>` and similar ones by new objects.
    func filled(_ text: String) -> String {
        var output = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            output += rest[..<open] + object(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return output + rest
    }

    // MARK: Objects

    /// Returns the path of an action with objects for its placeholders.
    func path(of action: ActionDescriptor) -> String {
        let template = action.path ?? ""
        let operation = "\(action.method?.rawValue ?? "") \(Operation.normal(template))"
        var path = ""
        var normal = ""
        // The object of the operation is that of the last placeholder.
        var itself = ""
        _ = filled(ActionObjects.needs[operation] ?? "")
        let segments = template.split(separator: "/").map(String.init)
        for (index, segment) in segments.enumerated() {
            guard segment.hasPrefix("{") else {
                path += "/" + segment
                normal += "/" + segment
                continue
            }
            let next = index + 1 < segments.count ? " /\(segments[index + 1])" : ""
            let object =
                (index == segments.count - 1 ? ActionObjects.all[operation] : nil)
                ?? ActionObjects.all["\(operation) \(normal)"] ?? ActionObjects.all[normal + next]
                ?? ActionObjects.all[normal]
            path +=
                "/" + PercentText.encoded(object.map { make($0, below: path) } ?? made(normal, below: path, operation))
            normal += "/{}"
            itself = path
        }
        own = RequestTarget(itself).segments.last ?? ""
        for state in ActionObjects.states[operation] ?? [] { call(state.method, itself + state.path, state.body) }
        return path
    }

    func make(_ object: ActionObjects.Object, below list: String) -> String {
        switch object {
        case .name(let name): return name
        case .other(let text): return filled(text)
        case .first(let member):
            let json = call("GET", list).json
            let rows = json.elements ?? json.members?.compactMap { $0.value.elements }.first ?? []
            return rows.first?.text(member) ?? ""
        case .seed(let text):
            number += 1
            let id = "seed\(number)"
            var json = (try? JSON(parsing: Array(filled(text).utf8))) ?? .emptyObject
            json["id"] = JSON(id)
            engine.adopt(json, below: list)
            return id
        case .pushTransaction:
            let factor = list.split(separator: "/").dropLast().joined(separator: "/")
            let poll = call("POST", "/\(factor)/verify").json.text("_links.poll.href") ?? ""
            return poll.split(separator: "/").last.map(String.init) ?? ""
        case .call(let method, let more, let body, let id):
            let target = list + filled(more)
            let json = call(method, target, body).json
            return id.isEmpty ? target.split(separator: "/").last.map(String.init) ?? "" : json.text(id) ?? ""
        }
    }

    /// Creates an object of a list by the catalog's create action, or by a seed if there is none.
    func made(_ normal: String, below list: String, _ operation: String = "") -> String {
        guard creates[normal] != nil else { return make(.seed("{}"), below: list) }
        var body = body("POST", normal)
        var query = ""
        // A few operations need their object in a different form.
        switch (normal, operation) {
        case ("/api/v1/users/{}/roles", let operation) where operation.contains("/targets/catalog"),
            ("/api/v1/groups/{}/roles", let operation) where operation.contains("/targets/catalog"),
            ("/oauth2/v1/clients/{}/roles", let operation) where operation.contains("/targets/catalog"):
            body = #"{"type":"APP_ADMIN"}"#
        case ("/api/v1/apps", let operation) where Self.needsProvisioning(operation):
            body = #"{"name":"okta_org2org","label":"Org","signOnMode":"AUTO_LOGIN"}"#
        case ("/api/v1/users/{}/factors", let operation) where operation.contains("/transactions"):
            body = #"{"factorType":"push"}"#
        case ("/api/v1/users/{}/factors", let operation) where operation.hasSuffix("/verify"): query = "?activate=true"
        case ("/api/v1/inlineHooks", let operation) where operation.hasSuffix("/execute"):
            // No server listens on this port.
            body = body.replacing("https://example.com/hook", with: "http://127.0.0.1:9/hook")
        default: break
        }
        let response = call("POST", list + query, body).json
        // If several objects are created at once, the response is a list, or an object around one.
        let several = response.elements ?? response["data"]?.elements
        let json = several.map { $0.first ?? .null } ?? response
        let id =
            ["id", "labelId", "resourceId", "aaguid", "kid", "keyId", "name"].compactMap { json.text($0) }.first ?? ""
        finish(id, of: normal, list, operation)
        return id
    }

    /// Whether an operation requires an app with provisioning.
    private static func needsProvisioning(_ operation: String) -> Bool {
        operation.contains("/features") || operation.contains("/connections/default/jwks")
    }

    private func finish(_ id: String, of normal: String, _ list: String, _ operation: String) {
        switch normal {
        case "/api/v1/users/{}/factors":
            factor = id
            if operation.contains("/transactions") { engine.respondToPush(ofFactor: id) }
            if operation.hasSuffix("/resend") || operation.hasSuffix("/verify") { clock.advance(by: 60) }
        case "/api/v1/apps" where Self.needsProvisioning(operation):
            call(
                "POST", "\(list)/\(id)/connections/default?activate=true",
                #"{"baseUrl":"https://acme.okta.com","profile":{"authScheme":"TOKEN","token":"t"}}"#)
        case "/api/v1/users" where operation.hasSuffix("/lifecycle/unlock"):
            let login = call("GET", "\(list)/\(id)").json.text("profile.login") ?? ""
            for _ in 0..<10 {
                _ = engine.handle(
                    LocalRequest(
                        "POST", "/api/v1/authn", body: Array(#"{"username":"\#(login)","password":"no"}"#.utf8)))
            }
        default: break
        }
    }

    // MARK: Bodies

    /// Returns the body of an operation: that of the table, or the smallest one that its model allows.
    func body(_ method: String, _ normal: String) -> String {
        if let text = ActionBodies.texts["\(method) \(normal)"] { return text }
        let action = registry.actions.first {
            $0.method?.rawValue == method && Operation.normal($0.path ?? "") == normal
        }
        if let body = action?.body { return ModelSample(schema: schema).text(of: body) }
        guard method == "POST", let (create, schema) = creates[normal], let body = create.body else { return "" }
        return ModelSample(schema: schema).text(of: body)
    }
}
#endif
