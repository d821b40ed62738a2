extension TransportRequest {
    /// How long one request may take at each stage.
    public struct Timeouts: Sendable, Hashable {
        /// The longest wait for a connection, name look-up and TLS handshake included.
        public var connect: Duration

        /// The longest wait for the whole call, from the moment it is handed over; `nil` for no limit.
        public var total: Duration?

        /// The longest silence: time in which nothing moves in either direction, or less than one byte a second by libcurl's
        /// average over the last few seconds; `nil` for no limit. Whole seconds, at least 1.
        public var idle: Duration?

        /// Creates a set of timeouts.
        ///
        /// - Parameters:
        ///   - connect: The longest wait for a connection; 10 seconds unless told otherwise.
        ///   - total: The longest wait for the whole call; none unless told otherwise.
        ///   - idle: The longest silence; 60 seconds unless told otherwise.
        public init(connect: Duration = .seconds(10), total: Duration? = nil, idle: Duration? = .seconds(60)) {
            self.connect = connect
            self.total = total
            self.idle = idle
        }
    }
}
