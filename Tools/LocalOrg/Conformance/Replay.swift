import OktaLocalOrg
import OktaRuntime

/// Plays a session against a new org.
struct Replay {
    /// The comparison of the two responses to one request.
    struct Outcome {
        let exchange: Exchange
        let localStatus: Int
        let localBody: [UInt8]
        let sameStatus: Bool
        /// Nil if the recorded response is not an error.
        let sameCode: Bool?
        /// Nil if both responses have the same shape, or if the recorded one has a body that is not JSON.
        let difference: String?
        let comparesShape: Bool
        /// Whether the replay seeded the org with the content of the recorded response.
        let isFirstSight: Bool
        /// Whether the request's body or proof was not recorded.
        let isRebuilt: Bool
    }

    /// Returns whether a response came from a web server with no org behind it, such as one for a host name that does
    /// not exist.
    static func isFromNoOrg(_ exchange: Exchange) -> Bool {
        exchange.status == 404 && exchange.response?["errorCode"] == nil && exchange.response?["status"]?.int == 404
    }

    /// The start of a replay on the org's clock.
    private static let firstSecond = 1_760_000_000

    static func outcomes(_ session: [Exchange]) -> [Outcome] {
        let session = session.filter { !isFromNoOrg($0) }
        guard let first = session.first else { return [] }
        let start = SessionStart(session)
        var configuration = OrgConfiguration()
        configuration.requiresToken = false
        configuration.features = start.features
        configuration.subdomain = String(first.host.prefix { $0 != "." })
        configuration.requestJournalCapacity = 0
        configuration.clock = .standing(at: firstSecond)
        let engine = OrgEngine(configuration)
        let firstSights = Set(start.found.map(\.exchange))
        for (path, ids) in start.lists { engine.keepOnly(ids, below: path) }
        for object in start.found { engine.adopt(object.json, below: object.path) }
        var map = IDMap(shared: start.ids)
        var proofs = RecordedProof()
        var outcomes: [Outcome] = []
        for (index, exchange) in session.enumerated() {
            configuration.clock.advance(by: 2)
            let (body, isBodyRebuilt) = Self.body(of: exchange, after: session[..<index])
            let proof = proofs.field(of: exchange, at: firstSecond + 2 * (index + 1))
            let request = LocalRequest(
                exchange.method, map.mapped(exchange.target),
                headers: exchange.headers + [("host", exchange.host), ("x-forwarded-proto", "https")]
                    + (proof.map { [$0] } ?? []),
                body: Array(map.mapped(body).utf8))
            let response = engine.handle(request)
            proofs.learn(response.header("dpop-nonce"))
            let local = try? JSON(parsing: response.body)
            let sameStatus = response.status == exchange.status
            var difference: String?
            var compares = false
            if let recorded = exchange.response {
                if let local { map.learn(recorded, local) }
                compares = true
                difference =
                    !sameStatus
                    ? "another status: \(response.status)"
                    : local.map { BodyShapeComparison.difference(recorded, $0, map: map) } ?? "no JSON here"
            } else if exchange.responseBody.isEmpty, exchange.status < 300 {
                compares = true
                difference =
                    !sameStatus ? "another status: \(response.status)" : response.body.isEmpty ? nil : "a body here"
            }
            var sameCode: Bool?
            if exchange.status >= 400 {
                let code = exchange.response?["errorCode"]?.string ?? exchange.response?["error"]?.string
                sameCode = code == (local?["errorCode"]?.string ?? local?["error"]?.string)
            }
            outcomes.append(
                Outcome(
                    exchange: exchange, localStatus: response.status, localBody: response.body, sameStatus: sameStatus,
                    sameCode: sameCode,
                    difference: difference, comparesShape: compares, isFirstSight: firstSights.contains(index),
                    isRebuilt: isBodyRebuilt || proof != nil))
        }
        return outcomes
    }

    /// The password of users who are created with one.
    private static let password: JSON = "Password150kta"

    /// Returns the body of a successful sign-in or a change of credentials. Recorders omit passwords and tokens.
    private static func signIn(_ exchange: Exchange, after earlier: ArraySlice<Exchange>) -> JSON? {
        guard exchange.requestBody.isEmpty, exchange.method == "POST", exchange.status == 200 else { return nil }
        switch exchange.path {
        case "/api/v1/authn":
            let login = exchange.response?["_embedded"]?["user"]?["profile"]?["login"] ?? ""
            let creation = earlier.last { $0.response?["profile"]?["login"] == login && $0.method == "POST" }
            let password = creation.flatMap { try? JSON(parsing: $0.requestBody) }?["credentials"]?["password"]?[
                "value"]
            return ["username": login, "password": password ?? Self.password]
        case "/api/v1/sessions":
            let token = earlier.last { $0.response?["sessionToken"] != nil }?.response?["sessionToken"]
            return ["sessionToken": token ?? ""]
        default: return newCredentials(exchange)
        }
    }

    /// Returns the body of a user's change of credentials; nil for another request.
    private static func newCredentials(_ exchange: Exchange) -> JSON? {
        guard exchange.segments.dropLast().last == "credentials", exchange.path.hasPrefix("/api/v1/users/") else {
            return nil
        }
        let own: JSON = ["value": password]
        switch exchange.segments.last {
        case "change_password": return ["oldPassword": own, "newPassword": ["value": "Another150kta"]]
        case "change_recovery_question":
            let question = exchange.response?["recovery_question"]?["question"] ?? "What do you like?"
            return ["password": own, "recovery_question": ["question": question, "answer": "swimming"]]
        case "forgot_password_recovery_question":
            return ["password": ["value": "Another150kta"], "recovery_question": ["answer": "swimming"]]
        default: return nil
        }
    }

    /// Returns the body of a request. A body that the recorder lost is rebuilt from the response, without the members
    /// that the server sets.
    private static func body(of exchange: Exchange, after earlier: ArraySlice<Exchange>) -> (
        text: String, isRebuilt: Bool
    ) {
        if let body = signIn(exchange, after: earlier) { return (body.text, true) }
        guard exchange.requestBody.isEmpty, ["POST", "PUT"].contains(exchange.method),
            (200..<300).contains(exchange.status), !exchange.path.contains("/lifecycle/"),
            !(exchange.path.contains("/credentials/") && exchange.path.contains("/users/")),
            let response = exchange.response, response.count > 1
        else { return (exchange.requestBody, false) }
        var body = response
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
            body["credentials"]?["password"] = ["value": password]
        }
        return (body.text, true)
    }
}
