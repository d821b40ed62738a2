#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// The org's time as known by a store: the store's clock, corrected by the times that clients state.
///
/// A store's clock may be wrong by hours. Clients that have received a response know the org's time. For other clients,
/// the store applies the offset that it knows from earlier exchanges.
///
/// Clients know the org's time with different precision. No client is ahead of it, but a client that has seen few
/// responses may be a second behind (``ServerClock``). The clock therefore follows the client that is least behind, so
/// that the time does not jump back and forth at the end of a window.
package struct StoreClock: Sendable, Hashable {
    /// The milliseconds by which the org's clock is ahead of the store's; `nil` until a client has stated the org's
    /// time.
    package private(set) var offset: Int?

    package init(offset: Int? = nil) {
        self.offset = offset
    }

    /// Returns the org's time in milliseconds, and updates the offset if a time is stated.
    ///
    /// - Parameters:
    ///   - stated: The org's time as the client knows it.
    ///   - own: The time by the store's clock, in milliseconds.
    package mutating func time(_ stated: Date?, own: Int) -> Int {
        guard let stated else { return own + (offset ?? 0) }
        let next = stated.milliseconds - own
        guard let last = offset, next < last, last - next <= SharedLimitTimes.leeway else {
            offset = next
            return own + next
        }
        // The offset is lowered by a millisecond each time, in case the store's clock runs fast.
        offset = last - 1
        return own + last - 1
    }
}
