import OktaRuntime

extension TransportRequest.Timeouts {
    /// Timeouts for servers in tests, long enough for any busy machine.
    static let patient = TransportRequest.Timeouts(connect: .seconds(1800), idle: .seconds(1800))
}
