import OktaRuntime

@testable import OktaLocalOrg

/// Calls every operation of the router that can change something on the created objects: first those that create, then
/// those that change, then those that delete.
final class OperationWalk {
    private let org = TestOrg()
    /// An id of each kind of object, by the path of its list.
    private var ids: [String: String] = [:]
    /// Operations that changed the org, those that did so without an event, and those that were refused.
    private(set) var changed: [String] = []
    private(set) var silent: [String] = []
    private(set) var refused: [String] = []
    /// Operations with status 204 and a body.
    private(set) var filled: [String] = []
    /// The types of the events.
    private(set) var types: [String] = []

    func run() {
        org.engine.seed(users: 3)
        for path in [
            "/api/v1/features", "/api/v1/authenticators", "/api/v1/mappings",
        ] {
            learn(from: path)
        }
        let operations = OperationCatalog.router.operations.filter { $0.method != "GET" }
        for operation in operations.sorted(by: { rank($0) < rank($1) }) { call(operation) }
        let log = org.engine.edit { $0.org.log }
        types = log.map(\.type)
    }

    private func learn(from target: String) {
        let list = org("GET", target).json
        if let id = list[0]?.text("id") { ids[String(target.prefix { $0 != "?" })] = id }
    }

    /// Creation from the top down, then changes, then deletion from the bottom up.
    private func rank(_ operation: Operation) -> (Int, Int) {
        let depth = operation.path.split(separator: "/").count
        let order =
            switch operation.method {
            case "POST" where !operation.path.hasSuffix("}") && !operation.path.contains("/lifecycle/"): 0
            // After this call, the walk's own token is refused.
            case "DELETE" where operation.path.hasSuffix("/api-tokens/current"): 4
            case "DELETE": 3
            case "POST" where operation.path.contains("deactivate") || operation.path.contains("suspend"): 2
            default: 1
            }
        return (order, order == 3 ? -depth : depth)
    }

    private func call(_ operation: Operation) {
        let target = path(of: operation)
        let list = Operation.normal(operation.path)
        // The last bodies are the smallest one that the catalog's model allows, and one that is known to be accepted.
        let name = "\(operation.method) \(list)"
        let bodies = bodies(for: list) + [ModelSample.bodies[name], known(name)].compactMap { $0 }
        for body in bodies {
            let (changes, events) = org.engine.edit { ($0.org.changes, $0.org.log.count) }
            let response = org(operation.method, target, operation.method == "DELETE" ? nil : body)
            if response.status == 204, !response.raw.body.isEmpty { filled.append(operation.name) }
            let (changesAfter, eventsAfter) = org.engine.edit { ($0.org.changes, $0.org.log.count) }
            guard (200..<300).contains(response.status) else {
                if body == bodies.last { refused.append("\(operation.name) \(response.status)") }
                continue
            }
            if operation.method == "POST",
                let id = ["id", "client_id", "kid", "name"].lazy.compactMap({ response.json[$0] }).first?.string
            {
                ids[list] = ids[list] ?? id
            }
            guard changesAfter != changes else { return }
            changed.append(operation.name)
            if eventsAfter == events { silent.append(operation.name) }
            return
        }
    }

    /// Returns the body of the operation in ``ActionBodies``; nil if it needs objects that the walk does not have.
    private func known(_ name: String) -> JSON? {
        let objects = ["<n>": "1", "<user>": ids["/api/v1/users"] ?? "", "<group>": ids["/api/v1/groups"] ?? ""]
        let text = ActionBodies.texts[name].map { objects.reduce($0) { $0.replacing($1.key, with: $1.value) } }
        return text.flatMap { $0.contains("<") ? nil : try? JSON(parsing: $0) }
    }

    private func path(of operation: Operation) -> String {
        var list = ""
        return operation.path.split(separator: "/").map { segment in
            defer { list += segment.hasPrefix("{") ? "/{}" : "/" + segment }
            return "/" + (segment.hasPrefix("{") ? ids[list] ?? "any" : String(segment))
        }.joined()
    }

