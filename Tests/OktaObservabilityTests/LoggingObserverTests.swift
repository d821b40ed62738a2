#if Logging
import InMemoryLogging
import Logging
import OktaObservability
import OktaRuntime
import Testing

@Suite struct LoggingObserverTests {
    private func entries(status: Int, level: Logger.Level = .trace) async throws -> [InMemoryLogHandler.Entry] {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = level
        try await makePrivateCall(status: status, observer: LoggingObserver(logger: logger))
        return handler.entries
    }

    @Test(
        "Logging: a call is logged with its result",
        arguments: [(200, Logger.Level.debug), (404, .info), (503, .warning)])
    func aCallIsLoggedByHowItEnded(_ status: Int, _ level: Logger.Level) async throws {
        let entries = try await entries(status: status)
        #expect(entries.map(\.level) == [.debug, level])
        let last = try #require(entries.last)
        #expect(last.metadata["okta.outcome"] == "\(status)")
        #expect(last.metadata["okta.template"] == "/api/v1/users/{}")
        #expect(last.metadata["okta.method"] == "POST")
        #expect(entries.first?.metadata["okta.request_id"] == "r1")
        #expect(entries.first?.metadata["okta.rate_remaining"] == "599")
    }

    @Test("Logging: the loss of a rate limit store is one warning, and its return one notice")
    func aLostStoreIsLogged() {
        let handler = InMemoryLogHandler()
        let observer = LoggingObserver(logger: Logger(label: "test") { _ in handler })
        for state in [ObservedStore.State.unreachable(reason: "connection refused"), .reachable] {
            observer.storeDidChange(ObservedStore(orgURL: "https://acme.okta.com", state: state))
        }
        #expect(handler.entries.map(\.level) == [.warning, .notice])
        #expect(handler.entries.first?.metadata["okta.reason"] == "connection refused")
        #expect(handler.entries.first?.metadata["okta.org"] == "https://acme.okta.com")
    }

    // MARK: Several attempts

    /// Returns the log entries of a scripted call, and its pauses in milliseconds.
    private func log(
        _ steps: [ScriptedTransport.Step], authorization: (any RequestAuthorization)? = nil
    ) async throws -> (entries: [InMemoryLogHandler.Entry], pauses: [Int64]) {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = .trace
        let pauses = try await makeScriptedCall(
            steps, authorization: authorization, observer: LoggingObserver(logger: logger))
        return (handler.entries, pauses)
    }

    private func values(_ key: String, _ entries: [InMemoryLogHandler.Entry]) -> [String] {
        entries.compactMap { entry in entry.metadata[key].map { "\($0)" } }
    }

    @Test("Logging: attempts and waits are logged") func attemptsAndWaitsAreLogged() async throws {
        let (entries, pauses) = try await log([.response(503), .failure(.connectionLost), .response(200)])
        let action = "GET /api/v1/users/{}"
        let messages = ["attempted", "waits", "attempted", "waits", "attempted", "finished"].map { "\(action) \($0)" }
        #expect(entries.map { "\($0.message)" } == messages)
        #expect(entries.map(\.level) == [.debug, .info, .debug, .info, .debug, .debug])
        #expect(values("okta.attempt", entries) == ["1", "2", "2", "3", "3"])
        #expect(values("okta.status", entries) == ["503", "200"])
        #expect(values("okta.failure", entries) == ["connectionLost"])
        #expect(values("okta.cause", entries) == ["unavailable", "connectionLost"])
        #expect(pauses.count == 2)
        #expect(values("okta.wait_ms", entries) == pauses.map { "\($0)" })
        #expect(values("okta.attempts", entries) == ["3"])
        #expect(values("okta.outcome", entries) == ["200"])
    }

    @Test("Logging: a wait for the rate limit is logged") func aWaitForTheRateLimitIsLogged() async throws {
        let (entries, pauses) = try await log([.response(429), .response(200)])
        #expect(values("okta.cause", entries) == ["queue"])
        #expect(values("okta.wait_ms", entries) == pauses.map { "\($0)" })
        // The limit's window ends in half a minute.
        #expect(pauses.allSatisfy { (30_000...31_000).contains($0) } && pauses.count == 1, "\(pauses)")
        #expect(values("okta.attempts", entries) == ["2"])
    }

    @Test(
        "Logging: a call without a response is logged",
        arguments: [
            (TransportError.Kind.cancelled, "cancelled", Logger.Level.debug),
            (.malformedResponse, "transport", .warning),
        ])
    func aCallWithoutAResponseIsLogged(
        _ kind: TransportError.Kind, _ outcome: String, _ level: Logger.Level
    ) async throws {
        let (entries, _) = try await log([.failure(kind)])
        #expect(entries.map(\.level) == [.debug, level])
        #expect(values("okta.failure", entries) == [kind.rawValue])
        #expect(values("okta.outcome", entries) == [outcome])
        #expect(values("okta.attempts", entries) == ["1"])
    }

    @Test("Logging: a call that was not sent has no attempts") func aCallThatWasNotSentHasNoAttempts() async throws {
        let (entries, _) = try await log([], authorization: NoCredentials())
        #expect(entries.map(\.level) == [.warning])
        #expect(values("okta.outcome", entries) == ["authorization"])
        #expect(values("okta.attempts", entries) == ["0"])
    }

    // MARK: Log entries

    @Test("Logging: the level of the logger decides") func theLoggersLevelDecides() async throws {
        #expect(try await entries(status: 200, level: .info).isEmpty)
    }

    @Test("Logging: no private data is logged", arguments: [200, 400, 500])
    func noPrivateDataIsLogged(_ status: Int) async throws {
        let text = "\(try await entries(status: status))"
        #expect(!text.contains("private"), "\(text)")
        #expect(text.contains("r1"))
    }
}
#endif
