#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
import Synchronization

/// Exchanges with the store, off the path of the calls: a call waits for one only when it needs a permit.
extension RateLimiter {
    /// Records that an admitted call began or ended, and begins an exchange when one is due.
    func share(_ state: inout RateLimiterState, after permit: Permit, _ now: Duration) {
        guard state.isShared else { return }
        state.updateLeased(permit.bucket)
        if exchange(&state, after: permit.bucket, now) || state.timer == nil { setTimer(&state, now) }
    }

    /// Begins the exchange that is due, if any.
    ///
    /// - Parameter changed: The bucket that has changed; nil to look at all.
    @discardableResult
    func exchange(_ state: inout RateLimiterState, after changed: Int? = nil, _ now: Duration) -> Bool {
        guard let link, let due = state.dueExchange(after: changed, now, date: { date($0, now) }) else { return false }
        state.access?.setTask(perform(due.requests, number: due.number, link))
        return true
    }

    /// Gives back all permits that are not in use, and reports the calls that have ended: what a short program does
    /// last. Waits until the store has replied, or its time is over.
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

    /// Ends an exchange, unless it was given up before.
    func end(
        _ state: inout RateLimiterState, _ number: Int, _ replies: [LeaseReply]?, _ reason: String, _ now: Duration
    ) {
        guard let ended = state.endExchange(number, replies, now, moment: clock.moment) else { return }
        for completion in ended.completions { completion() }
        guard ended.isChange, let link else { return }
        // Not under the lock, since observers may make calls.
        let change: StoreChange = replies == nil ? .lost(reason) : .restored
        Task.detached(executorPreference: executor) { link.notify(change) }
    }

    /// The time by the org's clock at a moment.
    private func date(_ moment: Duration, _ now: Duration) -> Date {
        clock.now.addingTimeInterval((moment - now).inSeconds)
    }
}
