extension OktaClient {
    /// Options for single calls; see ``OktaClient/with(_:)``.
    public struct Options: Sendable {
        /// The time limit for the whole call, including the wait for its turn and all retries. `nil` uses the
        /// configuration's `timeouts.total`, which starts when the call is first sent.
        public var timeout: Duration?

        /// When to retry; `nil` for the configuration's policy.
        public var retry: RetryPolicy?

        /// Additional header fields, which override those of the action.
        public var headers: RequestHeaders = [:]

        /// Creates options that change nothing.
        public init() {}
    }
}
