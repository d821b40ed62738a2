@testable import OktaRuntime

/// A program of a simulation, and its work: as many calls under some limits as possible.
struct SimulatedProgram: Sendable {
    var name: String
    var weight = 1
    var priority = CallPriority.bulk
    var token = "secret-token"
    /// The limits of its calls.
    var limits: [String]
    /// The number of calls under each limit that are in flight or waiting at the same time.
    var tasks = 20

    /// The program's client, whose number seeds its random choices.
    func client(
        _ number: Int, transport: any HTTPTransport, time: SimulatedTime, store: any RateLimitStore,
        utilization: Double, reserve: Double, observers: [any ClientObserver] = []
    ) throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: token)
        configuration.timeouts.total = nil
        configuration.rateLimits.utilization = utilization
        configuration.rateLimitSharing = RateLimitSharing(
            store: store, program: name, weight: weight, interactiveReserve: reserve)
        configuration.observers = observers
        let core = try ClientCore(
            configuration: configuration, transport: transport, time: time,
            generator: SplitMix64(seed: UInt64(number)), executor: time)
        return OktaClient(core: core).with { $0.priority = priority }
    }
}
