#if Proxy
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime
internal import Synchronization

/// Waiting and completed calls, by bucket and client.
package final class Ledger: Sendable {
    /// A call in progress.
    package struct Ticket: Sendable, Hashable {
        let bucket: String
        let client: String
    }

    /// The calls of one client in one bucket.
    package struct Share: Sendable, Hashable {
        package var waiting = 0
        package var inFlight = 0
        /// Calls that the org responded to.
        package var spent = 0
    }

    /// A rate limit bucket: a method and a path template.
    package struct Bucket: Sendable, Hashable {
        package var limit: RateLimit?
        package var clients: [String: Share] = [:]
        /// The number of the last call.
        var lastUse = 0

        var isIdle: Bool { clients.values.allSatisfy { $0.waiting == 0 && $0.inFlight == 0 } }
    }

    /// Counts since the start.
    package struct Totals: Sendable, Hashable {
        package var requests = 0
        /// Requests served with the response to an equal request.
        package var merged = 0
        /// Requests served with a stored body after the org confirmed it.
        package var revalidated = 0
        /// Requests refused with an error of the proxy itself.
        package var refused = 0
        /// Requests whose client disconnected before the response was complete.
        package var cancelled = 0
        /// Responses of the org that were cut off during delivery.
        package var broken = 0
    }

    fileprivate struct State {
        var buckets: [String: Bucket] = [:]
        var clients: Set<String> = []
        var totals = Totals()
        var uses = 0
    }

    private let state = Mutex(State())
    /// Limits that protect the memory against invented names. Further clients are counted together.
    private static let maximumClients = 256
    private static let maximumBuckets = 512
    private static let others = "(others)"

    package init() {}

    /// Records the start of a call.
    package func begin(bucket: String, client: String) -> Ticket {
        state.withLock { state in
            state.uses += 1
            var name = client
            if !state.clients.contains(client) {
                if state.clients.count >= Self.maximumClients {
                    name = Self.others
                } else {
                    state.clients.insert(client)
                }
            }
            if state.buckets[bucket] == nil, state.buckets.count >= Self.maximumBuckets { state.forgetOldest() }
            state.buckets[bucket, default: Bucket()].lastUse = state.uses
            state.buckets[bucket]?.clients[name, default: Share()].inFlight += 1
            return Ticket(bucket: bucket, client: name)
        }
    }

    /// Records that a call waits for its turn.
    package func wait(_ ticket: Ticket) {
        change(ticket) { share in
            share.inFlight -= 1
            share.waiting += 1
        }
    }

    /// Records that a waiting call is sent.
    package func depart(_ ticket: Ticket) {
        change(ticket) { share in
            guard share.waiting > 0 else { return }
            share.waiting -= 1
            share.inFlight += 1
        }
    }

    /// Records the end of a call.
    ///
    /// - Parameters:
    ///   - isWaiting: Whether it was still waiting.
    ///   - isSpent: Whether the org responded.
    package func end(_ ticket: Ticket, isWaiting: Bool, isSpent: Bool, limit: RateLimit?) {
        state.withLock { state in
            state.buckets[ticket.bucket]?.clients[ticket.client].map { share in
                var share = share
                if isWaiting { share.waiting -= 1 } else { share.inFlight -= 1 }
                if isSpent { share.spent += 1 }
                state.buckets[ticket.bucket]?.clients[ticket.client] = share
            }
            if let limit { state.buckets[ticket.bucket]?.note(limit) }
        }
    }

    /// Changes the totals.
    package func count(_ change: (inout Totals) -> Void) {
        state.withLock { change(&$0.totals) }
    }

    /// The current state.
    package var snapshot: (buckets: [String: Bucket], totals: Totals) {
        state.withLock { ($0.buckets, $0.totals) }
    }

    private func change(_ ticket: Ticket, _ change: (inout Share) -> Void) {
        state.withLock { state in
            guard var share = state.buckets[ticket.bucket]?.clients[ticket.client] else { return }
            change(&share)
            state.buckets[ticket.bucket]?.clients[ticket.client] = share
        }
    }
}

extension Ledger.Bucket {
    /// Records a limit in a response. Within a window the lowest remainder counts, since responses may arrive out of
    /// order.
    fileprivate mutating func note(_ new: RateLimit) {
        guard let old = limit, old.reset == new.reset, old.limit == new.limit else {
            if let old = limit, new.reset < old.reset, new.limit > 0 { return }
            limit = new
            return
        }
        limit = RateLimit(limit: new.limit, remaining: min(old.remaining, new.remaining), reset: new.reset)
    }
}

extension Ledger.State {
    /// Removes the oldest idle bucket, which protects the memory against invented paths.
    fileprivate mutating func forgetOldest() {
        let idle = buckets.filter { $0.value.isIdle }
        if let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) { buckets[oldest.key] = nil }
    }
}
#endif
