#if Proxy
internal import HTTPTypes
internal import OktaRuntime

extension ProxiedExchange {
    /// Sends the request to the org, with the org's credentials if the client has none.
    ///
    /// - Parameter kept: A stored response to equal requests, which the org is asked to revalidate.
    func send(_ body: OutboundBody, kept: ValidatorCache.Entry? = nil) async throws -> SentExchange {
        var head = call.head
        if let kept { head.headerFields.add("If-None-Match", kept.tag) }
        var transport = TransportRequest(head: head)
        switch body {
        case .none: break
        case .whole(let bytes): transport.body = bytes
        case .streamed(let stream): transport.streamedBody = stream
        }
        let ledger = parts.ledger
        let progress = CallProgress(
            ledger, ledger.begin(bucket: call.bucket, client: call.client.name), needsCredentials: call.isInjected)
        var response: UpstreamResponse
        do throws(OktaError) {
            response = try await parts.upstream.forward(
                transport,
                ForwardOptions(
                    path: call.path, lane: call.client.name, isBulk: call.client.isBulk, progress: progress))
        } catch {
            progress.end(isSpent: false, limit: nil)
            guard let failure = ProxyFailure(error) else { throw CancellationError() }
            throw failure
        }
        progress.end(isSpent: true, limit: RateLimit(response.head.headerFields))
        let scan = SecretScan(progress.credentials)
        guard !scan.finds(in: response.head), !scan.finds(in: response.body) else { throw SentExchange.withheld }
        if let kept, response.head.status == .notModified {
            ledger.count { $0.revalidated += 1 }
            response = UpstreamResponse(
                head: ValidatorCache.response(kept, refreshedBy: response.head), body: kept.body)
        }
        try check(response)
        return SentExchange(response: response, scan: scan)
    }

    /// Throws for a response whose body in memory has another length than its head states.
    private func check(_ response: UpstreamResponse) throws(ProxyFailure) {
        let hasBody = call.head.method != .head && response.head.status != .notModified
        guard response.stream == nil, hasBody else { return }
        if let length = try ResponseCheck.length(of: response.head), length != response.body.count {
            throw ProxyFailure(
                .orgResponse, "the org's response with status \(response.head.status.code) is too long to be read")
        }
    }

    // MARK: Delivery

    /// Passes a response on to the client.
    func deliver(_ sent: SentExchange, _ body: OutboundBody, _ sink: some ResponseSink) async throws {
        var sent = sent
        let forwarded = try ResponseCheck.forwarded(sent.response.head)
        var head = forwarded.head
        if let origin = call.linkOrigin, parts.rewritesLinks {
            head.headerFields = LinkRewriting(org: parts.routing.org).rewritten(head.headerFields, to: origin)
        }
        var copy = parts.recorder.map { _ in RecordedBody() }
        if sent.response.stream == nil {
            copy?.add(sent.response.body)
            record(sent, body, copy)
            return try await sink.send(head, body: sent.response.body)
        }
        // A body that is cut off before this point leads to an error.
        var next = try await sent.first()
        try await sink.begin(head, length: forwarded.length)
        while let piece = next {
            copy?.add(piece)
            if !piece.isEmpty { try await sink.write(piece) }
            next = try await sent.next()
        }
        record(sent, body, copy)
        try await sink.end()
    }

    private func record(_ sent: SentExchange, _ body: OutboundBody, _ copy: RecordedBody?) {
        guard let recorder = parts.recorder, let copy else { return }
        var requestBody = RecordedBody()
        switch body {
        case .none: break
        case .whole(let bytes): requestBody.add(bytes)
        case .streamed: requestBody.omit()
        }
        recorder.record(call.head, requestBody, sent.response.head, copy)
    }
}
#endif
