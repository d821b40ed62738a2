import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// A new org with a stopped clock, and shorthands for calls.
struct TestOrg {
    let engine: OrgEngine
    let clock: OrgClock

    init(_ adjust: (inout OrgConfiguration) -> Void = { _ in }) {
        var configuration = OrgConfiguration()
        configuration.clock = .standing(at: 1_764_000_000)
        // A service of a test may be late on a busy machine.
        configuration.hookTimeout = .seconds(600)
        adjust(&configuration)
        clock = configuration.clock
        engine = OrgEngine(configuration)
    }

    /// A response with its parsed body.
    struct Response {
        /// The response as the org returned it.
        let raw: LocalResponse
        /// The body; null if it is not JSON.
        let json: JSON

        init(_ raw: LocalResponse) {
            self.raw = raw
            json = (try? JSON(parsing: raw.body)) ?? .null
        }

        var status: Int { raw.status }
        var errorCode: String? { json["errorCode"]?.string }
        var causes: [String] { (json["errorCauses"]?.elements ?? []).compactMap { $0["errorSummary"]?.string } }
        var id: String { json["id"]?.string ?? "" }

        /// The target of the link with a relation.
        func link(_ relation: String) -> String? {
            for value in raw.headers("link") where value.hasSuffix("rel=\"\(relation)\"") {
                return String(value.dropFirst().prefix { $0 != ">" })
            }
            return nil
        }
    }

    @discardableResult
    func callAsFunction(
        _ method: String, _ target: String, _ body: JSON? = nil, headers: [(name: String, value: String)] = []
    ) -> Response {
        let request = LocalRequest(
            method, target, headers: [("authorization", "SSWS test"), ("host", "test.okta.com")] + headers,
            body: body?.bytes ?? [])
        return Response(engine.handle(request))
    }

    /// Creates a user.
    func user(_ name: String, password: String? = nil, query: String = "", more: JSON = [:]) -> Response {
        var profile: JSON = [
            "login": JSON("\(name)@example.com"), "email": JSON("\(name)@example.com"), "firstName": JSON(name),
            "lastName": "Test",
        ]
        profile.merge(more)
        var body: JSON = ["profile": profile]
        if let password { body["credentials"] = ["password": ["value": JSON(password)]] }
        return self("POST", "/api/v1/users\(query)", body)
    }

    /// Adds custom attributes to the schema of users.
    func define(_ attributes: JSON) {
        self(
            "POST", "/api/v1/meta/schemas/user/default",
            ["definitions": ["custom": ["id": "#custom", "type": "object", "properties": attributes]]])
    }

    func group(_ name: String) -> Response { self("POST", "/api/v1/groups", ["profile": ["name": JSON(name)]]) }

    /// Creates an app, and returns its id.
    func app() -> String {
        self("POST", "/api/v1/apps", ["name": "oidc_client", "label": "A", "signOnMode": "OPENID_CONNECT"]).id
    }

    /// Returns the path of a link without the host.
    static func path(_ url: String?) -> String {
        guard let url else { return "" }
        return String(url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" })
    }
}
