/// A call's place among those that wait, which it keeps for its retries.
///
/// Tickets of one bucket are compared; between buckets, ``lane`` and ``arrival`` count.
struct Ticket: Sendable, Hashable, Comparable {
    /// The turn in the bucket's ``TurnOrder``.
    let turn: UInt64
    /// The call's number in the order in which calls arrived at the limiter.
    let arrival: UInt64
    let lane: Lane

    var priority: CallPriority { TurnOrder.priority(of: turn) }

    static func < (one: Ticket, other: Ticket) -> Bool {
        (one.turn, one.arrival) < (other.turn, other.arrival)
    }
}

/// Whom a call is for. Lanes are compared by the hash of their name: if two names had the same one, the two would take
/// turns as one lane.
struct Lane: Sendable, Hashable {
    private let hash: Int

    /// The program's own lane.
    static let own = Lane(nil)

    init(_ name: String?) {
        hash = name?.hashValue ?? 0
    }
}
