import LoopbackServer
import Okta
import Synchronization

/// An org of seven users, one application and one group, in the form in which Okta's API answers.
final class DemoOrg: Sendable {
    /// The only token that the org accepts.
    static let token = "demo-token"

    private let group = Mutex<JSON>([
        "id": "00g1", "type": "OKTA_GROUP",
        "profile": ["name": "Deployers", "description": "old", "costCenter": 4711],
    ])

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        guard request.header("Authorization") == "SSWS \(Self.token)" else {
            return refusal(401, code: "E0000011", summary: "Invalid token provided")
        }
        switch "\(request.method) \(request.path)" {
        case "GET /api/v1/org":
            return found(["id": "00o1", "companyName": "Demo Org", "subdomain": "demo"])
        case "GET /api/v1/users":
            return users(request)
        case "GET /api/v1/apps":
            return found([Self.application])
        case "GET /api/v1/apps/0oa1":
            return found(Self.application)
        case "GET /api/v1/groups":
            return found([group.withLock { $0 }])
        case "PUT /api/v1/groups/00g1":
            guard let body = try? JSON(parsing: request.body), let profile = body["profile"] else {
                return refusal(400, code: "E0000003", summary: "The request body was not well-formed.")
            }
            return found(
                group.withLock { group in
                    group["profile"] = profile
                    return group
                })
        default:
            return refusal(404, code: "E0000007", summary: "Not found: Resource not found: \(request.path)")
        }
    }

    private static let application: JSON = [
        "id": "0oa1", "name": "oidc_client", "label": "Build Server", "status": "ACTIVE",
        "signOnMode": "OPENID_CONNECT",
    ]

    private static let users: [JSON] = ["ada", "alan", "barbara", "donald", "edsger", "frances", "grace"].enumerated()
        .map { index, name in
            [
                "id": JSON("00u\(index)"), "status": "ACTIVE",
                "profile": ["login": JSON("\(name)@example.com"), "firstName": JSON(name)],
            ]
        }

    /// A page, with a link to the next one unless it is the last.
    private func users(_ request: LoopbackRequest) -> LoopbackAnswer {
        let query = Dictionary(
            (request.query ?? "").split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return (parts.first.map(String.init) ?? "", parts.count > 1 ? Int(parts[1]) : nil)
            }, uniquingKeysWith: { $1 })
        let limit = min(max((query["limit"] ?? nil) ?? 3, 1), 200)
        let start = min(max((query["after"] ?? nil) ?? 0, 0), Self.users.count)
        let end = min(start + limit, Self.users.count)
        var headers = [("X-Okta-Request-Id", "demo")]
        if end < Self.users.count {
            let host = request.header("Host") ?? "127.0.0.1"
            headers.append(("Link", "<http://\(host)/api/v1/users?after=\(end)&limit=\(limit)>; rel=\"next\""))
        }
        return .json(JSON(Array(Self.users[start..<end])).text, headers: headers)
    }

    private func found(_ body: JSON) -> LoopbackAnswer {
        .json(body.text, headers: [("X-Okta-Request-Id", "demo")])
    }

    private func refusal(_ status: Int, code: String, summary: String) -> LoopbackAnswer {
        let body: JSON = ["errorCode": JSON(code), "errorSummary": JSON(summary), "errorId": "demo", "errorCauses": []]
        return .json(body.text, status: status, headers: [("X-Okta-Request-Id", "demo")])
    }
}
