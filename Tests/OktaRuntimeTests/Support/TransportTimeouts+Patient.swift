import OktaRuntime

extension TransportRequest.Timeouts {
    /// For servers of a test, which answer when the machine lets them: no machine is so busy that it takes this long.
    static let patient = TransportRequest.Timeouts(connect: .seconds(1800), idle: .seconds(1800))
}
