import OktaRuntime
internal import Synchronization

/// Handling of requests.
extension OrgEngine {
    /// Handles a request.
    public func handle(_ request: LocalRequest) -> LocalResponse {
        handle(request, isAdmitted: true).response
    }

    /// Counts a request that a server has begun to read, and returns whether it may run. Each call needs one of
    /// `end()`.
    func begin() -> Bool { content.withLock { $0.concurrency.begin() } }

    /// Counts a finished request.
    func end() { content.withLock { $0.concurrency.end() } }

    /// Handles a request, and returns the fault that the server has to inject, such as a closed connection.
    ///
    /// - Parameter isAdmitted: Whether the request is within the concurrency limit.
    func handle(_ request: LocalRequest, isAdmitted: Bool) -> (response: LocalResponse, fault: Fault?) {
        let (response, fault, _) = perform(request, isAdmitted: isAdmitted, callsHooks: false)
        return (response, fault)
    }

    /// Handles a request. If the response depends on a hook call, the caller completes it with `finish`.
    func perform(
        _ request: LocalRequest, isAdmitted: Bool, callsHooks: Bool
    ) -> (response: LocalResponse, fault: Fault?, hook: HookCall?) {
        let target = RequestTarget(request.target)
        if let response = LocalControl.response(to: request, target, self) { return (response, nil, nil) }
        let path = target.path
        return content.withLock { content in
            content.org.now = configuration.clock.now
            if let response = CrossOrigin.preflight(request, target, content.org) { return (response, nil, nil) }
            let requestID = content.org.ids.hexadecimal(32)
            let origin = Self.origin(of: request, configuration.subdomain)
            let fault = content.faults.take(request.method, target.segments)
            var response: LocalResponse
            var operation: Operation?
            var hook: HookCall?
            var verdict: RateLimits.Verdict?
            do throws(OrgFault) {
                let match = OperationCatalog.router.match(request.method, target.segments)
                let caller = try callers.caller(request, path, match.operation, origin: origin, &content.org)
                var call = Call(
                    request: request, target: target, parameters: [], origin: origin, caller: caller,
                    requestID: requestID)
                if content.enforcesLimits {
                    let token = request.header("authorization") ?? ""
                    verdict = content.limits.count(request.method, target.segments, token: token, at: content.org.now)
                }
                if !isAdmitted { throw OrgFault.rateLimited }
                if let verdict, verdict.isOver { throw content.refuse(verdict, call) }
                if let refusal = fault?.kind.refusal() { throw refusal }
                let (found, parameters) = try Self.found(match, path)
                operation = found
                try callers.check(caller, may: found, path, origin: origin)
                call.parameters = Self.resolved(parameters, found, caller, content.org)
                var result = try content.run(found, call)
                if let pending = result.hook {
                    if callsHooks, pending.delivery.problem == nil {
                        hook = pending
                    } else {
                        result = try Self.finishedUncalled(pending, &content.org)
                    }
                }
                response = Self.revalidated(Self.response(result), by: request)
            } catch let refusal {
                response = Self.response(refusal, &content.org)
            }
            let isBusy = !isAdmitted || fault?.kind == .concurrencyLimit
            // Requests for well-known documents do not count, and their responses have no limits.
            if isBusy || target.segments.first != ".well-known" {
                Self.addLimits(
                    verdict, isBusy: isBusy, isOver: fault?.kind == .rateLimit, content.org.now, to: &response)
            }
            response.headers += CrossOrigin.fields(for: request, target, content.org)
            response.headers.append(("x-okta-request-id", requestID))
            response.headers.append(("date", content.date.text(of: content.org.now)))
            if let fault, hook == nil {
                fault.kind.spoil(&response, url: origin + request.target, milliseconds: fault.milliseconds)
            }
            let entry = content.journal.add(
                ReceivedRequest(
                    method: request.method, path: path,
                    query: String(request.target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()) ?? "",
                    fields: request.headers, body: request.body, status: response.status, operation: operation?.name))
            hook?.entry = entry
            hook?.origin = origin
            EventHooks.deliver(origin: origin, &content.org)
            hooks.add(content.org.outbox)
            content.org.outbox = []
            return (response, fault, hook)
        }
    }

