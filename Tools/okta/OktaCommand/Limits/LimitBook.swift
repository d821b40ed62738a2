#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import OktaRuntime
internal import Synchronization

/// The rate limits in responses, by bucket. As a client observer it learns them from every call.
package final class LimitBook: ClientObserver {
    /// The limit of one bucket.
    package struct Entry: Sendable, Hashable {
        /// The method and the path template of the limit.
        package let bucket: String
        /// The latest limit.
        package let limit: RateLimit

        /// The used share of the window, from 0 to 1.
        package var used: Double {
            limit.limit > 0 ? Double(limit.limit - limit.remaining) / Double(limit.limit) : 1
        }
    }

    private let known = Mutex<[String: RateLimit]>([:])

    package init() {}

    package func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { Call(bucket: call.bucket, book: self) }

    /// Records the limit of a response.
    package func note(_ limit: RateLimit, bucket: String) {
        known.withLock { known in
            // Responses may arrive out of order: within a window, the lowest remainder is the latest.
            if let before = known[bucket], before.reset == limit.reset, before.remaining < limit.remaining { return }
            if let before = known[bucket], before.reset > limit.reset { return }
            known[bucket] = limit
        }
    }

    /// Returns the limits by name of the bucket. An expired window counts as full.
    package func entries(at now: Date) -> [Entry] {
        known.withLock { known in
            known.sorted { $0.key < $1.key }.map { bucket, limit in
                var limit = limit
                if limit.reset <= now { limit.remaining = limit.limit }
                return Entry(bucket: bucket, limit: limit)
            }
        }
    }

    private struct Call: ObservedCall.Observer {
        let bucket: String
        let book: LimitBook

        func willWait(_ wait: ObservedCall.Wait) {}

        func didAttempt(_ attempt: ObservedCall.Attempt) {
            // A limit of 0 means too many concurrent calls and is not the bucket's.
            guard let limit = attempt.rateLimit, limit.limit > 0 else { return }
            book.note(limit, bucket: bucket)
        }

        func didFinish(_ result: ObservedCall.Result) {}
    }
}
