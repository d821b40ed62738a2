import OktaRuntime
internal import Synchronization

/// A local org without sockets: it answers requests, one at a time.
public final class OrgEngine: Sendable {
    private struct Content {
        var org: OrgState
        var limits: RateLimits
        var faults: FaultPlan
        var journal: Journal
        var snapshots: [String: OrgState] = [:]
    }

    /// The state of an org at one moment.
    public struct Snapshot: Sendable {
        fileprivate let org: OrgState
    }

    private let configuration: OrgConfiguration
    private let content: Mutex<Content>
    private let birth: OrgState
    private let callers: CallerCheck

    /// Creates an org as it is new: with the groups, policies and schemas that every org has.
    public init(_ configuration: OrgConfiguration = OrgConfiguration()) {
        self.configuration = configuration
        callers = CallerCheck(tokens: configuration.tokens, requiresToken: configuration.requiresToken)
        var birth = OrgBirth.org(
            seed: configuration.seed, subdomain: configuration.subdomain, features: configuration.features,
            now: configuration.clock.now, idTail: "5d7")
        birth.isOpen = !configuration.requiresToken
        self.birth = birth
        content = Mutex(
            Content(
                org: birth, limits: RateLimits(scale: configuration.rateLimitScale),
                faults: FaultPlan(configuration.faults, seed: configuration.seed),
                journal: Journal(capacity: configuration.journalCapacity)))
    }

    /// What each action of the catalogs is answered with.
    public static var coverage: [CoverageRow] { OperationCatalog.coverage }

    /// The requests so far, the latest last.
    public var requests: [JournalEntry] { content.withLock { $0.journal.entries } }

    /// The state now. It costs nothing until the org changes.
    public func snapshot() -> Snapshot { content.withLock { Snapshot(org: $0.org) } }

    /// Goes back to a state.
    public func restore(_ snapshot: Snapshot) { content.withLock { $0.org = snapshot.org } }

    /// Goes back to the new org, and forgets the requests.
    public func reset() {
        content.withLock {
            $0.org = birth
            $0.journal.removeAll()
            $0.faults.removeAll()
        }
    }

    /// Adds a fault that befalls requests to come.
    public func add(_ fault: Fault) { content.withLock { $0.faults.add(fault) } }

    /// Changes the state; for seeding.
    func edit<Result>(_ change: (inout OrgState) throws -> Result) rethrows -> Result {
        try content.withLock { try change(&$0.org) }
    }

    // MARK: Requests

    /// Answers a request.
    public func handle(_ request: LocalRequest) -> LocalResponse {
        answer(request).response
    }

    /// Answers a request, and tells the fault that the server has to finish, such as a cut connection.
    func answer(_ request: LocalRequest) -> (response: LocalResponse, fault: Fault.Kind?) {
        let target = RequestTarget(request.target)
        if let response = LocalControl.answer(request, target, access) { return (response, nil) }
        let path = target.path
        return content.withLock { content in
            content.org.now = configuration.clock.now
            let requestID = content.org.ids.hexadecimal(32)
            let origin = Self.origin(of: request, configuration.subdomain)
            let fault = content.faults.take(request.method, path)
            var response: LocalResponse
            var operation: Operation?
            do throws(OrgFault) {
                let match = OperationCatalog.router.match(request.method, target.segments)
                let caller = try callers.caller(request, path, match.operation, origin: origin, &content.org)
                let token = request.header("authorization") ?? ""
                let verdict =
                    configuration.enforcesRateLimits
                    ? content.limits.count(request.method, path, token: token, at: content.org.now) : nil
                do throws(OrgFault) {
                    if verdict?.isOver == true { throw OrgFault.rateLimited }
                    if let refusal = fault?.refusal() { throw refusal }
                    let (found, parameters) = try Self.found(match, path)
                    operation = found
                    try callers.check(caller, may: found, path, origin: origin)
                    let call = Call(
                        request: request, target: target,
                        parameters: Self.resolved(parameters, found, caller, content.org), origin: origin,
                        caller: caller, requestID: requestID)
                    response = Self.response(try found.run(call, &content.org))
                } catch let refusal {
                    response = Self.response(refusal, &content.org)
                }
                Self.addLimits(verdict, fault, content.org.now, to: &response)
            } catch let refusal {
                response = Self.response(refusal, &content.org)
            }
            response.headers.append(("x-okta-request-id", requestID))
            response.headers.append(("date", content.org.now.http))
            fault?.spoil(&response, origin: origin)
            content.journal.add(
                JournalEntry(
                    method: request.method, path: path,
                    query: String(request.target.drop { $0 != "?" }.dropFirst()), body: request.body,
                    status: response.status, operation: operation.map { "\($0.method) \($0.path)" }))
            return (response, fault)
        }
    }

