import HTTPTypes

@testable import OktaRuntime

/// A client of a simulated org.
struct Simulation: Sendable {
    let time: SimulatedTime
    let core: ClientCore
    let client: OktaClient

    init(
        _ transport: any HTTPTransport, time: SimulatedTime, seed: UInt64 = 1,
        configure: (inout OktaConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "secret-token")
        configuration.timeouts.total = nil
        configure(&configuration)
        self.time = time
        core = try ClientCore(
            configuration: configuration, transport: transport, time: time, generator: SplitMix64(seed: seed),
            executor: time)
        client = OktaClient(core: core)
    }
}
