#if Proxy
internal import HTTPTypes

/// Handles requests: forwards them to the org, shares and revalidates responses, and serves the proxy's own pages.
///
/// It is independent of sockets: a server in front of it reads requests and writes responses.
package struct ProxyEngine: Sendable {
    /// The components of the engine.
    package struct Parts: Sendable {
        package var routing: Routing
        package var upstream: any Upstream
        package var ledger = Ledger()
        package var coalescer = Coalescer()
        package var cache = ValidatorCache()
        package var recorder: Recorder?
        package var status: StatusReport.Facts
        /// Whether links in responses are rewritten to the proxy.
        package var rewritesLinks = true
        /// The maximum size of a request body in memory, which allows the request to be repeated.
        package var largestHeldBody = 256 << 10
        /// The maximum size of a shared response.
        package var largestSharedBody = 1 << 20

        package init(routing: Routing, upstream: any Upstream, status: StatusReport.Facts) {
            self.routing = routing
            self.upstream = upstream
            self.status = status
        }
    }

    package let parts: Parts

    package init(_ parts: Parts) { self.parts = parts }

    /// Handles a request.
    package func respond(to request: IncomingRequest, _ sink: some ResponseSink) async {
        do {
            switch try parts.routing.destination(of: request) {
            case .own(let path):
                let page = try StatusReport(parts.status, parts.ledger, parts.cache).page(path, request.method)
                try await sink.send(page.head, body: page.body)
            case .org(let call):
                parts.ledger.count { $0.requests += 1 }
                let exchange = ProxiedExchange(request: request, call: call, parts: parts)
                try await exchange.run(sink)
            }
        } catch let failure as ProxyFailure {
            parts.ledger.count { $0.refused += 1 }
            // The client may have disconnected in the meantime.
            try? await sink.send(failure.head, body: failure.body)
        } catch {
            let isGone = error is ClientGone || error is CancellationError || Task.isCancelled
            parts.ledger.count { if isGone { $0.cancelled += 1 } else { $0.broken += 1 } }
            await sink.abort()
        }
    }
}
#endif