    /// Returns the response to a request without calling its hooks.
    private static func finishedUncalled(_ call: HookCall, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let delivery = call.delivery.notCalled("the org was asked without HTTP")
        org.outbox.append(delivery)
        let result = try call.finish(delivery, &org)
        return try result.hook.map { next throws(OrgFault) in try finishedUncalled(next, &org) } ?? result
    }

    /// Completes a response after a hook call, or returns the next hook call.
    func finish(
        _ hook: HookCall, _ delivery: HookDelivery, _ response: LocalResponse
    ) -> (response: LocalResponse, next: HookCall?) {
        content.withLock { content in
            var finished: LocalResponse
            do throws(OrgFault) {
                var result = try hook.finish(delivery, &content.org)
                if var next = result.hook {
                    next.entry = hook.entry
                    next.origin = hook.origin
                    if next.delivery.problem == nil { return (response, next) }
                    result = try Self.finishedUncalled(next, &content.org)
                }
                finished = Self.response(result)
            } catch let refusal {
                finished = Self.response(refusal, &content.org)
            }
            content.journal.set(status: finished.status, ofEntry: hook.entry)
            EventHooks.deliver(origin: hook.origin, &content.org)
            hooks.add(content.org.outbox)
            content.org.outbox = []
            let own = Set(finished.headers.map(\.name))
            finished.headers += response.headers.filter { !own.contains($0.name) && $0.name != "content-type" }
            return (finished, nil)
        }
    }

    private static func found(_ match: Router.Match, _ path: String) throws(OrgFault) -> (Operation, [String]) {
        switch match {
        case .operation(let operation, let parameters): return (operation, parameters)
        case .otherMethod: throw .wrongMethod
        case .none: throw .notFound(path, "Endpoint")
        }
    }

    /// Returns the scheme and host that the caller used.
    static func origin(of request: LocalRequest, _ subdomain: String) -> String {
        let host = request.header("x-forwarded-host") ?? request.header("host") ?? "\(subdomain).okta.com"
        let isLoopback = host.hasPrefix("127.") || host.hasPrefix("localhost") || host.hasPrefix("[::1]")
        return (request.header("x-forwarded-proto") ?? (isLoopback ? "http" : "https")) + "://" + host
    }

    /// Returns the parameters with names replaced by ids, since objects are stored by id: `me` and logins of users, and the
    /// authorization server `default`.
    private static func resolved(
        _ parameters: [String], _ operation: Operation, _ caller: Caller, _ org: OrgState
    ) -> [String] {
        if operation.path.hasPrefix(AuthorizationServers.kind + "/{"), parameters.first == "default" {
            let id = org.tables[AuthorizationServers.kind].first { $0.text("name") == "default" }?.id
            return [id ?? "default"] + parameters.dropFirst()
        }
        guard operation.path.hasPrefix("/api/v1/users/{"), let name = parameters.first else { return parameters }
        if name == "me" { return [caller.id] + parameters.dropFirst() }
        guard !org.users.contains(name), let user = org.users.named(name) else { return parameters }
        return [user.id] + parameters.dropFirst()
    }
}

extension OrgEngine.Content {
    /// Runs an operation. A change for which the operation records no event gets the event of its route.
    fileprivate mutating func run(_ operation: Operation, _ call: Call) throws(OrgFault) -> OrgResponse {
        if history.delay > 0, call.request.method == "GET", call.query("search") != nil {
            var past = history.state(at: org.now, now: org)
            past.now = org.now
            return try operation.run(call, &past)
        }
        guard call.request.method != "GET" else { return try operation.run(call, &org) }
        let before = history.delay > 0 ? org : nil
        let (changes, events) = (org.changes, org.log.count)
        let result = try operation.run(call, &org)
        if (200..<300).contains(result.status), org.changes != changes, org.log.count == events {
            ChangeEvents.record(operation, call, result, &org)
        }
        if let before { history.keep(before, changedTo: org) }
        return result
    }

    /// Returns the error of a request over a limit. The first one in a window is recorded as an event.
    fileprivate mutating func refuse(_ verdict: RateLimits.Verdict, _ call: Call) -> OrgFault {
        if verdict.isFirstOver {
            SystemLog.record(
                "system.org.rate_limit.violation", call, &org,
                targets: [
                    LogEvent.Party(
                        id: call.target.path, type: "URL Pattern", alternateID: "unknown",
                        displayName: call.target.path)
                ], outcome: "RATE_LIMIT", reason: OrgFault.rateLimited.summary)
        }
        return .rateLimited
    }
}
