import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// `Retry-After` from gateways in front of an org.
@Suite struct RetryAfterTests {
    private func wait(_ text: String, _ time: SimulatedTime = SimulatedTime()) -> Duration? {
        RetryAfter([.retryAfter: text], now: ServerClock(source: time))?.wait
    }

    @Test("Retry-After: reads seconds and the three forms of a date")
    func formsAreRead() {
        // The simulation begins on Friday, 2027-01-15, at 08:00:00.
        #expect(wait("0") == .zero)
        #expect(wait(" 30 ") == .seconds(30))
        for date in ["Fri, 15 Jan 2027 08:02:00 GMT", "Friday, 15-Jan-27 08:02:00 GMT", "Fri Jan 15 08:02:00 2027"] {
            #expect(wait(date).map { abs(seconds($0) - 120) < 0.01 } == true, "\(date)")
        }
        #expect(wait("Fri, 15 Jan 2027 07:00:00 GMT") == .zero)
        #expect(wait("Sun Nov  6 08:49:37 1994") == .zero)
        #expect(wait("99999999999999999999999") ?? .zero > .seconds(300 * 86_400))
    }

    @Test("Retry-After: other values are ignored", arguments: ["", "-1", "1.5", "soon", "1, 2", "١", "15 Jan 2027"])
    func otherValuesAreIgnored(_ text: String) {
        #expect(wait(text) == nil)
    }

    /// Makes a call that is refused once with the field, and returns its duration.
    private func call(
        _ method: HTTPRequest.Method, _ status: Int, _ retryAfter: String, date: String? = nil,
        configure: (inout OktaConfiguration) -> Void = { _ in }
    ) async throws -> (attempts: Int, elapsed: Duration, error: OktaError?) {
        let time = SimulatedTime()
        let transport = StubTransport { _, index in
            let headers = [("Retry-After", retryAfter)] + (date.map { [("Date", $0)] } ?? [])
            return index == 0 ? .stub(status, "slow down", headers: headers) : .stub(200, "{}")
        }
        let client = try Simulation(transport, time: time, configure: configure).client
        let error = try await time.run { () -> OktaError? in
            do throws(OktaError) {
                _ = try await client.request(method, "/api/v1/x")
                return nil
            } catch {
                return error
            }
        }
        return (transport.requests.count, time.elapsed, error)
    }

    @Test(
        "Retry-After: is waited for",
        arguments: [(429, HTTPRequest.Method.post), (503, .get), (502, .get), (504, .head)])
    func isWaitedFor(_ status: Int, _ method: HTTPRequest.Method) async throws {
        let call = try await call(method, status, "30")
        #expect(call.attempts == 2 && call.error == nil)
        #expect(call.elapsed >= .seconds(30) && call.elapsed <= .seconds(30.6), "\(call.elapsed)")
    }

    @Test("Retry-After: a date counts by the server's clock")
    func dateIsTheServers() async throws {
        // The server's clock is two hours ahead.
        let call = try await call(
            .get, 503, "Fri, 15 Jan 2027 10:00:45 GMT", date: "Fri, 15 Jan 2027 10:00:00 GMT")
        #expect(call.attempts == 2)
        #expect(call.elapsed >= .seconds(44.9) && call.elapsed <= .seconds(45.6), "\(call.elapsed)")
    }

    @Test("Retry-After: a wait beyond the deadline or the policy's limit makes the response final")
    func tooLongIsFinal() async throws {
        let late = try await call(.get, 503, "30") { $0.timeouts.total = .seconds(20) }
        #expect(late.attempts == 1 && late.elapsed == .zero)
        guard case .api(let failure) = late.error else {
            Issue.record("\(String(describing: late.error))")
            return
        }
        #expect(failure.retryAfter == .seconds(30))
        #expect(failure.description.contains("in 30 s"), "\(failure)")
        let long = try await call(.get, 503, "4000")
        #expect(long.attempts == 1 && long.elapsed == .zero)
        let allowed = try await call(.get, 503, "4000") { $0.retry.maximumRetryAfter = .seconds(5000) }
        #expect(allowed.attempts == 2)
        let budget = try await call(.get, 429, "30") { $0.retry.timeBudget = .seconds(10) }
        #expect(budget.attempts == 1)
    }

    @Test("Retry-After: a change that may have been done is not repeated all the same")
    func changeIsNotRepeated() async throws {
        for status in [500, 502, 503, 504] {
            #expect(try await call(.post, status, "1").attempts == 1)
        }
    }

    @Test("Rate limit: a 429 without any hint is not hammered")
    func withoutHintWaitsGrow() async throws {
        let time = SimulatedTime()
        let transport = StubTransport(429, "Too many requests")
        let client = try Simulation(transport, time: time).client
        try await time.run { _ = try? await client.request(.post, "/api/v1/x") }
        #expect(transport.requests.count == 5)
        // The waits are at least half of 2, 4, 8 and 16 seconds.
        #expect(time.elapsed >= .seconds(15) && time.elapsed <= .seconds(30), "\(time.elapsed)")
    }

    @Test("Rate limit: a limit stated for one call applies to the others of its action")
    func othersWaitToo() async throws {
        let time = SimulatedTime()
        let sent = Tally()
        let transport = StubTransport { _, index in
            sent.add(to: Int(seconds(time.elapsed)))
            return time.elapsed < .seconds(30) ? .stub(429, "", headers: [("Retry-After", "30")]) : .stub(200, "{}")
        }
        let client = try Simulation(transport, time: time) { $0.timeouts.total = .seconds(120) }.client
        try await time.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 { group.addTask { _ = try await client.request(.get, "/api/v1/x") } }
                try await group.waitForAll()
            }
        }
        // Only the few calls that were in flight at the first response are sent before that time.
        #expect(sent[0] <= 8, "\(sent[0])")
        #expect((1..<30).allSatisfy { sent[$0] == 0 })
        #expect(transport.requests.count <= 208)
    }
}
