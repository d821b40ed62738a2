import OktaRuntime

/// Calls below `/_local/` that control a local org. Okta's orgs do not have them.
enum LocalControl {
    /// The maximum number of seconds that one call can advance the clock: a hundred years.
    private static let maximumAdvance = 36_525 * 86_400

    /// Handles a call; nil if the path is not below `/_local/`.
    static func response(to request: LocalRequest, _ target: RequestTarget, _ org: OrgEngine) -> LocalResponse? {
        guard target.segments.first == "_local" else { return nil }
        let path = target.segments.dropFirst()
        let body: JSON
        do throws(ControlBody.Fault) {
            body = try ControlBody.read(request.body, of: path.first)
        } catch {
            return refusal(error.text)
        }
        switch (request.method, path.joined(separator: "/")) {
        case ("GET", "coverage"): return json(JSON(OrgEngine.coverage.map(row)))
        case ("GET", "requests"): return json(JSON(org.requests.map(entry)))
        case ("DELETE", "requests"): return done { org.forgetRequests() }
        case ("GET", "messages"): return json(JSON(org.messages.map(message)))
        case ("GET", "deliveries"): return json(JSON(org.hooks.known.map(delivery)))
        case ("DELETE", "deliveries"): return done { org.hooks.removeAll() }
        case ("POST", "expectations"): return expect(body, org)
        case ("POST", "faults"): return addFault(body, org)
        case ("DELETE", "faults"): return done { org.removeFaults() }
        case ("POST", "limits"): return limit(body, org)
        case ("POST", "seed"): return seed(body, org)
        case ("POST", "reset"): return done { org.reset() }
        case ("POST", "snapshots"):
            return json(["id": JSON(org.edit { $0.snapshots.add($0.org) })], status: 201)
        case ("POST", "clock"):
            guard let seconds = body["advance"]?.int, (0...maximumAdvance).contains(seconds) else {
                return refusal("'advance' must be a number of seconds up to \(maximumAdvance), a hundred years")
            }
            return done { org.clock.advance(by: seconds) }
        case ("POST", "search-delay"):
            guard let seconds = body["seconds"]?.int, (0...OrgHistory.longest).contains(seconds) else {
                return refusal("'seconds' must be a number up to \(OrgHistory.longest), 0 for no delay")
            }
            return done { org.delaySearch(by: seconds) }
        case ("GET", let name) where name.hasPrefix("factors/") && name.hasSuffix("/passcode") && path.count == 3:
            guard let code = org.passCode(ofFactor: target.segments[2]) else {
                return refusal("there is no such factor, or it waits for no code", status: 404)
            }
            return json(["passCode": JSON(code)])
        case ("POST", let name) where name.hasPrefix("factors/") && name.hasSuffix("/push") && path.count == 3:
            return org.respondToPush(ofFactor: target.segments[2], accepting: body["accept"]?.bool ?? true)
                ? LocalResponse(status: 204) : refusal("there is no such push factor", status: 404)
        case ("POST", let name) where name.hasPrefix("devices/") && path.count == 3:
            return decideDevice(Array(path), body, org)
        default:
            if let response = snapshot(request.method, Array(path), org) { return response }
            return refusal("there is no such call; Tools/LocalOrg/README.md lists all", status: 404)
        }
    }

    private static func snapshot(_ method: String, _ path: [String], _ org: OrgEngine) -> LocalResponse? {
        guard path.count >= 2, path[0] == "snapshots" else { return nil }
        switch (method, path.count) {
        case ("DELETE", 2):
            return org.edit { $0.snapshots.remove(path[1]) }
                ? done {} : refusal("there is no such snapshot", status: 404)
        case ("POST", 3) where path[2] == "restore":
            return org.edit { content in
                guard let state = content.snapshots[path[1]] else {
                    return refusal("there is no such snapshot", status: 404)
                }
                content.restore(state)
                return LocalResponse(status: 204)
            }
        default: return nil
        }
    }

    private static func decideDevice(_ path: [String], _ body: JSON, _ org: OrgEngine) -> LocalResponse {
        let isApproval = path[2] == "approve"
        guard isApproval || path[2] == "deny", !isApproval || body.text("login") != nil else {
            return refusal("a device is approved with a 'login', or denied")
        }
        let problem = org.edit { content in
            content.org.now = org.clock.now
            return DeviceDecision.decide(
                userCode: path[1], login: isApproval ? body.text("login") : nil, &content.org)
        }
        return problem.map { refusal($0, status: 404) } ?? LocalResponse(status: 204)
    }

