import Foundation

@testable import OktaRuntime

/// A stopped clock.
struct StandingSource: ServerClock.Source {
    static let start = Date(timeIntervalSince1970: 1_764_000_000)

    var elapsed: Duration { .zero }
    var wallClock: Date { Self.start }
    func sleep(until moment: Duration) async throws(CancellationError) {}
}

/// Returns an exchange of a client for one bucket, at the time of ``StandingSource``.
func exchange(
    _ id: String = "a", bucket: String = "GET /api/v1/users/{}", waiting: Int = 0, held: Int = 0,
    stated: StatedLimit? = nil, number: Int = 0, now: Date? = StandingSource.start
) -> LeaseExchange {
    var request = LeaseRequest(bucket: bucket)
    request.waiting = waiting
    request.held = held
    request.stated = stated
    return LeaseExchange(
        org: "https://acme.okta.com", program: SharingProgram(id: id, name: id, weight: 1, principal: "p"), now: now,
        number: number, requests: [request])
}
