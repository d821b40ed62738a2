import Foundation

@testable import OktaRuntime

/// A shared bucket whose clients are named by letters, with times in milliseconds since a window began.
struct SharedBucketFixture {
    /// The start of the first window, in milliseconds since 1970.
    static let start = 1_800_000_000_000
    /// The end of the first window, relative to its start.
    static let windowEnd = 60_000

    var bucket = SharedBucket()
    /// The store's time.
    var now = 0

    /// Returns a limit as stated in a response.
    static func stated(_ remaining: Int, of limit: Int, reset: Int = windowEnd, departed: Int = 0) -> StatedLimit {
        StatedLimit(limit: limit, remaining: remaining, reset: date(reset), departed: date(departed))
    }

    static func date(_ time: Int) -> Date { Date(timeIntervalSince1970: Double(start + time) / 1000) }

    /// Makes an exchange, and returns the reply.
    @discardableResult
    mutating func exchange(
        _ client: String, waiting: Int = 0, held: Int = 0, weight: Int = 1, principal: String = "token",
        number: Int = 0, known: Int? = nil, change: (inout LeaseRequest) -> Void = { _ in }
    ) -> LeaseReply {
        var request = LeaseRequest(bucket: "GET /api/v1/users")
        request.waiting = waiting
        request.held = held
        request.priority = .bulk
        change(&request)
        let program = SharingProgram(id: client, name: client, weight: weight, principal: principal)
        return bucket.exchange(request, from: program, number: number, known: known, now: Self.start + now)
    }

    /// Makes an exchange that states a limit.
    @discardableResult
    mutating func state(
        _ client: String, _ stated: StatedLimit, waiting: Int = 0, held: Int = 0, principal: String = "token"
    ) -> LeaseReply {
        exchange(client, waiting: waiting, held: held, principal: principal) { $0.stated = stated }
    }
}
