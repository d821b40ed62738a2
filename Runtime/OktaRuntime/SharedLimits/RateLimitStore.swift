#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A store that shares the permits of an org's rate limits between programs.
///
/// A client with a store leases permits in batches before it sends calls, reports the limits that responses stated, and
/// returns unused permits. A store keeps one record per org and bucket. ``FileRateLimitStore`` serves the programs of
/// one machine.
///
/// If an exchange fails or takes longer than ``RateLimitSharing/timeout``, the client continues without the store and
/// tries again later.
public protocol RateLimitStore: Sendable {
    /// Exchanges reports for permits. The exchange of each bucket is atomic.
    ///
    /// - Returns: One reply per request, in the same order.
    /// - Throws: An error if the store cannot be reached. The exchange may have taken effect nevertheless. The next
    ///   exchange resolves this, because it states the last reply that the client received. `CancellationError` if the
    ///   store has already processed a later exchange of the client.
    func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply]
}

/// The reports and requests of one client, for one or more buckets of an org.
public struct LeaseExchange: Sendable, Hashable {
    /// The org's origin, such as `https://acme.okta.com`.
    public var org: String

    /// The client that makes the exchange.
    public var program: SharingProgram

    /// The time by the org's clock; `nil` until a response has stated it. A store then uses its own clock, corrected by
    /// the offset that it knows from earlier exchanges.
    public var now: Date?

    /// The sequence number of the client's exchange, from 1; 0 if exchanges are not numbered.
    ///
    /// An exchange that has timed out at the client may still reach the store. The store must not process it after a
    /// later one.
    public var number: Int

    /// One request per bucket.
    public var requests: [LeaseRequest]

    /// Creates an exchange.
    public init(org: String, program: SharingProgram, now: Date?, number: Int = 0, requests: [LeaseRequest]) {
        self.org = org
        self.program = program
        self.now = now
        self.number = number
        self.requests = requests
    }
}

/// A client that shares limits with others.
public struct SharingProgram: Sendable, Hashable {
    /// The unique id of this client. Two clients of one program have different ids.
    public var id: String

    /// The program's name, for status pages and metrics.
    public var name: String

    /// The client's share of a limit relative to that of other clients; 1 to 1,000.
    public var weight: Int

    /// An identifier of the credentials, because every token and app has a separate limit within the org's limit. It is
    /// derived from the credentials but is not a secret.
    public var principal: String

    /// Creates a program.
    public init(id: String, name: String, weight: Int, principal: String) {
        self.id = id
        self.name = name
        self.weight = weight
        self.principal = principal
    }

    /// Returns a random id, for a new client.
    static func newID() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

/// The report and the request of a client for one bucket.
public struct LeaseRequest: Sendable, Hashable {
    /// The bucket: a method and a path template, such as `GET /api/v1/users/{}`.
    public var bucket: String

    /// The number of calls that wait for a permit.
    public var waiting = 0

    /// The number of additional permits to lease for calls that are likely to follow.
    public var prefetch = 0

    /// The priority of the calls that wait.
    public var priority = CallPriority.interactive

    /// The permits that the client holds: unused ones, and those of calls in flight. The number replaces the one in the
    /// store.
    public var held = 0

    /// The number of the last exchange for this bucket whose reply the client received; 0 if there is none.
    public var acknowledged = 0

    /// The permits returned unused since that exchange.
    public var returned = 0

    /// The calls that the client has sent in the window of ``stated``, and its unused permits; `nil` without a stated
    /// limit. The number replaces the one in the store.
    public var taken: Int?

    /// The calls since that exchange whose responses stated no limit, although the org may have counted them.
    /// ``stated`` does not include them.
    public var unstated = 0

    /// The time for which the client has used its share instead of permits: since the first exchange that failed, or
    /// since the first reply with ``LeaseReply/isPaused``. Zero while it uses permits.
    public var alone = Duration.zero

    /// The share of the limit that the client uses without its store, in millionths; 0 until a reply has stated it.
    public var share = 0

    /// The limit that responses stated; `nil` if none did.
    public var stated: StatedLimit?

    /// Whether the org has refused a call, because the limit was used up.
    public var isExhausted = false

    /// The part of each limit that may be used, in thousandths.
    public var utilization = 1000

    /// The part of each limit that bulk calls leave to interactive ones, in thousandths.
    public var reserve = 0

    /// The part of the org's limit that one principal gets, in thousandths.
    public var principalShare = 500

    /// Creates a request without a report that asks for no permits.
    public init(bucket: String) {
        self.bucket = bucket
    }
}

/// A limit that responses stated, with the time of the newest call that it includes.
public struct StatedLimit: Sendable, Hashable {
    /// The number of calls allowed in the window.
    public var limit: Int

    /// The lowest number of calls left in the window that a response stated.
    public var remaining: Int

    /// The end of the window, by the org's clock.
    public var reset: Date

    /// The time at which the newest call with a response included here was sent, by the org's clock.
    public var departed: Date

    /// Creates a stated limit.
    public init(limit: Int, remaining: Int, reset: Date, departed: Date) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.departed = departed
    }
}

/// The permits that a client gets for one bucket.
public struct LeaseReply: Sendable, Hashable {
    /// The number of new permits.
    public var granted: Int

    /// The time for which all permits of the client are valid, from the moment of the exchange.
    public var duration: Duration

    /// The time after which to ask again, from the moment of the exchange; `nil` if no call has to wait.
    public var retryAfter: Duration?

    /// The limit in the store; `nil` if the store knows no current window.
    public var window: RateLimit?

    /// The share of the limit that the client may use without the store, 0 to 1. The shares of all clients add up to at
    /// most 1.
    public var share: Double

    /// The number of calls in the current window that the client may make without the store, in addition to its
    /// permits; `nil` if the store does not know it.
    public var aside: Int?

    /// Whether the store has lost its records, and grants no permits before the leases of the former ones have ended.
    /// The client then uses its share without the store.
    public var isPaused = false

    /// Creates a reply.
    public init(granted: Int, duration: Duration, retryAfter: Duration?, window: RateLimit?, share: Double) {
        self.granted = granted
        self.duration = duration
        self.retryAfter = retryAfter
        self.window = window
        self.share = share
    }
}