    private var access: LocalControl.Access {
        LocalControl.Access(
            snapshot: { [self] in
                content.withLock { content in
                    let id = String(content.snapshots.count + 1)
                    content.snapshots[id] = content.org
                    return id
                }
            },
            restore: { [self] id in
                content.withLock { content in
                    guard let org = content.snapshots[id] else { return false }
                    content.org = org
                    return true
                }
            },
            reset: { [self] in reset() }, requests: { [self] in requests },
            forgetRequests: { [self] in content.withLock { $0.journal.removeAll() } },
            addFault: { [self] in add($0) },
            removeFaults: { [self] in content.withLock { $0.faults.removeAll() } },
            advance: { [self] in configuration.clock.advance(by: $0) },
            decideDevice: { [self] userCode, login in
                content.withLock { content in
                    content.org.now = configuration.clock.now
                    return DeviceDecision.decide(userCode: userCode, login: login, &content.org)
                }
            })
    }

    private static func found(_ match: Router.Match, _ path: String) throws(OrgFault) -> (Operation, [String]) {
        switch match {
        case .operation(let operation, let parameters): return (operation, parameters)
        case .otherMethod: throw .wrongMethod
        case .none: throw .notFound(path, "Endpoint")
        }
    }

    /// Scheme and host as the caller addressed them.
    private static func origin(of request: LocalRequest, _ subdomain: String) -> String {
        let host = request.header("x-forwarded-host") ?? request.header("host") ?? "\(subdomain).okta.com"
        let isLoopback = host.hasPrefix("127.") || host.hasPrefix("localhost") || host.hasPrefix("[::1]")
        return (request.header("x-forwarded-proto") ?? (isLoopback ? "http" : "https")) + "://" + host
    }

    /// Users may be named by login; what belongs to them is kept by id.
    private static func resolved(
        _ parameters: [String], _ operation: Operation, _ caller: Caller, _ org: OrgState
    ) -> [String] {
        if operation.path.hasPrefix(AuthorizationServers.kind + "/{"), parameters.first == "default" {
            let id = org.tables[AuthorizationServers.kind].first { $0.text("name") == "default" }?.id
            return [id ?? "default"] + parameters.dropFirst()
        }
        guard operation.path.hasPrefix("/api/v1/users/{"), let name = parameters.first else { return parameters }
        if name == "me" { return [caller.id] + parameters.dropFirst() }
        guard org.users[name] == nil, let user = org.users.named(name) else { return parameters }
        return [user.id] + parameters.dropFirst()
    }

    // MARK: Responses

    private static func response(_ reply: Reply) -> LocalResponse {
        var headers = reply.headers
        if let type = reply.contentType { headers.insert(("content-type", type), at: 0) }
        return LocalResponse(status: reply.status, headers: headers, body: reply.body)
    }

    private static func response(_ fault: OrgFault, _ org: inout OrgState) -> LocalResponse {
        LocalResponse(
            status: fault.status, headers: [("content-type", "application/json")] + fault.headers,
            body: fault.body(errorID: "oae" + org.ids.key(22)).bytes)
    }

    private static func addLimits(
        _ verdict: RateLimits.Verdict?, _ fault: Fault.Kind?, _ now: OrgTime, to response: inout LocalResponse
    ) {
        var limit = verdict?.limit ?? 600
        var remaining = verdict?.remaining ?? 599
        let reset = verdict?.reset ?? now.seconds + 60
        if fault == .concurrencyLimit {
            limit = 0
            remaining = 0
        } else if fault == .rateLimit {
            remaining = 0
        }
        response.headers += [
            ("x-rate-limit-limit", String(limit)), ("x-rate-limit-remaining", String(remaining)),
            ("x-rate-limit-reset", String(reset)),
        ]
    }
}
