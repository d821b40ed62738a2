#if Proxy
import HTTPTypes
import OktaRuntime

@testable import OktaProxy

/// A proxy in front of a server of a test.
struct TestProxy: Sendable {
    let server: ProxyServer
    let engine: ProxyEngine

    var port: Int { server.ports.first ?? 0 }
    var ledger: Ledger { engine.parts.ledger }

    /// The options that a test may change.
    struct Options {
        var authorization: (any RequestAuthorization)?
        var secrets: [LocalSecrets.Entry]?
        var names: [String] = []
        var bulk: Set<String> = []
        var keepsHost = false
        var ports = [ProxyServer.Port(0)]
        var limits = ServerLimits.patient
        var retry = RetryPolicy.never
        var rateLimits = RateLimitPolicy()
        var maximumWait: Duration?
        var recorder: Recorder?
        var upstream: (any Upstream)?
        var adjust: (inout ProxyEngine.Parts) -> Void = { _ in }
    }

    /// Runs a closure with a proxy, and stops the proxy even if the closure throws.
    static func run<Value: Sendable>(
        before origin: String, _ change: (inout Options) -> Void = { _ in },
        during body: (TestProxy) async throws -> Value
    ) async throws -> Value {
        var options = Options()
        change(&options)
        let proxy = try await start(origin, options)
        do {
            let value = try await body(proxy)
            _ = await proxy.server.drain(within: .zero)
            return value
        } catch {
            _ = await proxy.server.drain(within: .zero)
            throw error
        }
    }

    private static func start(_ origin: String, _ options: Options) async throws -> TestProxy {
        var configuration = try OktaConfiguration(
            orgURL: origin, authorization: options.authorization ?? NoAuthorization())
        configuration.retry = options.retry
        configuration.rateLimits = options.rateLimits
        configuration.timeouts.idle = nil
        let upstream: any Upstream
        if let given = options.upstream {
            upstream = given
        } else {
            upstream = try ClientUpstream(configuration, maximumWait: options.maximumWait)
        }
        let routing = Routing(
            org: OrgAddress(origin: configuration.orgURL), names: ProxyNames(options.names),
            clients: ClientNaming(bulk: options.bulk), secrets: options.secrets.map { LocalSecrets($0) },
            wantsPlainBodies: options.recorder != nil, keepsHost: options.keepsHost)
        var parts = ProxyEngine.Parts(
            routing: routing, upstream: upstream,
            status: StatusReport.Facts(org: configuration.orgURL, isInjected: options.secrets != nil))
        parts.recorder = options.recorder
        options.adjust(&parts)
        let engine = ProxyEngine(parts)
        return TestProxy(
            server: try await ProxyServer.start(engine, ports: options.ports, limits: options.limits), engine: engine)
    }

    /// A `GET` on a new connection.
    func get(_ target: String, _ fields: [String] = []) async throws -> RawResponse {
        try await RawClient.get(port, target, fields: fields)
    }
}

extension ServerLimits {
    /// Timeouts for tests that cause none, long enough for any slow machine.
    static var patient: ServerLimits {
        var limits = ServerLimits()
        (limits.headTime, limits.bodyTime, limits.writeTime) = (.seconds(3600), .seconds(3600), .seconds(3600))
        return limits
    }
}
#endif