    private static func addFault(_ body: JSON, _ org: OrgEngine) -> LocalResponse {
        guard let kind = body.text("kind").flatMap(Fault.Kind.init) else {
            return refusal("'kind' must be one of \(Fault.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let percent = body["percent"]?.int ?? 100
        guard (0...100).contains(percent) else { return refusal("'percent' must be a number from 0 to 100") }
        let milliseconds = body["milliseconds"].map { $0.int ?? -1 } ?? 1000
        guard (0...600_000).contains(milliseconds) else {
            return refusal("'milliseconds' must be a number up to 600000, ten minutes")
        }
        return done {
            org.add(
                Fault(
                    kind, method: body.text("method"), path: body.text("path") ?? "/",
                    times: body["times"]?.kind == .null ? nil : body["times"]?.int ?? 1, percent: percent,
                    milliseconds: milliseconds))
        }
    }

    private static func limit(_ body: JSON, _ org: OrgEngine) -> LocalResponse {
        let scale = body["scale"]?.double ?? 1
        guard scale > 0, scale <= 1_000_000 else { return refusal("'scale' must be a number above 0") }
        guard body["concurrency"]?.int ?? 0 >= 0 else { return refusal("'concurrency' must not be negative") }
        return done {
            org.limit(
                enforced: body["enforced"]?.bool ?? true, scale: scale,
                concurrency: body["concurrency"]?.kind == .null ? nil : body["concurrency"]?.int ?? 75)
        }
    }

    private static func seed(_ body: JSON, _ org: OrgEngine) -> LocalResponse {
        if let users = body["users"] {
            guard let count = users.int, (0...1_000_000).contains(count) else {
                return refusal("'users' must be a number up to 1000000")
            }
            org.seed(users: count)
        }
        do throws(SeedError) {
            if let objects = body["objects"] { try org.seed(objects: objects) }
            return LocalResponse(status: 204)
        } catch {
            return refusal(error.description)
        }
    }

    private static func expect(_ body: JSON, _ org: OrgEngine) -> LocalResponse {
        guard let route = body.text("request") else {
            return refusal("'request' must be a method and a path, such as POST /api/v1/users")
        }
        var query: [String: String] = [:]
        for (name, value) in body["query"]?.members ?? [] { query[name] = value.string ?? value.text }
        do throws(RequestMismatch) {
            let found = try org.expect(
                RequestExpectation(
                    route, times: body["times"]?.int, query: query, body: body["body"], status: body["status"]?.int))
            return json(JSON(found.map(entry)))
        } catch {
            return refusal(error.description, status: 409)
        }
    }

    private static func done(_ change: () -> Void) -> LocalResponse {
        change()
        return LocalResponse(status: 204)
    }

    private static func json(_ json: JSON, status: Int = 200) -> LocalResponse {
        LocalResponse(status: status, headers: [("content-type", "application/json")], body: json.bytes)
    }

    private static func refusal(_ text: String, status: Int = 400) -> LocalResponse {
        json(["error": JSON(text)], status: status)
    }

    private static func message(_ message: OrgMessage) -> JSON {
        [
            "channel": JSON(message.channel), "address": JSON(message.address), "userId": JSON(message.userID),
            "code": JSON(message.code), "time": JSON(message.time),
        ]
    }

    private static func delivery(_ delivery: HookDelivery) -> JSON {
        [
            "hookId": JSON(delivery.hookID), "kind": JSON(delivery.kind.rawValue), "method": JSON(delivery.method),
            "url": JSON(delivery.url), "outcome": JSON(delivery.outcome.rawValue),
            "headers": JSON(members: delivery.headers.map { ($0.name, JSON($0.value)) }),
            "body": JSON(String(decoding: delivery.body, as: UTF8.self)),
            "statuses": JSON(delivery.statuses.map { $0.map { JSON($0) } ?? .null }),
            "responseBody": JSON(String(decoding: delivery.responseBody, as: UTF8.self)),
            "problem": delivery.problem.map { JSON($0) } ?? .null,
        ]
    }

    private static func row(_ row: CoverageRow) -> JSON {
        [
            "category": JSON(row.category), "action": JSON(row.action), "method": JSON(row.method),
            "path": JSON(row.path), "fidelity": JSON(row.fidelity.rawValue),
        ]
    }

    private static func entry(_ entry: ReceivedRequest) -> JSON {
        [
            "method": JSON(entry.method), "path": JSON(entry.path), "query": JSON(entry.query),
            "body": JSON(String(decoding: entry.body, as: UTF8.self)), "status": JSON(entry.status),
            "operation": entry.operation.map { JSON($0) } ?? .null,
        ]
    }
}
