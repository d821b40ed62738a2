#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
import Synchronization

/// Exchanges with the store. They run in the background: a call waits for an exchange only if it needs a permit.
extension RateLimiter {
    /// Records that an admitted call began or ended, and begins an exchange if one is due.
    func share(_ state: inout RateLimiterState, after permit: Permit, _ now: Duration) {
        guard state.isShared else { return }
        state.updateLeased(permit.bucket)
        if exchange(&state, after: permit.bucket, now) || state.timer == nil { setTimer(&state, now) }
    }

    /// Begins an exchange if one is due.
    ///
    /// - Parameter changed: The bucket that has changed; `nil` to check all buckets.
    @discardableResult
    func exchange(_ state: inout RateLimiterState, after changed: Int? = nil, _ now: Duration) -> Bool {
        guard let link, let due = state.dueExchange(after: changed, now, date: { date($0, now) }) else { return false }
        state.access?.setTask(perform(due.requests, number: due.number, link))
        return true
    }

    /// Returns all unused permits to the store and reports the completed calls, as a program should do before it exits.
    /// Waits until the store has replied or the exchange has timed out.
    func returnLeases() async {
        guard link != nil else { return }
        await withCheckedContinuation { continuation in
            let now = time.elapsed
            state.withLock { state in
                guard state.access?.isReachable ?? false else { return continuation.resume() }
                state.access?.requestReturn { continuation.resume() }
                exchange(&state, now)
                setTimer(&state, now)
            }
        }
    }

    private func perform(_ requests: [LeaseRequest], number: Int, _ link: StoreLink) -> Task<Void, Never> {
        let exchange = LeaseExchange(
            org: link.org, program: link.program, now: clock.isSet ? clock.now : nil, number: number,
            requests: requests)
        return Task.detached(executorPreference: executor) { [weak self] in
            do {
                let replies = try await link.sharing.store.exchange(exchange)
                let isComplete = replies.count == requests.count
                self?.end(number, isComplete ? replies : nil, isComplete ? "" : "it replied to too few requests")
            } catch {
                self?.end(number, nil, "\(error)")
            }
        }
    }

    private func end(_ number: Int, _ replies: [LeaseReply]?, _ reason: String) {
        let now = time.elapsed
        state.withLock { state in
            end(&state, number, replies, reason, now)
            advance(&state, now)
        }
    }

    /// Ends an exchange that has not been abandoned.
    func end(
        _ state: inout RateLimiterState, _ number: Int, _ replies: [LeaseReply]?, _ reason: String, _ now: Duration
    ) {
        guard let ended = state.endExchange(number, replies, now, moment: clock.moment) else { return }
        for completion in ended.completions { completion() }
        guard ended.isChange, let link else { return }
        // Observers may make calls, so they must not run under the lock.
        let change: StoreChange = replies == nil ? .lost(reason) : .restored
        Task.detached(executorPreference: executor) { link.notify(change) }
    }

    /// Converts a time of the time source to the org's clock.
    private func date(_ moment: Duration, _ now: Duration) -> Date {
        clock.now.addingTimeInterval((moment - now).inSeconds)
    }
}
