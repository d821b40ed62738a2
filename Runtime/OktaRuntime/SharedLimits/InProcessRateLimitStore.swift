#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
import Synchronization

/// Shares rate limits between the clients of one process, such as those of several modules that each create their own.
///
/// Copies of one `OktaClient` share its limits without a store.
public final class InProcessRateLimitStore: RateLimitStore {
    private struct Key: Hashable {
        let org: String
        let bucket: String
    }

    private struct State {
        var clocks: [String: StoreClock] = [:]
        var buckets: [Key: SharedBucket] = [:]
    }

    private let source: any ServerClock.Source
    private let state = Mutex(State())

    /// Creates an empty store.
    ///
    /// - Parameter source: The clock for clients that do not know the org's time yet.
    public init(source: any ServerClock.Source = ServerClock.SystemSource()) {
        self.source = source
    }

    /// Exchanges reports for permits; never throws.
    public func exchange(_ exchange: LeaseExchange) -> [LeaseReply] {
        let own = source.wallClock.milliseconds
        return state.withLock { state in
            let now = state.clocks[exchange.org, default: StoreClock()].time(exchange.now, own: own)
            return exchange.requests.map { request in
                let key = Key(org: exchange.org, bucket: request.bucket)
                return state.buckets[key, default: SharedBucket()].exchange(request, from: exchange.program, now: now)
            }
        }
    }
}
