#if Redis
public import OktaRuntime
internal import Synchronization

/// Shares the rate limits of orgs between programs on many machines, through a Redis or Valkey server.
///
/// ```swift
/// let store = try RedisRateLimitStore("redis://limits:password@cache.example.com:6379")
/// configuration.rateLimitSharing = RateLimitSharing(store: store, program: "hr-sync")
/// ```
///
/// An exchange is one round trip for all its buckets, and exchanges that are due at the same time share one. The store
/// connects at the first exchange, and again by itself after a failure. Of a cluster, any node is enough to begin with.
///
/// The server needs no configuration: every key expires within two hours. What it forgets, the clients state again. A user
/// of its access control list needs the keys `~{okta:limits:*` and the commands `+eval +evalsha +script|load +info`, with
/// those that the script runs: `+@hash +@sortedset +@fast +pexpire +time`.
public final class RedisRateLimitStore: RateLimitStore {
    private let queue: RedisQueue
    private let known = Mutex(KnownRecords())

    /// Creates a store. Connects to nothing yet.
    ///
    /// - Parameters:
    ///   - url: `redis://[user:password@]host[:port][/database]`, or `unix:///path/of/socket[?db=number]`.
    ///   - timeout: The longest time to connect, and the longest time for a round trip.
    /// - Throws: ``OktaError/configuration(_:)`` for another address, without repeating it.
    public init(_ url: String, timeout: Duration = .milliseconds(200)) throws(OktaError) {
        guard timeout >= .milliseconds(1) else {
            throw .configuration(
                .init(message: "the timeout of the Redis server is too short", suggestion: "200 milliseconds"))
        }
        queue = RedisQueue(try RedisAddress(url), script: ExchangeScript.text, timeout: timeout)
    }

    /// Exchanges reports for permits.
    ///
    /// - Throws: ``RedisFailure``; `CancellationError`, also when a later exchange of the client was carried out before.
    public func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        try await answers(to: exchange).map(\.reply)
    }

    /// The same, with the org's time by which each reply was decided.
    func answers(to exchange: LeaseExchange) async throws -> [ExchangeWire.Answer] {
        let calls = exchange.requests.map { request in
            let born = known.withLock { $0.born(exchange.org, request.bucket) }
            return ExchangeWire.call(exchange, request, known: born)
        }
        let replies = try await queue.run(calls)
        return try zip(exchange.requests, replies).map { request, reply in
            if ExchangeWire.isLate(reply) { throw CancellationError() }
            guard let answer = ExchangeWire.reply(reply) else {
                throw RedisFailure(.incompatible, "the Redis server replied what the script does not")
            }
            known.withLock { $0.note(exchange.org, request.bucket, born: answer.born) }
            return answer
        }
    }

    /// How many round trips there were.
    package var roundTrips: Int { queue.roundTrips }
}
#endif
