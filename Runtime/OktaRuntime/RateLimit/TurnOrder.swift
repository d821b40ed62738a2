/// The order in which waiting calls get their turn: interactive ones first, and within a class a fair part for each lane.
///
/// A call gets a turn when it arrives, and the lowest turn goes first. Within a lane, turns ascend in the order of
/// arrival. A lane that was idle begins at the turn that is reached, so that it waits for one call of each other lane
/// rather than for all that arrived before (start-time fair queueing).
///
/// Each bucket has an order for the calls in its queue: a lane that waits for one bucket is not late in another. A
/// further one, in which a call gets its turn when it is admitted, decides between the buckets.
struct TurnOrder: Sendable {
    /// What decides about a call's turn.
    struct Place: Sendable, Hashable {
        var priority = CallPriority.interactive
        var lane = Lane.own

        /// - Parameter lane: The name of whom the call is for; nil for the program itself.
        init(priority: CallPriority = .interactive, lane: String? = nil) {
            self.priority = priority
            self.lane = Lane(lane)
        }
    }

    /// The turns of one class.
    private struct Line: Sendable {
        /// The highest turn that was reached.
        var reached: UInt64 = 0
        /// The next turn of the program's own lane.
        var next: UInt64 = 0
        /// The next turn of each other lane.
        var lanes: [Lane: UInt64] = [:]
        var sizeToClean = maximumLanes
    }

    private var interactive = Line()
    private var bulk = Line()

    /// The number of lanes that are remembered.
    var laneCount: Int { interactive.lanes.count + bulk.lanes.count }

    /// The turn that a call would get if it arrived now.
    func next(for lane: Lane, _ priority: CallPriority) -> UInt64 {
        switch priority {
        case .interactive: Self.next(for: lane, in: interactive)
        case .bulk: Self.next(for: lane, in: bulk) | Self.bulkBit
        }
    }

    /// The turn of a call that arrives.
    mutating func take(for lane: Lane, _ priority: CallPriority) -> UInt64 {
        switch priority {
        case .interactive: Self.take(for: lane, from: &interactive)
        case .bulk: Self.take(for: lane, from: &bulk) | Self.bulkBit
        }
    }

    /// Records that a turn was reached.
    mutating func reach(_ turn: UInt64) {
        if turn >= Self.bulkBit {
            bulk.reached = max(bulk.reached, turn & ~Self.bulkBit)
        } else {
            interactive.reached = max(interactive.reached, turn)
        }
    }

    private static func next(for lane: Lane, in line: Line) -> UInt64 {
        max(line.reached, lane == .own ? line.next : line.lanes[lane] ?? 0)
    }

    private static func take(for lane: Lane, from line: inout Line) -> UInt64 {
        let turn = next(for: lane, in: line)
        guard lane != .own else {
            line.next = turn + 1
            return turn
        }
        line.lanes[lane] = turn + 1
        if line.lanes.count > line.sizeToClean {
            // A lane whose last call had the turn that is reached has nothing to wait for.
            let reached = line.reached
            line.lanes = line.lanes.filter { $0.value > reached + 1 || $0.key == lane }
            line.sizeToClean = max(maximumLanes, line.lanes.count * 2)
        }
        return turn
    }

    /// The class of the call with a turn.
    static func priority(of turn: UInt64) -> CallPriority { turn < bulkBit ? .interactive : .bulk }

    /// Set in the turns of bulk calls, which are therefore higher than those of interactive ones.
    static let bulkBit: UInt64 = 1 << 63

    /// Lanes beyond this number are forgotten when they have no calls waiting.
    private static let maximumLanes = 64
}
