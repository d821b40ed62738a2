import OktaLocalOrg
import OktaRuntime

/// Plays a session against a new org.
struct Replay {
    /// How the two answers to one request compare.
    struct Outcome {
        let exchange: Exchange
        let localStatus: Int
        let sameStatus: Bool
        /// Nil when the recorded answer is no error.
        let sameCode: Bool?
        /// Nil when the recorded answer has no JSON, or has another status.
        let difference: String?
        let comparesShape: Bool
        /// Whether the recorded answer is what the org was given at the start.
        let isFirstSight: Bool
        /// Whether the request's body was not recorded.
        let isRebuilt: Bool
    }

    static func outcomes(_ session: [Exchange]) -> [Outcome] {
        guard let first = session.first else { return [] }
        let start = SessionStart(session)
        var configuration = OrgConfiguration()
        configuration.requiresToken = false
        configuration.features = start.features
        configuration.subdomain = String(first.host.prefix { $0 != "." })
        configuration.journalCapacity = 0
        configuration.clock = .standing(at: 1_760_000_000)
        let engine = OrgEngine(configuration)
        let firstSights = Set(start.found.map(\.exchange))
        for object in start.found { engine.adopt(object.json, below: object.path) }
        var map = IDMap(shared: start.ids)
        var outcomes: [Outcome] = []
        for (index, exchange) in session.enumerated() {
            configuration.clock.advance(by: 2)
            let (body, isRebuilt) = Self.body(of: exchange)
            let request = LocalRequest(
                exchange.method, map.mapped(exchange.target),
                headers: exchange.headers + [("host", exchange.host), ("x-forwarded-proto", "https")],
                body: Array(map.mapped(body).utf8))
            let response = engine.handle(request)
            let local = try? JSON(parsing: response.body)
            let sameStatus = response.status == exchange.status
            var difference: String?
            var compares = false
            if let recorded = exchange.answer {
                if let local { map.learn(recorded, local) }
                compares = true
                difference =
                    !sameStatus
                    ? "another status: \(response.status)"
                    : local.map { ShapeComparison.difference(recorded, $0, map: map) } ?? "no JSON here"
            } else if exchange.responseBody.isEmpty, exchange.status < 300 {
                compares = true
                difference =
                    !sameStatus ? "another status: \(response.status)" : response.body.isEmpty ? nil : "a body here"
            }
            var sameCode: Bool?
            if exchange.status >= 400 {
                let code = exchange.answer?["errorCode"]?.string ?? exchange.answer?["error"]?.string
                sameCode = code == (local?["errorCode"]?.string ?? local?["error"]?.string)
            }
            outcomes.append(
                Outcome(
                    exchange: exchange, localStatus: response.status, sameStatus: sameStatus, sameCode: sameCode,
                    difference: difference, comparesShape: compares, isFirstSight: firstSights.contains(index),
                    isRebuilt: isRebuilt))
        }
        return outcomes
    }

    /// The body of a request. Where the recorder lost it, it is made of the answer: what the server sets is left out.
    private static func body(of exchange: Exchange) -> (text: String, isRebuilt: Bool) {
        guard exchange.requestBody.isEmpty, ["POST", "PUT"].contains(exchange.method),
            (200..<300).contains(exchange.status), !exchange.path.contains("/lifecycle/"),
            !(exchange.path.contains("/credentials/") && exchange.path.contains("/users/")),
            let answer = exchange.answer, answer.count > 1
        else { return (exchange.requestBody, false) }
        var body = answer
        let server = [
            "created", "lastUpdated", "_links", "_embedded", "status", "activated", "statusChanged", "lastLogin",
            "passwordChanged", "lastMembershipUpdated", "objectClass", "system", "verificationStatus",
            "createdBy", "lastUpdatedBy", "conditions", "orn", "label", "type",
        ]
        let isUser = exchange.segments.last == "users" && exchange.segments.count == 3
        let keeps: Set = ["conditions", "label", "type"]
        for name in server where !keeps.contains(name) || isUser { body[name] = nil as JSON? }
        let isMember = ["users", "groups"].contains(exchange.segments.last ?? "") && exchange.segments.count > 3
        if !isMember { body["id"] = nil as JSON? }
        if isUser, body["credentials"]?["password"] != nil {
            body["credentials"]?["password"] = ["value": "Password150kta"]
        }
        return (body.text, true)
    }
}
