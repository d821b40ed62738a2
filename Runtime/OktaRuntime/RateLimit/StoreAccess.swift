/// Whether a limiter can reach its store, and the exchange that is under way.
///
/// One exchange at a time, for all buckets that need one. When it fails or takes too long, the client goes on with its
/// part of each limit, and tries again after a while.
struct StoreAccess: Sendable {
    enum Phase: Sendable, Hashable {
        case reachable
        /// An exchange failed; the next attempt is due at a moment.
        case gone(since: Duration, failures: Int, retry: Duration)
    }

    /// An exchange that is under way.
    struct Exchange: Sendable {
        let number: Int
        let began: Duration
        let deadline: Duration
        /// The buckets, in the order of the requests.
        let buckets: [(index: Int, key: RateLimitKey, request: LeaseRequest)]
        /// Called when it has ended.
        let completions: [@Sendable () -> Void]
        /// Carries it out.
        var task: Task<Void, Never>?
    }

    let sharing: RateLimitSharing
    private(set) var phase = Phase.reachable
    private(set) var exchange: Exchange?
    /// Buckets with permits, calls in flight or something to report.
    var leased: Set<Int> = []
    /// Called when the permits that are not in use have been returned, which the next exchange does.
    private(set) var returns: [@Sendable () -> Void] = []
    private var lastNumber = 0

    init(_ sharing: RateLimitSharing) {
        self.sharing = sharing
    }

    var isReachable: Bool { phase == .reachable }

    /// Whether an exchange may begin.
    func mayBegin(_ now: Duration) -> Bool {
        guard exchange == nil else { return false }
        guard case .gone(_, _, let retry) = phase else { return true }
        return retry <= now
    }

    /// How long the client has gone on without the store.
    func alone(_ now: Duration) -> Duration {
        guard case .gone(let since, _, _) = phase else { return .zero }
        return now - since
    }

    /// Begins an exchange.
    ///
    /// - Returns: Its number.
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

    /// Records the task that carries out the exchange which is under way.
    mutating func setTask(_ task: Task<Void, Never>) { exchange?.task = task }

    /// Makes the next exchange return all permits that are not in use.
    mutating func requestReturn(_ completion: @escaping @Sendable () -> Void) { returns.append(completion) }

    /// Takes the requests to return permits.
    mutating func takeReturns() -> [@Sendable () -> Void] {
        defer { returns = [] }
        return returns
    }

    /// Ends the exchange with a number, and returns it; nil when it was given up before.
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
        let pause = min(Self.longestPause, Self.firstPause * (1 << min(failures - 1, 10)))
        phase = .gone(since: since, failures: failures, retry: now + pause)
        return (ended, before == .reachable)
    }

    /// The number of an exchange that has taken too long.
    func overdue(_ now: Duration) -> Int? {
        exchange.flatMap { $0.deadline <= now ? $0.number : nil }
    }

    private static let firstPause = Duration.milliseconds(500)
    /// Short, because a client that goes on alone takes calls that the store grants to others meanwhile.
    private static let longestPause = Duration.seconds(1)
}

/// A change of the store, for observers.
enum StoreChange: Sendable, Hashable {
    case lost(String)
    case restored
}
