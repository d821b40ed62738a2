#if Proxy
internal import HTTPTypes
internal import OktaRuntime

/// A request to the org and its response.
struct ProxiedExchange: Sendable {
    let request: IncomingRequest
    let call: OutboundCall
    let parts: ProxyEngine.Parts

    /// Runs the exchange.
    ///
    /// - Throws: ``ProxyFailure`` before anything was sent to the client; any other error if the client has
    ///   disconnected, or has received a part of a response that cannot be completed.
    func run(_ sink: some ResponseSink) async throws {
        let body = try await takeBody()
        if case .none = body, let key = RequestKey(call.head.method, call.head.path ?? "", call.head.headerFields) {
            return try await share(key, sink)
        }
        let changes = call.head.method != .get && call.head.method != .head && call.head.method != .options
        // Before the client receives the response to a change, earlier reads must no longer be shared.
        defer { if changes { parts.coalescer.noteChange() } }
        let sent = try await send(body)
        if changes { parts.coalescer.noteChange() }
        try await deliver(sent, body, sink)
    }

    private func takeBody() async throws -> OutboundBody {
        do {
            return try await OutboundBody.take(request.body, upTo: parts.largestHeldBody)
        } catch BodyFault.tooSlow {
            throw ProxyFailure(.requestTimeout, "the body of the request did not arrive in time")
        } catch BodyFault.malformed {
            throw ProxyFailure(.malformedRequest, "the body of the request is not valid HTTP")
        }
    }

    // MARK: Sharing

    /// Sends a read, or waits for the response to an equal one.
    private func share(_ key: RequestKey, _ sink: some ResponseSink) async throws {
        while true {
            switch parts.coalescer.turn(of: key) {
            case .lead(let flight):
                return try await lead(flight, key, sink)
            case .follow(let follower):
                switch try await follower.outcome() {
                case .response(let head, let body):
                    parts.ledger.count { $0.merged += 1 }
                    let sent = SentExchange(response: UpstreamResponse(head: head, body: body), scan: SecretScan([:]))
                    return try await deliver(sent, .none, sink)
                case .separate:
                    return try await deliver(try await send(.none), .none, sink)
                case .abandoned: continue
                }
            }
        }
    }

    private func lead(_ flight: Flight, _ key: RequestKey, _ sink: some ResponseSink) async throws {
        var outcome = Flight.Outcome.abandoned
        defer { parts.coalescer.finish(flight, outcome) }
        var sent: SentExchange
        do {
            sent = try await send(.none, kept: parts.cache.entry(for: key))
        } catch let failure as ProxyFailure {
            // Each request gets its own error.
            outcome = .separate
            throw failure
        }
        let mayKeep = sent.response.stream != nil && ValidatorCache.mayKeep(sent.response.head)
        let isJoined = parts.coalescer.close(flight)
        if isJoined, !RequestKey.covers(sent.response.head) {
            outcome = .separate
            parts.coalescer.finish(flight, outcome)
        } else if isJoined || mayKeep {
            outcome = .separate
            let limit = parts.largestSharedBody
            if try await sent.collect(upTo: limit) {
                // The cookies belong to the client that sent the request.
                outcome = .response(sent.response.head.withoutCookies, body: sent.response.body)
                if mayKeep { parts.cache.keep(sent.response.head, body: sent.response.body, for: key) }
            }
            // The joined requests need not wait until this client has received its copy.
            parts.coalescer.finish(flight, outcome)
        }
        if sent.response.head.status == .notFound || sent.response.head.status == .gone { parts.cache.remove(key) }
        try await deliver(sent, .none, sink)
    }
}
#endif
