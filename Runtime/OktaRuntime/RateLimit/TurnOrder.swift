/// The order in which calls get their turn: interactive ones first, and within a class a fair part for each lane.
///
/// A call gets a ticket when it arrives, and the lowest ticket goes first. Within a lane, tickets ascend in the order of
/// arrival. A lane that was idle begins at the ticket whose turn it is, so that it waits for one call of each other lane
/// rather than for all that arrived before (start-time fair queueing).
struct TurnOrder: Sendable {
    /// What decides about a call's turn.
    struct Place: Sendable, Hashable {
        var priority = CallPriority.interactive
        /// The name of whom the call is for; nil for the program itself.
        var lane: String?
    }

    /// The tickets of one class.
    private struct Line: Sendable {
        /// The highest ticket that had its turn.
        var reached: UInt64 = 0
        /// The next ticket of the program's own lane.
        var next: UInt64 = 0
        /// The next ticket of each other lane.
        var lanes: [String: UInt64] = [:]
        var sizeToClean = maximumLanes
    }

    private var interactive = Line()
    private var bulk = Line()

    /// The ticket of a call that arrives.
    mutating func ticket(for place: Place) -> UInt64 {
        switch place.priority {
        case .interactive: Self.take(place.lane, from: &interactive)
        case .bulk: Self.take(place.lane, from: &bulk) | Self.bulkBit
        }
    }

    /// The number of lanes that are remembered.
    var laneCount: Int { interactive.lanes.count + bulk.lanes.count }

    /// Records that a call had its turn.
    mutating func reach(_ ticket: UInt64) {
        if ticket >= Self.bulkBit {
            bulk.reached = max(bulk.reached, ticket & ~Self.bulkBit)
        } else {
            interactive.reached = max(interactive.reached, ticket)
        }
    }

    private static func take(_ lane: String?, from line: inout Line) -> UInt64 {
        guard let lane else {
            let ticket = max(line.reached, line.next)
            line.next = ticket + 1
            return ticket
        }
        if line.lanes.count >= line.sizeToClean {
            // A lane whose last call had the ticket whose turn it is has nothing to wait for.
            let reached = line.reached
            line.lanes = line.lanes.filter { $0.value > reached + 1 }
            line.sizeToClean = max(maximumLanes, line.lanes.count * 2)
        }
        let ticket = max(line.reached, line.lanes[lane] ?? 0)
        line.lanes[lane] = ticket + 1
        return ticket
    }

    /// The class of the call with a ticket.
    static func priority(of ticket: UInt64) -> CallPriority { ticket < bulkBit ? .interactive : .bulk }

    /// Set in the tickets of bulk calls, which are therefore higher than those of interactive ones.
    static let bulkBit: UInt64 = 1 << 63

    /// Lanes beyond this number are forgotten when they have no calls waiting.
    private static let maximumLanes = 1024
}
