import OktaRuntime

/// Push transactions, which wait for the user to respond on a device.
enum FactorPushes {
    private static let transactions = "/api/v1/users/{}/factors/{}/transactions"
    private static let path = Factors.path + "/{factorId}/transactions/{transactionId}"

    /// Starts a transaction and returns its id.
    static func start(_ factor: String, _ org: inout OrgState) -> String {
        let id = "v2mst." + org.ids.key(22)
        org.tables[transactions, of: factor][id] = [
            "id": JSON(id), "result": "WAITING", "until": JSON((org.now + 300).text),
        ]
        return id
    }

    /// Returns the result of a transaction: `WAITING`, `SUCCESS`, `REJECTED` or `TIMEOUT`; nil if it does not exist.
    static func result(of transaction: String, _ factor: String, _ org: OrgState) -> String? {
        org.tables[transactions, of: factor][transaction].map { result(of: $0, org) }
    }

    private static func result(of json: JSON, _ org: OrgState) -> String {
        let isOver = json.text("result") == "WAITING" && json.text("until") ?? "" <= org.now.text
        return isOver ? "TIMEOUT" : json.text("result") ?? ""
    }

    /// Starts a verification by push and returns the response.
    static func start(_ factor: JSON, _ call: Call, _ org: inout OrgState) -> OrgResponse {
        let id = start(call[1], &org)
        let json = org.tables[transactions, of: call[1]][id] ?? .emptyObject
        var response = shown(json, call, org)
        response["expiresAt"] = json["until"]
        response["profile"] = factor["profile"]
        return .json(response, status: 201)
    }

    private static func shown(_ json: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let result = result(of: json, org)
        let base = "\(call.origin)/api/v1/users/\(call[0])/factors/\(call[1])"
        guard result == "WAITING" else {
            return [
                "factorResult": JSON(result),
                "_links": ["verify": ["href": JSON("\(base)/verify"), "hints": ["allow": ["POST"]]]],
            ]
        }
        let own = "\(base)/transactions/\(json.text("id") ?? "")"
        return [
            "factorResult": "WAITING",
            "_links": [
                "poll": ["href": JSON(own), "hints": ["allow": ["GET"]]],
                "cancel": ["href": JSON(own), "hints": ["allow": ["DELETE"]]],
            ],
        ]
    }

    private static func transaction(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        _ = try Factors.find(call, org)
        guard let json = org.tables[transactions, of: call[1]][call[2]] else {
            throw .notFound(call[2], "UserFactorTransaction")
        }
        return json
    }

    /// Simulates the user's response on a device: activates a pending enrollment, or completes waiting transactions.
    static func respond(toAllOf factor: String, accepting: Bool, _ org: inout OrgState) -> Bool {
        guard let user = org.tables.parents(of: factor, kind: Kinds.factors).first,
            var json = org.tables[Kinds.factors, of: user][factor], json.text("factorType") == "push"
        else { return false }
        if json.text("status") == "PENDING_ACTIVATION", accepting {
            json["status"] = "ACTIVE"
            json["lastUpdated"] = JSON(org.now.text)
            org.tables[Kinds.factors, of: user][factor] = json
        }
        for (id, json) in org.tables[transactions, of: factor].all where json.text("result") == "WAITING" {
            org.tables[transactions, of: factor][id]?["result"] = accepting ? "SUCCESS" : "REJECTED"
        }
        return true
    }

    /// Returns the ids of the waiting transactions.
    static func waiting(of factor: String, _ org: OrgState) -> [String] {
        org.tables[transactions, of: factor].all.filter { result(of: $0.json, org) == "WAITING" }.map(\.id)
    }

    /// Simulates the response to one transaction.
    static func respond(to transaction: String, of factor: String, accepting: Bool, _ org: inout OrgState) {
        org.tables[transactions, of: factor][transaction]?["result"] = accepting ? "SUCCESS" : "REJECTED"
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            .json(shown(try transaction(call, org), call, org))
        },
        Operation("DELETE", path) { call, org throws(OrgFault) in
            _ = try transaction(call, org)
            org.tables[transactions, of: call[1]][call[2]] = nil
            return .empty()
        },
    ]
}
