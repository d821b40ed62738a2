import HTTPTypes
import OktaRuntime
import Synchronization
import Testing

/// An observer that records all events.
final class RecordingObserver: ClientObserver, ObservedCall.Observer {
    let events = Mutex<[any Sendable]>([])

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        record(call)
        return self
    }
    func willWait(_ wait: ObservedCall.Wait) { record(wait) }
    func didAttempt(_ attempt: ObservedCall.Attempt) { record(attempt) }
    func didFinish(_ result: ObservedCall.Result) { record(result) }

    private func record(_ event: some Sendable) { events.withLock { $0.append(event) } }

    /// All recorded events in all representations.
    var text: String {
        var text = ""
        for event in events.withLock({ $0 }) {
            text += "\(event)\n"
            dump(event, to: &text)
        }
        return text
    }
}

@Suite struct ClientObserverTests {
    @Test("Observer: a call is reported from start to end") func callIsReportedFromStartToEnd() async throws {
        let observer = RecordingObserver()
        let time = SimulatedTime()
        let transport = StubTransport { _, index throws(TransportError) in
            if index == 0 { throw TransportError(.connectionFailed) }
            return .stub(
                index == 1 ? 503 : 200, #"{"errorCode":"E0000010"}"#, headers: [("X-Okta-Request-Id", "r\(index)")])
        }
        let client = try Simulation(transport, time: time) { $0.observers = [observer] }.client
        try await time.run { _ = try await client.request(.post, "/api/v1/users/\("x")/lifecycle") }
        let events = observer.events.withLock { $0 }
        #expect(events.count == 7)
        let call = try #require(events.first as? ObservedCall)
        #expect(call.bucket == "POST /api/v1/users/{}/lifecycle")
        let attempts = events.compactMap { $0 as? ObservedCall.Attempt }
        #expect(attempts.map(\.number) == [1, 2, 3])
        #expect(attempts.map(\.outcome) == [.failed(.connectionFailed), .response(503), .response(200)])
        #expect(attempts.map(\.requestID) == [nil, "r1", "r2"])
        let waits = events.compactMap { $0 as? ObservedCall.Wait }
        #expect(waits.map(\.cause) == [.retry(.notSent), .retry(.unavailable)])
        #expect(waits.map(\.attempt) == [2, 3])
        let result = try #require(events.last as? ObservedCall.Result)
        #expect(result.outcome == .response(200))
        #expect(result.attemptCount == 3)
        #expect(result.duration == time.elapsed)
    }

    @Test(
        "Observer: a failure is reported as the end",
        arguments: [
            (TransportError.Kind.untrustedCertificate, ObservedCall.Result.Failure.transport), (.cancelled, .cancelled),
        ])
    func aFailureIsAnEnd(_ kind: TransportError.Kind, _ failure: ObservedCall.Result.Failure) async throws {
        let observer = RecordingObserver()
        let transport = StubTransport { _, _ throws(TransportError) in throw TransportError(kind) }
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "secret-token")
        configuration.observers = [observer]
        let client = try OktaClient(configuration: configuration, transport: transport)
        await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/x") }
        let result = try #require(observer.events.withLock { $0.last } as? ObservedCall.Result)
        #expect(result.outcome == .failed(failure))
    }

    @Test("Observer: a call that was not sent has no attempt") func callThatWasNotSentHasNoAttempt() async throws {
        struct Refusal: RequestAuthorization {
            var description: String { "refusal" }
            func credentials(
                for request: HTTPRequest, in session: AuthorizationContext
            ) async throws(OktaError) -> HTTPFields { throw .cancelled }
        }
        let observer = RecordingObserver()
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: Refusal())
        configuration.observers = [observer]
        let client = try OktaClient(configuration: configuration, transport: StubTransport())
        await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/x") }
        let result = try #require(observer.events.withLock { $0.last } as? ObservedCall.Result)
        #expect(result.attemptCount == 0)
    }

    /// An observer receives neither credentials nor the contents of a call.
    @Test("Observer: no private data is reported") func noPrivateDataIsReported() async throws {
        let observer = RecordingObserver()
        let transport = StubTransport(
            400, #"{"errorCode":"E0000001","errorSummary":"private-body"}"#,
            headers: [("X-Okta-Request-Id", "r1"), ("Set-Cookie", "private-cookie")])
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "private-token")
        configuration.observers = [observer]
        let client = try OktaClient(configuration: configuration, transport: transport)
        await #expect(throws: OktaError.self) {
            _ = try await client.request(
                .post, "/api/v1/users/\("private-value")?q=private-literal", query: ["q": "private-query"],
                headers: [.ifMatch: "private-header"], body: .json(JSON("private-body")))
        }
        await #expect(throws: OktaError.self) {
            try await client.request(.get, target: "/api/v1/users/private@example.com?q=private-target")
        }
        let text = observer.text
        #expect(!text.contains("private"), "\(text)")
        #expect(text.contains("r1"))
        #expect(text.contains("/api/v1/users/{}"))
    }
}
