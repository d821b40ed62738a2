#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import OktaRuntime
internal import Synchronization

/// The rate limits that responses state, by bucket. As an observer of a client it learns them from every call.
package final class LimitBook: ClientObserver {
    /// What is known of one bucket.
    package struct Entry: Sendable, Hashable {
        /// The method and the path template that the limit was stated for.
        package let bucket: String
        /// The newest statement.
        package let limit: RateLimit

        /// How much of the window is used, from 0 to 1.
        package var used: Double {
            limit.limit > 0 ? Double(limit.limit - limit.remaining) / Double(limit.limit) : 1
        }
    }

    private let known = Mutex<[String: RateLimit]>([:])

    package init() {}

    package func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { Call(bucket: call.bucket, book: self) }

    /// Notes a statement of a response.
    package func note(_ limit: RateLimit, bucket: String) {
        known.withLock { known in
            // Responses may arrive out of order: within a window, the lowest remainder is the newest.
            if let before = known[bucket], before.reset == limit.reset, before.remaining < limit.remaining { return }
            if let before = known[bucket], before.reset > limit.reset { return }
            known[bucket] = limit
        }
    }

    /// What is known, in the order of the buckets' names. A window that has ended is full again.
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
            // A limit of 0 says that too many calls ran at once; it is not the bucket's.
            guard let limit = attempt.rateLimit, limit.limit > 0 else { return }
            book.note(limit, bucket: bucket)
        }

        func didFinish(_ result: ObservedCall.Result) {}
    }
}
