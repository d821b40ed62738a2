import Foundation
import HTTPTypes
import Okta
import Testing

@Suite struct TimeParameterTests {
    @Test("Time parameters: a date is sent in UTC with milliseconds, and the tail updates it")
    func datesAreSent() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "[]")
        let since = Date(timeIntervalSince1970: 1_767_225_600.25)
        let until: Date? = since.addingTimeInterval(60)
        _ = try await okta.log.getOrgSystemLog(since: since, until: until, limit: 5).collect()
        #expect(
            transport.requests.map(\.head.path) == [
                "/api/v1/logs?since=2026-01-01T00%3A00%3A00.250Z&until=2026-01-01T00%3A01%3A00.250Z&limit=5"
            ])
    }

    @Test("Time parameters: are dates in the registry")
    func registry() {
        let times = ActionRegistry.okta.actions.flatMap(\.parameters).filter { ["since", "until"].contains($0.name) }
        #expect(times.map(\.type) == [.dateTime, .dateTime])
    }
}
