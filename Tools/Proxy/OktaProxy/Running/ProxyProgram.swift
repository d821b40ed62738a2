#if Proxy
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import Dispatch
package import OktaCommand
internal import OktaRuntime

/// The proxy program.
package struct ProxyProgram: Sendable {
    /// The running server.
    package let server: ProxyServer
    private let upstream: ClientUpstream
    private let settings: ProxySettings

    /// Resolves the settings and starts listening.
    package static func start(
        _ settings: ProxySettings, _ context: ProgramContext
    ) async throws(CommandFailure) -> ProxyProgram {
        try settings.check()
        var configuration = try OrgChoice.configuration(settings, context)
        if settings.maximumWait == nil {
            configuration.observers.append(
                WaitNotice(
                    "okta proxy", advice: "with --max-wait SECONDS, a call that would wait longer gets a 429",
                    context: context))
        }
        let store = try StoreChoice(settings.store, context)
        store.apply(to: &configuration, weight: settings.weight)
        let secrets = try secrets(settings, context)
        let recorder = try recorder(settings, configuration, secrets)
        let org = OrgAddress(origin: configuration.orgURL)
        let upstream: ClientUpstream
        do throws(OktaError) {
            upstream = try ClientUpstream(configuration, maximumWait: settings.maximumWait.map { .seconds($0) })
        } catch {
            throw CommandFailure(error)
        }
        let tls = try tls(settings)
        let routing = Routing(
            org: org, names: ProxyNames(settings.publicNames, ownScheme: tls == nil ? "http" : "https"),
            clients: ClientNaming(bulk: settings.bulkClients), secrets: secrets, wantsPlainBodies: recorder != nil,
            keepsHost: settings.keepsHost)
        var parts = ProxyEngine.Parts(
            routing: routing, upstream: upstream,
            status: StatusReport.Facts(org: org.origin, isInjected: settings.injectsToken, store: { store.state }))
        parts.recorder = recorder
        parts.rewritesLinks = settings.rewritesLinks
        do {
            let server = try await ProxyServer.start(
                ProxyEngine(parts), ports: [ProxyServer.Port(settings.port)] + settings.namedPorts, tls: tls)
            return ProxyProgram(server: server, upstream: upstream, settings: settings)
        } catch {
            throw CommandFailure(
                .usage, "the proxy cannot listen on its ports: \(error)",
                advice: "Choose other ports with --port and --listen.")
        }
    }

    private static func tls(_ settings: ProxySettings) throws(CommandFailure) -> ServerTLS? {
        guard let certificate = settings.tlsCertificatePath, let key = settings.tlsKeyPath else { return nil }
        return try ServerTLS(certificatePath: certificate, keyPath: key)
    }

    private static func secrets(
        _ settings: ProxySettings, _ context: ProgramContext
    ) throws(CommandFailure) -> LocalSecrets? {
        guard settings.injectsToken else { return nil }
        let path: String
        if let given = settings.secretsPath {
            path = given
        } else {
            path = try context.stateFolder() + "/proxy-secrets"
        }
        let names = settings.clients.isEmpty && settings.secretsPath == nil ? ["default"] : settings.clients
        let secrets = try SecretsFile.secrets(at: path, for: names)
        if !settings.isQuiet {
            context.notices.print("okta proxy: the secrets of \(secrets) are in \(path)")
            context.notices.flush()
        }
        return secrets
    }

    private static func recorder(
        _ settings: ProxySettings, _ configuration: OktaConfiguration, _ secrets: LocalSecrets?
    ) throws(CommandFailure) -> Recorder? {
        guard let path = settings.recordPath else { return nil }
        return try Recorder(
            path, orgOrigin: configuration.orgURL, forbidden: secrets.map { $0.entries.map(\.secret) } ?? [])
    }

    /// Serves until a signal, then drains.
    ///
    /// - Returns: Whether all calls in flight completed.
    package func runUntilSignalled(_ context: ProgramContext) async -> Bool {
        if !settings.isQuiet {
            context.output.print("okta proxy: \(server.url)")
            for (port, number) in zip(settings.namedPorts, server.ports.dropFirst()) {
                context.output.print("okta proxy: \(server.url(port: number)) for \(port.clientName ?? "")")
            }
            context.output.flush()
        }
        let signals = Signals()
        await signals.wait()
        let isDone = await server.drain(within: .seconds(settings.drainTime))
        await upstream.close()
        withExtendedLifetime(signals) {}
        return isDone
    }
}

/// Handlers for SIGINT and SIGTERM for the lifetime of the value.
private final class Signals {
    private let sources: [any DispatchSourceSignal]
    private let stream: AsyncStream<Void>

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        self.stream = stream
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                // A second signal does not wait for the calls in flight.
                if case .terminated = continuation.yield() { exit(ExitCode.interrupted.rawValue) }
                continuation.finish()
            }
            source.resume()
            return source
        }
    }

    /// Waits for the first signal.
    func wait() async {
        for await _ in stream { break }
    }
}
#endif
