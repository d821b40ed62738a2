#if Redis
public import OktaRuntime
internal import Synchronization

/// A store that shares the rate limits of orgs between programs on many machines, through a Redis or Valkey server.
///
/// ```swift
/// let store = try RedisRateLimitStore("redis://limits:password@cache.example.com:6379")
/// configuration.rateLimitSharing = RateLimitSharing(store: store, program: "hr-sync")
/// ```
///
/// An exchange takes one round trip for all its buckets, and exchanges that are due at the same time share one. The
/// store connects on the first exchange, and reconnects automatically after a failure. For a cluster, the address of
/// any node is sufficient.
///
/// The server needs no configuration. Every key expires within two hours. If the server loses data, clients state it
/// again. An ACL user needs the keys `~{okta:limits:*`, the commands `+eval +evalsha +script|load +info`, and the
/// commands of the script: `+@hash +@sortedset +@fast +pexpire +time`.
public final class RedisRateLimitStore: RateLimitStore {
    private let queue: RedisQueue
    private let known = Mutex(KnownRecords())

    /// Creates a store. It connects on the first exchange.
    ///
    /// - Parameters:
    ///   - url: The address: `redis://[user:password@]host[:port][/database]`, or `unix:///path/of/socket[?db=number]`.
    ///   - timeout: The timeout for connecting, and for a round trip; at least a millisecond. Defaults to 200
    ///     milliseconds.
    /// - Throws: `OktaError.configuration` for an invalid address or timeout. It does not contain the address.
    public init(_ url: String, timeout: Duration = .milliseconds(200)) throws(OktaError) {
        guard timeout >= .milliseconds(1) else {
            throw .configuration(
                .init(
                    message: "the timeout of the Redis server must be at least a millisecond",
                    suggestion: "200 milliseconds"))
        }
        queue = RedisQueue(try RedisAddress(url), script: ExchangeScript.text, timeout: timeout)
    }

    /// Exchanges reports for permits.
    ///
    /// - Throws: ``RedisFailure`` if the exchange fails; `CancellationError` if the task is cancelled or the server has
    ///   already processed a later exchange of the client.
    public func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        try await timedReplies(to: exchange).map(\.reply)
    }

    /// Exchanges reports for permits, and returns the replies with the org's time that the script used.
    func timedReplies(to exchange: LeaseExchange) async throws -> [ExchangeWire.TimedReply] {
        let calls = exchange.requests.map { request in
            let born = known.withLock { $0.born(exchange.org, request.bucket) }
            return ExchangeWire.call(exchange, request, known: born)
        }
        let replies = try await queue.run(calls)
        return try zip(exchange.requests, replies).map { request, reply in
            if ExchangeWire.isLate(reply) { throw CancellationError() }
            guard let timed = ExchangeWire.reply(reply) else {
                throw RedisFailure(.incompatible, "the Redis server sent a reply that the script does not send")
            }
            known.withLock { $0.note(exchange.org, request.bucket, born: timed.born) }
            return timed
        }
    }

    /// The number of round trips.
    package var roundTrips: Int { queue.roundTrips }
}
#endif