    /// Returns bodies to try one after the other until one is accepted.
    private func bodies(for list: String) -> [JSON] {
        let user = ids["/api/v1/users"] ?? ""
        let group = ids["/api/v1/groups"] ?? ""
        let known: [String: JSON] = [
            "/api/v1/users": [
                "profile": ["login": "w@example.com", "email": "w@example.com", "firstName": "W", "lastName": "W"],
                "credentials": ["password": ["value": "Secret-1234"]],
            ],
            "/api/v1/groups": ["profile": ["name": "Walkers"]],
            "/api/v1/groups/rules": [
                "type": "group_rule", "name": "r",
                "conditions": ["expression": ["type": "urn:okta:expression:1.0", "value": "user.firstName==\"X\""]],
                "actions": ["assignUserToGroups": ["groupIds": [JSON(group)]]],
            ],
            "/api/v1/groups/{}/owners": ["id": JSON(user), "type": "USER"],
            "/api/v1/apps": ["name": "oidc_client", "label": "A", "signOnMode": "OPENID_CONNECT"],
            "/api/v1/apps/{}/credentials/jwks": [
                "kty": "RSA", "kid": "walk", "status": "INACTIVE", "e": "AQAB",
                "n": JSON("v" + String(repeating: "A", count: 341)),
            ],
            "/api/v1/authorizationServers/{}/resourceservercredentials/keys": [
                "kty": "RSA", "kid": "walk", "status": "INACTIVE", "e": "AQAB",
                "n": JSON("v" + String(repeating: "A", count: 341)),
            ],
            "/oauth2/v1/global-token-revocation": ["sub_id": ["format": "opaque", "id": JSON(user)]],
            "/oauth2/v1/clients": ["client_name": "Walker", "redirect_uris": ["https://example.com"]],
            "/oauth2/v1/clients/{}": ["client_name": "Walker", "redirect_uris": ["https://example.com"]],
            "/oauth2/v1/clients/{}/roles": ["type": "USER_ADMIN"],
            "/api/v1/apps/{}/users": ["id": JSON(user), "scope": "USER"],
            "/api/v1/policies": ["type": "PASSWORD", "name": "P"],
            "/api/v1/authorizationServers": ["name": "S", "audiences": ["api://a"]],
            "/api/v1/authorizationServers/{}/scopes": ["name": "a:b"],
            "/api/v1/authorizationServers/{}/claims": [
                "name": "c", "claimType": "RESOURCE", "valueType": "EXPRESSION", "value": "user.id",
            ],
            "/api/v1/idps": [
                "type": "OIDC", "name": "I",
                "protocol": ["type": "OIDC", "credentials": ["client": ["client_id": "a", "client_secret": "b"]]],
                "policy": ["subject": ["matchType": "USERNAME"]],
            ],
            "/api/v1/zones": ["type": "IP", "name": "Z", "gateways": [["type": "CIDR", "value": "192.0.2.0/24"]]],
            "/api/v1/eventHooks": [
                "name": "H", "events": ["type": "EVENT_TYPE", "items": ["user.lifecycle.create"]],
                "channel": ["type": "HTTP", "version": "1.0.0", "config": ["uri": "https://example.com"]],
            ],
            "/api/v1/inlineHooks": [
                "name": "H", "type": "com.okta.import.transform", "version": "1.0.0",
                "channel": [
                    "type": "HTTP", "version": "1.0.0", "config": ["uri": "https://example.com", "method": "POST"],
                ],
            ],
            "/api/v1/iam/roles": ["label": "R", "description": "d", "permissions": ["okta.users.read"]],
            "/api/v1/iam/resource-sets": [
                "label": "S", "description": "d", "resources": ["orn:okta:directory:o:users"],
            ],
            "/api/v1/users/{}/roles": ["type": "USER_ADMIN"], "/api/v1/groups/{}/roles": ["type": "USER_ADMIN"],
            "/api/v1/meta/types/user": ["name": "walker", "displayName": "Walker"],
            "/api/v1/brands/{}/templates/email/{}/customizations": [
                "language": "en", "subject": "s", "body": "b", "isDefault": true,
            ],
            "/api/v1/domains": ["domain": "walk.example.com", "certificateSourceType": "MANUAL"],
            "/api/v1/device-assurances": ["name": "D", "platform": "IOS", "jailbreak": false],
            "/api/v1/trustedOrigins": ["name": "O", "origin": "https://example.com", "scopes": [["type": "CORS"]]],
            "/api/v1/logStreams": [
                "type": "splunk_cloud_logstreaming", "name": "L",
                "settings": [
                    "host": "logs.splunkcloud.com", "edition": "aws", "token": "11111111-1111-1111-1111-111111111111",
                ],
            ],
            "/api/v1/templates/sms": ["name": "S", "type": "SMS_VERIFY_CODE", "template": "${code}"],
            "/api/v1/policies/{}/rules": ["type": "PASSWORD", "name": "R"],
            "/api/v1/realm-assignments": [
                "name": "A", "priority": 1, "conditions": ["expression": ["value": "user.profile.login != null"]],
                "actions": ["assignUserToRealm": ["realmId": JSON(ids["/api/v1/realms"] ?? "")]],
            ],
            "/api/v1/ssf/stream": [
                "events_requested": ["https://schemas.okta.com/secevent/okta/event-type/user-risk-change"],
                "delivery": ["method": "urn:ietf:rfc:8935", "endpoint_url": "https://example.com/events"],
            ],
            "/governance/api/v1/labels": [
                "name": "L", "values": [["name": "a"]],
            ],
            "/governance/api/v1/collections": ["name": "C", "description": "d"],
            "/governance/api/v1/campaigns": [
                "name": "C",
                "scheduleSettings": [
                    "type": "ONE_OFF", "startDate": "2026-01-01T00:00:00Z", "durationInDays": 2, "timeZone": "UTC",
                ],
                "resourceSettings": ["type": "GROUP", "targetResources": [["resourceId": JSON(group)]]],
                "reviewerSettings": ["type": "USER", "reviewerId": JSON(user)],
                "remediationSettings": [
                    "accessApproved": "NO_ACTION", "accessRevoked": "DENY", "noResponse": "NO_ACTION",
                ],
            ],
            "/api/v1/users/{}/factors": [
                "factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+15551234567"],
            ],
        ]
        let generic: [JSON] = [
            [
                "name": "Walk", "label": "Walk", "type": "BASE", "profile": ["name": "Walk"],
                "domain": "walk.example.com",
            ],
            ["profile": ["title": "T"]], [:],
        ]
        // The body that an object was created from is also used to replace it.
        let own = known[list] ?? (list.hasSuffix("/{}") ? known[String(list.dropLast(3))] : nil)
        return (own.map { [$0] } ?? []) + generic
    }
}
