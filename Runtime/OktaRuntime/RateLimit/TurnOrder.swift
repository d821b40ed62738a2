/// The order of waiting calls: interactive ones first, and fair queueing between lanes of the same priority.
///
/// A call gets a turn when it arrives, and the call with the lowest turn is sent first. Within a lane, turns ascend in
/// the order of arrival. A lane that was idle starts at the highest turn reached, so that it waits for one call of
/// every other lane rather than for all calls that arrived earlier (start-time fair queueing).
///
/// Every bucket has a separate order, so that a lane that waits in one bucket is not delayed in another. A further
/// order decides between buckets; in this one, a call gets its turn when it is admitted.
struct TurnOrder: Sendable {
    /// The priority and lane of a call, which determine its turn.
    struct Place: Sendable, Hashable {
        var priority = CallPriority.interactive
        var lane = Lane.own

        /// - Parameter lane: The name of the party that the call is made for; `nil` for the program itself.
        init(priority: CallPriority = .interactive, lane: String? = nil) {
            self.priority = priority
            self.lane = Lane(lane)
        }
    }

    /// The turns of one priority.
    private struct Line: Sendable {
        /// The highest turn reached.
        var reached: UInt64 = 0
        /// The next turn of the program's own lane.
        var next: UInt64 = 0
        /// The next turns of other lanes.
        var lanes: [Lane: UInt64] = [:]
        var sizeToClean = maximumLanes
    }

    private var interactive = Line()
    private var bulk = Line()

    /// The number of lanes in memory.
    var laneCount: Int { interactive.lanes.count + bulk.lanes.count }

    /// Returns the turn that a call would get if it arrived now.
    func next(for lane: Lane, _ priority: CallPriority) -> UInt64 {
        switch priority {
        case .interactive: Self.next(for: lane, in: interactive)
        case .bulk: Self.next(for: lane, in: bulk) | Self.bulkBit
        }
    }

    /// Assigns a turn to an arriving call.
    mutating func take(for lane: Lane, _ priority: CallPriority) -> UInt64 {
        switch priority {
        case .interactive: Self.take(for: lane, from: &interactive)
        case .bulk: Self.take(for: lane, from: &bulk) | Self.bulkBit
        }
    }

    /// Records that a call with a turn was sent.
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
            // Such a lane would start at the highest turn reached anyway.
            let reached = line.reached
            line.lanes = line.lanes.filter { $0.value > reached + 1 || $0.key == lane }
            line.sizeToClean = max(maximumLanes, line.lanes.count * 2)
        }
        return turn
    }

    /// Returns the priority of a turn.
    static func priority(of turn: UInt64) -> CallPriority { turn < bulkBit ? .interactive : .bulk }

    /// A bit that is set in the turns of bulk calls, so that they are higher than those of interactive ones.
    static let bulkBit: UInt64 = 1 << 63

    /// The number of lanes above which lanes without waiting calls are removed.
    private static let maximumLanes = 64
}
