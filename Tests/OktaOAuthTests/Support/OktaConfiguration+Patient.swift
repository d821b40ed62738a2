import OktaRuntime

extension OktaConfiguration {
    /// The configuration for calls with retries. On a busy machine, the default total time limit would end them first.
    static func patient(_ authorization: some RequestAuthorization) throws(OktaError) -> OktaConfiguration {
        var configuration = try OktaConfiguration(orgURL: TestOrg.url, authorization: authorization)
        configuration.timeouts = TransportRequest.Timeouts(connect: .seconds(1800), idle: .seconds(1800))
        return configuration
    }
}
