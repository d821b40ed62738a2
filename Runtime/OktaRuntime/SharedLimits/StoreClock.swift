#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// The org's time as a store knows it: the store's own clock, corrected by what clients say.
///
/// A store's clock may be wrong by hours. Clients that have a response know the org's time; for those that have none
/// yet, the store applies the offset that the others have left in it.
///
/// Clients know the org's time with different precision. None is ahead of it, and one that has seen few responses may be
/// a second behind (``ServerClock``). So the clock follows the client that is the least behind, and the time does not jump
/// back and forth at the end of a window.
package struct StoreClock: Sendable, Hashable {
    /// Milliseconds that the org's clock is ahead of the store's; nil while nobody has stated the org's time.
    package private(set) var offset: Int?

    package init(offset: Int? = nil) {
        self.offset = offset
    }

    /// The org's time in milliseconds.
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
        // Lowered a little each time, in case the store's clock runs fast.
        offset = last - 1
        return own + last - 1
    }
}
