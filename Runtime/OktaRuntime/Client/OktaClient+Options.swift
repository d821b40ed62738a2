extension OktaClient {
    /// What a caller changes about single calls; see ``OktaClient/with(_:)``.
    public struct Options: Sendable {
        /// The longest time that the whole call may take, the wait for its turn and further attempts included; `nil` for the
        /// configuration's `timeouts.total`, which begins when the call is first sent.
        public var timeout: Duration?

        /// When to attempt a call again; `nil` for the configuration's policy.
        public var retry: RetryPolicy?

        /// Header fields to add, over those of the action.
        public var headers: RequestHeaders = [:]

        /// Creates options that change nothing.
        public init() {}
    }
}
