#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// The org's time as a store knows it: the store's own clock, corrected by what clients say.
///
/// A store's clock may be wrong by hours. Clients that have a response know the org's time; for those that have none
/// yet, the store applies the offset that the others have left in it.
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
        if let stated { offset = stated.milliseconds - own }
        return own + (offset ?? 0)
    }
}
