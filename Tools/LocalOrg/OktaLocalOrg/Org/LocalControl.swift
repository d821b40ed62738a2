import OktaRuntime

/// What tests ask of a local org itself, below `/_local/`: no org of Okta's has these.
enum LocalControl {
    /// What a call needs of the engine.
    struct Access {
        let snapshot: () -> String
        let restore: (String) -> Bool
        let reset: () -> Void
        let requests: () -> [JournalEntry]
        let forgetRequests: () -> Void
        let addFault: (Fault) -> Void
        let removeFaults: () -> Void
        let advance: (Int) -> Void
        /// Approves a device for a login, or denies it; what is wrong, or nil.
        let decideDevice: (_ userCode: String, _ login: String?) -> String?
    }

    /// Answers a call; nil when the path is not one of these.
    static func answer(_ request: LocalRequest, _ target: RequestTarget, _ access: Access) -> LocalResponse? {
        guard target.segments.first == "_local" else { return nil }
        let body = (try? JSON(parsing: request.body)) ?? .emptyObject
        switch (request.method, target.segments.dropFirst().joined(separator: "/")) {
        case ("GET", "coverage"): return json(JSON(OperationCatalog.coverage.map(row)))
        case ("POST", "reset"):
            access.reset()
            return LocalResponse(status: 204)
        case ("POST", "snapshots"): return json(["id": JSON(access.snapshot())], status: 201)
        case ("GET", "requests"): return json(JSON(access.requests().map(entry)))
        case ("DELETE", "requests"):
            access.forgetRequests()
            return LocalResponse(status: 204)
        case ("POST", "faults"):
            guard let kind = body.text("kind").flatMap(Fault.Kind.init) else {
                return refusal("'kind' must be one of \(Fault.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            access.addFault(
                Fault(
                    kind, method: body.text("method"), path: body.text("path") ?? "/",
                    times: body["times"]?.kind == .null ? nil : body["times"]?.int ?? 1,
                    percent: body["percent"]?.int ?? 100))
            return LocalResponse(status: 204)
        case ("DELETE", "faults"):
            access.removeFaults()
            return LocalResponse(status: 204)
        case ("POST", "clock"):
            guard let seconds = body["advance"]?.int, seconds >= 0 else {
                return refusal("'advance' must be a number of seconds")
            }
            access.advance(seconds)
            return LocalResponse(status: 204)
        case ("POST", let path) where path.hasPrefix("devices/") && target.segments.count == 4:
            let isApproval = target.segments[3] == "approve"
            guard isApproval || target.segments[3] == "deny", !isApproval || body.text("login") != nil else {
                return refusal("a device is approved with a 'login', or denied")
            }
            return access.decideDevice(target.segments[2], isApproval ? body.text("login") : nil)
                .map { refusal($0, status: 404) } ?? LocalResponse(status: 204)
        case ("POST", let path) where path.hasPrefix("snapshots/") && path.hasSuffix("/restore"):
            return access.restore(target.segments[2])
                ? LocalResponse(status: 204) : refusal("there is no such snapshot", status: 404)
        default: return refusal("there is no such call; see the documentation of OktaLocalOrg", status: 404)
        }
    }

    private static func json(_ json: JSON, status: Int = 200) -> LocalResponse {
        LocalResponse(status: status, headers: [("content-type", "application/json")], body: json.bytes)
    }

    private static func refusal(_ text: String, status: Int = 400) -> LocalResponse {
        json(["error": JSON(text)], status: status)
    }

    private static func row(_ row: CoverageRow) -> JSON {
        [
            "category": JSON(row.category), "action": JSON(row.action), "method": JSON(row.method),
            "path": JSON(row.path), "fidelity": JSON(row.fidelity.rawValue),
        ]
    }

    private static func entry(_ entry: JournalEntry) -> JSON {
        [
            "method": JSON(entry.method), "path": JSON(entry.path), "query": JSON(entry.query),
            "body": JSON(String(decoding: entry.body, as: UTF8.self)), "status": JSON(entry.status),
            "operation": entry.operation.map { JSON($0) } ?? .null,
        ]
    }
}
