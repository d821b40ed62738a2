#if LocalOrg
import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Clients read an object, change a member and send all members back. The smallest such change is none.
@Suite("Local org: read, then replace", .hangLimit)
struct ReadThenReplaceTests {
    private static let modules: [(registry: ActionRegistry, schema: ModelSchema)] = [
        (.okta, .okta), (.oktaGovernance, .oktaGovernance), (.oktaMyAccount, .oktaMyAccount),
        (.oktaOAuthAPI, .oktaOAuthAPI),
    ]

    /// Operations that refuse what a read shows, with the reason.
    private static let refusals: [String: String] = [
        "/oauth2/v1/clients/{}": "RFC 7592 forbids client_id_issued_at and client_secret_expires_at in a request",
        "/idp/myaccount/password": "a read does not show the password",
        "/api/v1/users/{}/risk": "the initial level, NONE, cannot be set",
        "/api/v1/device-posture-checks/{}": "few orgs have the feature",
        "/api/v1/brands/{}/well-known-uris/{}/customized": "few orgs have the feature",
    ]

    /// Returns a value without the members that tell of the last change.
    private static func lasting(_ json: JSON) -> JSON {
        if let elements = json.elements { return JSON(elements.map(lasting)) }
        guard let members = json.members else { return json }
        let dates: Set = ["lastUpdated", "lastUpdatedBy", "lastUpdate", "lastUpdatedDate", "modifiedAt"]
        return JSON(members: members.filter { !dates.contains($0.key) }.map { ($0.key, lasting($0.value)) })
    }

    private typealias Caller = (_ method: String, _ path: String, _ body: String) -> (status: Int, json: JSON)

    /// Reads an object, replaces it by itself, and compares it.
    private static func replace(_ path: String, _ name: String, with call: Caller) {
        let read = call("GET", path, "")
        guard read.status == 200 else {
            Issue.record("GET \(path) of \(name): \(read.status) \(read.json)")
            return
        }
        let replaced = call("PUT", path, String(decoding: read.json.bytes, as: UTF8.self))
        guard (200..<300).contains(replaced.status) else {
            Issue.record("PUT \(path) of \(name): \(replaced.status) \(replaced.json)")
            return
        }
        let again = call("GET", path, "")
        #expect(again.status == 200 && lasting(again.json) == lasting(read.json), "\(name) at \(path)")
    }

    @Test("Read, then replace: every operation that replaces an object accepts the object as it was read")
    func everyOperation() {
        let clock = OrgClock.standing(at: 1_764_000_000)
        var configuration = OrgConfiguration()
        configuration.requiresToken = false
        configuration.clock = clock
        let engine = OrgEngine(configuration)
        let birth = engine.snapshot()
        // The calls of a scene replace what is in angle brackets, such as the tags of a page.
        let call: Caller = { method, path, body in
            let response = TestOrg.Response(
                engine.handle(LocalRequest(method, path, headers: [("host", "test.okta.com")], body: Array(body.utf8))))
            return (response.status, response.json)
        }
        var creates: [String: (action: ActionDescriptor, schema: ModelSchema)] = [:]
        for module in Self.modules {
            for action in module.registry.actions where action.method == .post {
                creates[Operation.normal(action.path ?? "")] = (action, module.schema)
            }
        }
        var replaced = 0
        for module in Self.modules {
            let puts = Set(
                module.registry.actions.filter { $0.method == .put && $0.body != nil }.map {
                    Operation.normal($0.path ?? "")
                })
            for action in module.registry.actions where action.method == .get {
                let normal = Operation.normal(action.path ?? "")
                guard puts.contains(normal), Self.refusals[normal] == nil else { continue }
                engine.restore(birth)
                let scene = ActionScene(engine, clock, module, creates: creates)
                let path = scene.path(of: action) + scene.filled(ActionObjects.queries["GET \(normal)"] ?? "")
                if case .seed? = ActionObjects.all[String(normal.dropLast(3))] {
                    // A seed has only some members. The first replacement adds the others.
                    _ = call("PUT", path, String(decoding: call("GET", path, "").json.bytes, as: UTF8.self))
                }
                Self.replace(path, normal, with: call)
                replaced += 1
            }
        }
        #expect(replaced > 60)
    }

    @Test("Read, then replace: every form of an object accepts itself", arguments: ReplaceableForms.all)
    func everyForm(_ form: ReplaceableForms.Form) {
        let org = TestOrg()
        let scene = form.scene.map { org($0.method, $0.path, $0.body) }
        let text = scene.enumerated().reduce(form.body) { $0.replacing("<\($1.offset)>", with: $1.element.id) }
        let list = scene.enumerated().reduce(form.list) { $0.replacing("<\($1.offset)>", with: $1.element.id) }
        let created = org("POST", list, try? JSON(parsing: text))
        #expect((200..<300).contains(created.status), "\(form): \(created.json)")
        let path = "\(list.prefix { $0 != "?" })/\(created.json.text("id") ?? created.json.text("kid") ?? "")"
        let call: Caller = { method, path, body in
            let response = org(method, path, try? JSON(parsing: body))
            return (response.status, response.json)
        }
        Self.replace(path, "\(form)", with: call)
        // An app stays replaceable when it is off, except that a custom SWA app has no metadata then.
        if list == "/api/v1/apps", !text.contains("AUTO_LOGIN") {
            org("POST", "\(path)/lifecycle/deactivate")
            Self.replace(path, "inactive \(form)", with: call)
        }
    }

    @Test("Read, then replace: every object of a new org accepts itself")
    func initialObjects() {
        let org = TestOrg()
        let call: Caller = { method, path, body in
            let response = org(method, path, try? JSON(parsing: body))
            return (response.status, response.json)
        }
        let servers = "/api/v1/authorizationServers"
        var lists = [
            "/api/v1/apps", "/api/v1/authenticators", "/api/v1/behaviors", "/api/v1/brands", "/api/v1/domains", servers,
            "/api/v1/meta/types/user", "/api/v1/realms", "/api/v1/templates/sms", "/api/v1/users", "/api/v1/zones",
        ]
        let types = [
            "OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL", "IDP_DISCOVERY", "ACCESS_POLICY", "PROFILE_ENROLLMENT",
            "POST_AUTH_SESSION", "ENTITY_RISK", "SESSION_VIOLATION_DETECTION",
        ]
        lists += types.map { "/api/v1/policies?type=\($0)" }
        lists += ["scopes", "claims", "policies"].map { "\(servers)/default/\($0)" }
        var replaced = 0
        while let list = lists.popLast() {
            let json = org("GET", list).json
            let base = list.prefix { $0 != "?" }
            for object in json.elements ?? json["domains"]?.elements ?? [] {
                let path = "\(base)/\(object.text("id") ?? "")"
                Self.replace(path, object.text("name") ?? list, with: call)
                replaced += 1
                if base.hasSuffix("/policies") { lists.append("\(path)/rules") }
                if base == "/api/v1/brands" { lists.append("\(path)/themes") }
                if base == "/api/v1/authenticators" {
                    for method in org("GET", "\(path)/methods").json.elements ?? [] {
                        Self.replace("\(path)/methods/\(method.text("type") ?? "")", path, with: call)
                    }
                }
            }
        }
        #expect(replaced > 50)
    }
}
#endif
