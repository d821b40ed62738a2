#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
import Synchronization

/// A store that shares rate limits between the clients of one process, such as modules that each create a client.
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

    /// Exchanges reports for permits.
    ///
    /// - Throws: `CancellationError` if the store has already processed a later exchange of the client.
    public func exchange(_ exchange: LeaseExchange) throws(CancellationError) -> [LeaseReply] {
        let own = source.wallClock.milliseconds
        return try state.withLock { state throws(CancellationError) in
            let now = state.clocks[exchange.org, default: StoreClock()].time(exchange.now, own: own)
            return try exchange.requests.map { request throws(CancellationError) in
                let key = Key(org: exchange.org, bucket: request.bucket)
                var bucket = state.buckets.removeValue(forKey: key) ?? SharedBucket()
                defer { state.buckets[key] = bucket }
                guard !bucket.isLate(exchange.number, from: exchange.program) else { throw CancellationError() }
                return bucket.exchange(request, from: exchange.program, number: exchange.number, now: now)
            }
        }
    }
}
