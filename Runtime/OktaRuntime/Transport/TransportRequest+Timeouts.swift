extension TransportRequest {
    /// The timeouts of one request, for each stage.
    public struct Timeouts: Sendable, Hashable {
        /// The timeout for connecting, including name lookup and TLS handshake.
        public var connect: Duration

        /// The timeout for the whole call, from the moment it is passed to the transport; `nil` for no limit.
        public var total: Duration?

        /// The idle timeout: the time in which nothing is transferred in either direction, or less than one byte a
        /// second by libcurl's average over the last few seconds; `nil` for no limit. Whole seconds, at least 1.
        public var idle: Duration?

        /// Creates a set of timeouts.
        ///
        /// - Parameters:
        ///   - connect: The timeout for connecting. Defaults to 10 seconds.
        ///   - total: The timeout for the whole call. Defaults to no limit.
        ///   - idle: The idle timeout. Defaults to 60 seconds.
        public init(connect: Duration = .seconds(10), total: Duration? = nil, idle: Duration? = .seconds(60)) {
            self.connect = connect
            self.total = total
            self.idle = idle
        }
    }
}
