/// The state of a limiter's connection to its store, with the exchange in progress.
///
/// There is one exchange at a time, for all buckets that need one. If it fails or times out, the client continues with
/// its share of each limit and tries again after a pause.
struct StoreAccess: Sendable {
    enum Phase: Sendable, Hashable {
        case reachable
        /// The last exchange failed. The next attempt is due at `retry`.
        case gone(since: Duration, failures: Int, retry: Duration)
    }

    /// An exchange in progress.
    struct Exchange: Sendable {
        let number: Int
        let began: Duration
        let deadline: Duration
        /// The buckets, in the order of the requests.
        let buckets: [(index: Int, key: RateLimitKey, request: LeaseRequest)]
        /// The closures to call when the exchange has ended.
        let completions: [@Sendable () -> Void]
        /// The task that performs the exchange.
        var task: Task<Void, Never>?
    }

    let sharing: RateLimitSharing
    private(set) var phase = Phase.reachable
    private(set) var exchange: Exchange?
    /// The indices of buckets that have permits, calls in flight or unreported state.
    var leased: Set<Int> = []
    /// The closures to call after the next exchange, which returns all unused permits; empty if no return was
    /// requested.
    private(set) var returns: [@Sendable () -> Void] = []
    private var lastNumber = 0

    init(_ sharing: RateLimitSharing) {
        self.sharing = sharing
    }

    var isReachable: Bool { phase == .reachable }

    /// Returns whether an exchange may begin.
    func mayBegin(_ now: Duration) -> Bool {
        guard exchange == nil else { return false }
        guard case .gone(_, _, let retry) = phase else { return true }
        return retry <= now
    }

    /// Returns the time for which the client has worked without the store.
    func alone(_ now: Duration) -> Duration {
        guard case .gone(let since, _, _) = phase else { return .zero }
        return now - since
    }

    /// Begins an exchange.
    ///
    /// - Returns: The number of the exchange.
    mutating func begin(
        _ buckets: [(index: Int, key: RateLimitKey, request: LeaseRequest)], _ now: Duration,
        completions: [@Sendable () -> Void] = []
    ) -> Int {
        lastNumber += 1
        exchange = Exchange(
            number: lastNumber, began: now, deadline: now + sharing.timeout, buckets: buckets,
            completions: completions)
        return lastNumber
    }

    /// Stores the task of the exchange in progress.
    mutating func setTask(_ task: Task<Void, Never>) { exchange?.task = task }

    /// Makes the next exchange return all unused permits.
    mutating func requestReturn(_ completion: @escaping @Sendable () -> Void) { returns.append(completion) }

    /// Returns and clears the closures of pending returns.
    mutating func takeReturns() -> [@Sendable () -> Void] {
        defer { returns = [] }
        return returns
    }

    /// Ends the exchange with a number and returns it; `nil` if it has been abandoned.
    ///
    /// - Parameter failed: Whether the store did not reply.
    mutating func end(_ number: Int, failed: Bool, _ now: Duration) -> (exchange: Exchange, isChange: Bool)? {
        guard let ended = exchange, ended.number == number else { return nil }
        exchange = nil
        let before = phase
        guard failed else {
            phase = .reachable
            return (ended, before != .reachable)
        }
        var (since, failures) = (now, 1)
        if case .gone(let first, let earlier, _) = before { (since, failures) = (first, earlier + 1) }
        let pause = min(Self.maximumPause, Self.firstPause * (1 << min(failures - 1, 10)))
        phase = .gone(since: since, failures: failures, retry: now + pause)
        return (ended, before == .reachable)
    }

    /// Returns the number of the exchange if it has timed out.
    func overdue(_ now: Duration) -> Int? {
        exchange.flatMap { $0.deadline <= now ? $0.number : nil }
    }

    private static let firstPause = Duration.milliseconds(500)
    /// The maximum pause before another attempt. It is short because a client without the store makes calls that the
    /// store may grant to others as well.
    private static let maximumPause = Duration.seconds(1)
}

/// A change in the reachability of the store, reported to observers.
enum StoreChange: Sendable, Hashable {
    case lost(String)
    case restored
}
