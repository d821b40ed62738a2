#if Proxy
package import HTTPTypes
package import OktaRuntime

/// Sends requests to the org under its rate limits, and retries those that are safe to retry.
package protocol Upstream: Sendable {
    /// Sends a complete request unchanged, except for missing credentials.
    func forward(
        _ request: TransportRequest, _ options: ForwardOptions
    ) async throws(OktaError) -> UpstreamResponse
}

/// Options for sending a request.
package struct ForwardOptions: Sendable {
    /// The path of the request.
    package var path: RequestPath
    /// The lane in which the request waits.
    package var lane: String
    /// Whether the request waits behind interactive ones.
    package var isBulk: Bool
    /// The tracker of the call, which knows its credentials.
    package var progress: CallProgress

    package init(path: RequestPath, lane: String, isBulk: Bool, progress: CallProgress) {
        self.path = path
        self.lane = lane
        self.isBulk = isBulk
        self.progress = progress
    }
}

/// The org's response.
package struct UpstreamResponse: Sendable {
    /// The status and the header fields as received.
    package var head: HTTPResponse
    /// The whole body; empty if it is streamed.
    package var body: [UInt8]
    /// The remaining body; nil if there is none.
    package var stream: TransportResponse.Stream?

    package init(head: HTTPResponse, body: [UInt8] = [], stream: TransportResponse.Stream? = nil) {
        self.head = head
        self.body = body
        self.stream = stream
    }
}
#endif
