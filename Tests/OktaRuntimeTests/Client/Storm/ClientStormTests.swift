import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaRuntime

/// The storm of the transport tests through a whole client, with turns, credentials, retries and cancellation.
@Suite("OktaClient: many calls, many faults", .hangLimit)
struct ClientStormTests {
    @Test("Client storm: every call ends once and leaves no resources") func everyCallEndsOnceAndNothingIsLeft()
        async throws
    {
        let calls = (0..<1000).map { StormCall($0) }
        try await LoopbackServer.run { request in
            Self.response(to: request, among: calls)
        } during: { server in
            let transport = try CurlTransport(options: .init(maximumConnectionsPerHost: 32))
            weak var remains: ClientCore?
            do {
                let witness = EndWitness()
                let core = try Self.core(for: server, over: transport, witness)
                remains = core
                let ends = await Self.ends(of: calls, by: OktaClient(core: core))
                #expect(witness.ends == Array(repeating: 1, count: calls.count))
                try Self.check(ends, of: calls, server.requests)
                #expect(core.limiter.load == (0, false))
            }
            let census = await transport.census()
            #expect(census.transfers == 0)
            #expect(census.idleHandles <= 64)
            transport.shutdown()
            #expect(await transport.census() == CurlCensus())
            // A task that had not ended would keep the client of its call alive.
            #expect(await eventually { remains == nil })
        }
    }

    private static func core(
        for server: LoopbackServer, over transport: CurlTransport, _ witness: EndWitness
    ) throws -> ClientCore {
        var configuration = try OktaConfiguration(orgURL: server.origin, authorization: StormCredentials())
        configuration.retry = RetryPolicy(
            maximumAttempts: 3, initialBackoff: .milliseconds(1), maximumBackoff: .milliseconds(4))
        configuration.observers = [witness]
        configuration.timeouts = .patient
        return try ClientCore(configuration: configuration, transport: transport)
    }

    private static func response(to request: LoopbackRequest, among calls: [StormCall]) -> LoopbackResponse {
        let isForToken = request.path == StormCredentials.path.encoded
        let path = isForToken ? request.text : request.path
        guard let number = path.split(separator: "/").last.flatMap({ Int($0) }), calls.indices.contains(number) else {
            return .empty(404)
        }
        return isForToken ? calls[number].tokenResponse : calls[number].response(to: request)
    }

    /// Makes all calls concurrently.
    private static func ends(of calls: [StormCall], by client: OktaClient) async -> [Int: StormEnd] {
        await withTaskGroup(of: (number: Int, end: StormEnd).self) { group in
            for call in calls {
                group.addTask { (number: call.number, end: await call.run(by: client)) }
            }
            return await group.reduce(into: [Int: StormEnd]()) { $0[$1.number] = $1.end }
        }
    }

    /// Checks that every call ended with an allowed result, and was sent once per attempt.
    private static func check(
        _ ends: [Int: StormEnd], of calls: [StormCall], _ requests: [LoopbackRequest]
    ) throws {
        let counts = Dictionary(grouping: requests, by: \.path).mapValues(\.count)
        for call in calls {
            let end = try #require(ends[call.number])
            #expect(call.ends.contains(end), "call \(call.number): \(end)")
            // libcurl may retry a GET by itself.
            if call.kind.method != .get { #expect(counts[call.path.encoded] == end.attempts, "call \(call.number)") }
        }
    }
}
