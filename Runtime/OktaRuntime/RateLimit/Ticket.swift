/// The queue position of a call, which it keeps for its retries.
///
/// Tickets are compared within one bucket. Between buckets, ``lane`` and ``arrival`` determine the order.
struct Ticket: Sendable, Hashable, Comparable {
    /// The turn in the bucket's ``TurnOrder``.
    let turn: UInt64
    /// The sequence number of the call's arrival at the limiter.
    let arrival: UInt64
    let lane: Lane

    var priority: CallPriority { TurnOrder.priority(of: turn) }

    static func < (one: Ticket, other: Ticket) -> Bool {
        (one.turn, one.arrival) < (other.turn, other.arrival)
    }
}

/// The party that a call is made for. Lanes are compared by the hash of their name. After a collision, two names
/// share one lane.
struct Lane: Sendable, Hashable {
    private let hash: Int

    /// The program's own lane.
    static let own = Lane(nil)

    init(_ name: String?) {
        hash = name?.hashValue ?? 0
    }
}
