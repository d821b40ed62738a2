#if Proxy
package import HTTPTypes
internal import Synchronization

/// Shares the response of a request in flight with equal requests.
///
/// Requests are equal if they are `GET` without a body, with the same target and the same header fields, including
/// credentials. A request that the org may have handled before a change cannot be joined: each change through the
/// proxy closes all flights.
package final class Coalescer: Sendable {
    /// The role of a request.
    package enum Turn: Sendable {
        /// The request is sent, and others may join it.
        case lead(Flight)
        /// The request waits for the response to another.
        case follow(Follower)
    }

    private let flights = Mutex<[RequestKey: Flight]>([:])

    package init() {}

    /// Joins an equal request in flight, or starts a flight.
    package func turn(of key: RequestKey) -> Turn {
        flights.withLock { flights in
            if let flight = flights[key], let follower = flight.join() { return .follow(follower) }
            let flight = Flight(key)
            flights[key] = flight
            return .lead(flight)
        }
    }

    /// Closes a flight, so that no further requests can join.
    ///
    /// - Returns: Whether any has joined.
    package func close(_ flight: Flight) -> Bool {
        flights.withLock { flights in
            if flights[flight.key] === flight { flights[flight.key] = nil }
        }
        return flight.followerCount > 0
    }

    /// Ends a flight, and gives the outcome to the requests that joined.
    package func finish(_ flight: Flight, _ outcome: Flight.Outcome) {
        _ = close(flight)
        flight.finish(outcome)
    }

    /// The number of requests that wait for the response to another.
    package var followerCount: Int {
        flights.withLock { $0.values.reduce(0) { $0 + $1.followerCount } }
    }

    /// Records a change: the org may have handled requests in flight before it.
    package func noteChange() {
        flights.withLock { $0.removeAll() }
    }
}

/// A request in flight that others may join.
package final class Flight: Sendable {
    /// The outcome of a flight.
    package enum Outcome: Sendable {
        /// A whole response.
        case response(HTTPResponse, body: [UInt8])
        /// The response is too large to be shared, or was cut off: each request is sent separately.
        case separate
        /// The client of the leading request has disconnected: another request leads.
        case abandoned
    }

    let key: RequestKey
    private let followers = Mutex<(waiting: [OneShot<Outcome>], outcome: Outcome?)>(([], nil))

    init(_ key: RequestKey) { self.key = key }

    var followerCount: Int { followers.withLock { $0.waiting.count } }

    /// Joins the flight; nil if it has ended.
    func join() -> Follower? {
        followers.withLock { state in
            guard state.outcome == nil else { return nil }
            let shot = OneShot<Outcome>()
            state.waiting.append(shot)
            return Follower(shot)
        }
    }

    func finish(_ outcome: Outcome) {
        let waiting = followers.withLock { state in
            guard state.outcome == nil else { return [] as [OneShot<Outcome>] }
            state.outcome = outcome
            defer { state.waiting = [] }
            return state.waiting
        }
        for shot in waiting { shot.set(outcome) }
    }
}

/// A request that waits for the response to another.
package struct Follower: Sendable {
    private let shot: OneShot<Flight.Outcome>

    init(_ shot: OneShot<Flight.Outcome>) { self.shot = shot }

    /// Waits for the outcome.
    package func outcome() async throws(CancellationError) -> Flight.Outcome { try await shot.value() }
}
#endif
