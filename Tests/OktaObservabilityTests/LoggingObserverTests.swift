#if Logging
import InMemoryLogging
import Logging
import OktaObservability
import Testing

@Suite struct LoggingObserverTests {
    private func entries(status: Int, level: Logger.Level = .trace) async throws -> [InMemoryLogHandler.Entry] {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = level
        try await makePrivateCall(status: status, observer: LoggingObserver(logger: logger))
        return handler.entries
    }

    @Test(arguments: [(200, Logger.Level.debug), (404, .info), (503, .warning)])
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

    @Test func theLoggersLevelDecides() async throws {
        #expect(try await entries(status: 200, level: .info).isEmpty)
    }

    @Test(arguments: [200, 400, 500])
    func nothingPrivateIsLogged(_ status: Int) async throws {
        let text = "\(try await entries(status: status))"
        #expect(!text.contains("private"), "\(text)")
        #expect(text.contains("r1"))
    }
}
#endif
