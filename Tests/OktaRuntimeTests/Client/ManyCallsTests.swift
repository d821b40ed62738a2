import HTTPTypes
import LoopbackServer
import Synchronization
import Testing

@testable import OktaRuntime

/// Thousands of concurrent calls to a server that states no limits.
@Suite("OktaClient: thousands of calls at once", .hangLimit)
struct ManyCallsTests {
    /// A transport that responds to each request after the same time, and like libcurl fails a request that exceeds its
    /// own time limit.
    private final class SlowServer: HTTPTransport {
        let time: SimulatedTime
        let latency: Duration
        let most = Mutex<(now: Int, most: Int)>((0, 0))

        init(_ time: SimulatedTime, _ latency: Duration) {
            self.time = time
            self.latency = latency
        }

        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            most.withLock { count in
                count.now += 1
                count.most = max(count.most, count.now)
            }
            defer { most.withLock { $0.now -= 1 } }
            let total = request.timeouts.total ?? latency
            do { try await time.sleep(for: min(latency, total)) } catch { throw TransportError(.cancelled) }
            guard latency <= total else { throw TransportError(.timedOut, mayHaveReachedServer: true) }
            return .stub(200, "{}")
        }
    }

    private enum End: Hashable { case done, stillInLine, other(String) }

    private func run(
        _ count: Int, latency: Duration, options: @escaping @Sendable (inout OktaClient.Options) -> Void = { _ in },
        configure: (inout OktaConfiguration) -> Void = { _ in }
    ) async throws -> (ends: [End: Int], elapsed: Duration, most: Int) {
        let time = SimulatedTime()
        let server = SlowServer(time, latency)
        let client = try Simulation(server, time: time, configure: configure).client.with(options)
        let ends = try await time.run {
            await withTaskGroup(of: End.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        do throws(OktaError) {
                            _ = try await client.request(.get, "/api/v1/things")
                            return .done
                        } catch {
                            if case .rateLimited = error { return .stillInLine }
                            return .other("\(error)")
                        }
                    }
                }
                return await group.reduce(into: [End: Int]()) { $0[$1, default: 0] += 1 }
            }
        }
        return (ends, time.elapsed, server.most.withLock { $0.most })
    }

    @Test("Line: 5,000 concurrent calls all succeed")
    func allEndWell() async throws {
        let run = try await run(5000, latency: .milliseconds(200), configure: { $0.timeouts.total = .seconds(120) })
        #expect(run.ends == [.done: 5000])
        #expect(run.most == 64)
        // 5000 calls run 64 at a time, after a few rounds with fewer.
        #expect(run.elapsed < .seconds(5000.0 / 64 * 0.2 * 1.1), "\(run.elapsed)")
    }

    /// Every call takes most of its timeout, and waits in the queue many times as long.
    @Test("Line: time in the queue does not reduce the time for the server")
    func lineDoesNotCountAgainstServer() async throws {
        let run = try await run(
            5000, latency: .seconds(9),
            configure: {
                $0.timeouts.total = .seconds(10)
                $0.rateLimits.maximumWait = .seconds(3600)
            })
        #expect(run.ends == [.done: 5000])
    }

    @Test("Line: a timeout in the queue is reported as such")
    func reasonIsRight() async throws {
        let run = try await run(5000, latency: .seconds(1), configure: { $0.timeouts.total = .seconds(10) })
        #expect(Set(run.ends.keys) == [.done, .stillInLine], "\(run.ends)")
        #expect(run.ends[.done] ?? 0 > 400)
    }

    @Test("Line: a limit of the call itself covers its wait too, and the error says so")
    func ownLimitCoversAll() async throws {
        let run = try await run(1000, latency: .seconds(1), options: { $0.timeout = .milliseconds(9500) })
        #expect(run.elapsed <= .milliseconds(9501), "\(run.elapsed)")
        for (end, _) in run.ends {
            guard case .other(let text) = end else { continue }
            #expect(text.contains("after waiting") && text.contains("for its turn"), "\(text)")
        }
    }

    private static func response(after gate: LoopbackGate) -> LoopbackResponse {
        LoopbackResponse().waiting(for: gate).sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    }

    /// There are as many connections as calls that may be in flight, so that an admitted call does not wait for one.
    @Test("Transport: admitted calls do not wait in a second queue")
    func connectionsSufficeForCallsInFlight() async throws {
        let count = 40
        let arrived = Mutex(0)
        let allAreThere = LoopbackGate()
        try await LoopbackServer.run { _ in
            let number = arrived.withLock { number in
                number += 1
                return number
            }
            if number == count { allAreThere.open() }
            return Self.response(after: allAreThere)
        } during: { server in
            var configuration = try OktaConfiguration(orgURL: server.origin, token: "test-token")
            configuration.rateLimits.initialConcurrentCalls = count
            let client = try OktaClient(configuration: configuration)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<count { group.addTask { _ = try await client.request(.get, "/api/v1/x") } }
                try await group.waitForAll()
            }
        }
    }

    @Test("Transport: a request that found no connection in time was not sent, and says so")
    func requestThatFoundNoConnectionInTimeWasNotSentAndSaysSo() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            Self.response(after: gate)
        } during: { server in
            let transport = try CurlTransport(options: .init(maximumConnectionsPerHost: 1))
            async let first = transport.send(server.request(.get, path: "/1"))
            while server.requests.isEmpty { await Task.yield() }
            var request = server.request(.post, path: "/2")
            request.timeouts.total = .milliseconds(50)
            let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(error?.kind == .timedOut)
            #expect(error?.mayHaveReachedServer == false)
            #expect(error?.detail.contains("no connection was free") == true)
            gate.open()
            _ = try await first
        }
    }
}
