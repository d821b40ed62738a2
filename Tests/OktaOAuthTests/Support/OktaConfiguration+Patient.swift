import OktaRuntime

extension OktaConfiguration {
    /// The configuration of a call that is repeated: on a busy machine its total time limit would end it first.
    static func patient(_ authorization: some RequestAuthorization) throws(OktaError) -> OktaConfiguration {
        var configuration = try OktaConfiguration(orgURL: TestOrg.url, authorization: authorization)
        configuration.timeouts = TransportRequest.Timeouts(connect: .seconds(1800), idle: .seconds(1800))
        return configuration
    }
}
