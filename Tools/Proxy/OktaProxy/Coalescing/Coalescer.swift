#if Proxy
package import HTTPTypes
internal import Synchronization

/// Lets requests share the response to an equal one that is in flight.
///
/// Only `GET` without a body, with the same target and the same header fields, credentials included. A request that the org
/// may already have answered before a change is not joined: each change through the proxy closes all flights.
package final class Coalescer: Sendable {
    /// What a request does.
    package enum Turn: Sendable {
        /// It is sent, and others may join it.
        case lead(Flight)
        /// It waits for the response to another.
        case follow(Follower)
    }

    private let flights = Mutex<[RequestKey: Flight]>([:])

    package init() {}

    /// Joins an equal request in flight, or begins a flight.
    package func turn(of key: RequestKey) -> Turn {
        flights.withLock { flights in
            if let flight = flights[key], let follower = flight.join() { return .follow(follower) }
            let flight = Flight(key)
            flights[key] = flight
            return .lead(flight)
        }
    }

    /// Ends the time in which a request may join.
    ///
    /// - Returns: Whether any has joined.
    package func close(_ flight: Flight) -> Bool {
        flights.withLock { flights in
            if flights[flight.key] === flight { flights[flight.key] = nil }
        }
        return flight.followerCount > 0
    }

    /// Ends a flight; those that joined get the outcome.
    package func finish(_ flight: Flight, _ outcome: Flight.Outcome) {
        _ = close(flight)
        flight.finish(outcome)
    }

    /// How many requests wait for the response to another.
    package var followerCount: Int {
        flights.withLock { $0.values.reduce(0) { $0 + $1.followerCount } }
    }

    /// Says that something was changed: what is in flight may have been answered before.
    package func noteChange() {
        flights.withLock { $0.removeAll() }
    }
}

/// A request in flight that others may join.
package final class Flight: Sendable {
    /// How a flight ended.
    package enum Outcome: Sendable {
        /// A whole response.
        case response(HTTPResponse, body: [UInt8])
        /// The response is too large to be shared, or broke off: each sends its own request.
        case separate
        /// The client that led it has gone: another one leads.
        case abandoned
    }

    let key: RequestKey
    private let followers = Mutex<(waiting: [OneShot<Outcome>], outcome: Outcome?)>(([], nil))

    init(_ key: RequestKey) { self.key = key }

    var followerCount: Int { followers.withLock { $0.waiting.count } }

    /// Joins; nil when the flight has ended.
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
