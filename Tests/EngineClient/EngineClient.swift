import HTTPTypes

@testable import OktaLocalOrg
@testable import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension OktaClient {
    /// A client of an org without sockets, in the org's time: a wait advances the clock and returns immediately.
    ///
    /// - Parameters:
    ///   - waiting: Called during each wait, a second before its end.
    ///   - responded: Called after each response of the org, before the client gets it.
    static func of(
        _ engine: OrgEngine, in clock: OrgClock, _ configuration: OktaConfiguration,
        waiting: @escaping @Sendable () -> Void = {}, responded: @escaping @Sendable (HTTPRequest) -> Void = { _ in }
    ) throws -> OktaClient {
        var configuration = configuration
        configuration.retry.maximumAttempts = 1
        // Every wait returns immediately in this time, even the wait for a deadline.
        configuration.timeouts.total = nil
        let core = try ClientCore(
            configuration: configuration, transport: EngineTransport(engine: engine, responded: responded),
            time: EngineTime(clock: clock, waiting: waiting))
        return OktaClient(core: core)
    }
}

private struct EngineTransport: HTTPTransport {
    let engine: OrgEngine
    let responded: @Sendable (HTTPRequest) -> Void

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        await Task.yield()
        let fields = request.head.headerFields.map { (name: $0.name.rawName, value: $0.value) }
        let response = engine.handle(
            LocalRequest(
                request.head.method.rawValue, request.head.path ?? "/",
                headers: fields + [("host", request.head.authority ?? "")], body: request.body ?? []))
        responded(request.head)
        var head = HTTPResponse(status: .init(code: response.status))
        for (name, value) in response.headers {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return TransportResponse(head: head, body: response.body)
    }
}

private struct EngineTime: ServerClock.Source {
    let clock: OrgClock
    let waiting: @Sendable () -> Void

    var elapsed: Duration { .seconds(clock.now.seconds) }
    var wallClock: Date { Date(timeIntervalSince1970: Double(clock.now.seconds)) }

    func sleep(until moment: Duration) async throws(CancellationError) {
        guard !Task.isCancelled else { throw CancellationError() }
        let wanted = moment.components.seconds + (moment.components.attoseconds > 0 ? 1 : 0)
        let seconds = Int(wanted) - clock.now.seconds
        guard seconds > 0 else { return }
        clock.advance(by: seconds - 1)
        waiting()
        clock.advance(by: 1)
    }
}
