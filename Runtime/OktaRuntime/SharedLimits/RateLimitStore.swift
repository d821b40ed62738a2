#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Shares the permits of an org's rate limits between programs.
///
/// Each client with a store leases permits in batches before it sends calls, reports what the responses stated, and
/// returns what it did not use. A store keeps one record per org and bucket. ``FileRateLimitStore`` serves the programs
/// of one machine.
///
/// If an exchange fails or takes longer than ``RateLimitSharing/timeout``, a client continues without its store, and tries
/// again later.
public protocol RateLimitStore: Sendable {
    /// Exchanges reports for permits. The exchange of each bucket is atomic.
    ///
    /// - Returns: One reply per request, in the same order.
    /// - Throws: When the store cannot be reached. The client then does not know whether it took effect; the next
    ///   exchange corrects that, because it states which reply the client had last. `CancellationError` when a later
    ///   exchange of the client was carried out before.
    func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply]
}

/// The reports and requests of one client, for one or more buckets of an org.
public struct LeaseExchange: Sendable, Hashable {
    /// The org's origin, such as `https://acme.okta.com`.
    public var org: String

    /// The client.
    public var program: SharingProgram

    /// The time by the org's clock; nil while no response has stated it. A store then uses its own clock, corrected by
    /// the offset that earlier exchanges have left in it.
    public var now: Date?

    /// Ascends with each exchange of the client, from 1; 0 when the exchanges are not numbered.
    ///
    /// An exchange that the client has given up may still be on its way to the store, which must not carry it out after
    /// a later one.
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
    /// Distinguishes this client from all others, also of the same program.
    public var id: String

    /// The program's name, for status pages and metrics.
    public var name: String

    /// The client's part of a limit in proportion to that of others; 1 to 1,000.
    public var weight: Int

    /// A name for the credentials, since each token and each app has a separate limit within that of the org. Derived
    /// from them, but not a secret.
    public var principal: String

    /// Creates a program.
    public init(id: String, name: String, weight: Int, principal: String) {
        self.id = id
        self.name = name
        self.weight = weight
        self.principal = principal
    }

    /// A random id, for a new client.
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

    /// The number of permits to lease beyond that, for calls that are likely to follow.
    public var prefetch = 0

    /// The class of the calls that wait.
    public var priority = CallPriority.interactive

    /// The permits that the client still has: those not used yet, and those of calls in flight. It replaces the number
    /// that the store knows.
    public var held = 0

    /// The number of the last exchange for this bucket whose reply the client received; 0 when it received none.
    public var answered = 0

    /// The permits returned unused since that exchange.
    public var returned = 0

    /// The calls since that exchange that the org may have counted, although no response stated a limit. The stated
    /// limit does not count them.
    public var unstated = 0

    /// How long the client has gone on without its store, since the exchange that failed first; zero when it has not.
    public var alone = Duration.zero

    /// The part of the limit that the client uses without its store, in millionths; 0 when no reply has stated it.
    public var share = 0

    /// The limit that responses stated; nil when none did.
    public var stated: StatedLimit?

    /// Whether the org has refused a call, because the limit was used up.
    public var isExhausted = false

    /// The part of each limit that may be used, in thousandths.
    public var utilization = 1000

    /// The part of each limit that bulk calls leave to interactive ones, in thousandths.
    public var reserve = 0

    /// The part of the org's limit that one principal gets, in thousandths.
    public var principalShare = 500

    /// Creates a request that asks for nothing and reports nothing.
    public init(bucket: String) {
        self.bucket = bucket
    }
}

/// A limit as responses stated it, and how recent it is.
public struct StatedLimit: Sendable, Hashable {
    /// Calls allowed in the window.
    public var limit: Int

    /// The lowest number of calls left in the window that a response stated.
    public var remaining: Int

    /// When the window ends, by the org's clock.
    public var reset: Date

    /// When the newest call was sent whose response is counted here, by the org's clock.
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

    /// How long all permits of the client are valid, from the moment of the exchange.
    public var duration: Duration

    /// When to ask again, from the moment of the exchange; nil when no call has to wait.
    public var retryAfter: Duration?

    /// The limit as the store knows it; nil when it knows no window at present.
    public var window: RateLimit?

    /// The client's part of the limit, 0 to 1: what it uses without the store. The parts of all clients add up to 1 at
    /// most.
    public var share: Double

    /// The calls of the present window that the client may make without the store, beyond its permits; nil when the store
    /// does not know.
    public var aside: Int?

    /// Creates a reply.
    public init(granted: Int, duration: Duration, retryAfter: Duration?, window: RateLimit?, share: Double) {
        self.granted = granted
        self.duration = duration
        self.retryAfter = retryAfter
        self.window = window
        self.share = share
    }
}
