#if Proxy
package import HTTPTypes
package import OktaRuntime

/// Sends requests to the org under its rate limits, and repeats those that are safe to repeat.
package protocol Upstream: Sendable {
    /// Sends a complete request as it is, except for credentials that it lacks.
    func forward(
        _ request: TransportRequest, _ options: ForwardOptions
    ) async throws(OktaError) -> UpstreamResponse
}

/// How one request is sent.
package struct ForwardOptions: Sendable {
    /// The name under which the request waits.
    package var lane: String
    /// Whether it waits behind interactive ones.
    package var isBulk: Bool
    /// What follows the call, and knows the credentials that it got.
    package var progress: CallProgress

    package init(lane: String, isBulk: Bool, progress: CallProgress) {
        self.lane = lane
        self.isBulk = isBulk
        self.progress = progress
    }
}

/// What the org answered.
package struct UpstreamResponse: Sendable {
    /// Status and header fields as received.
    package var head: HTTPResponse
    /// The whole body; empty where it is streamed.
    package var body: [UInt8]
    /// The body that is left to be read, if any.
    package var stream: TransportResponse.Stream?

    package init(head: HTTPResponse, body: [UInt8] = [], stream: TransportResponse.Stream? = nil) {
        self.head = head
        self.body = body
        self.stream = stream
    }
}
#endif
