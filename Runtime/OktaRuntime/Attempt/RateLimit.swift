#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
package import HTTPTypes

/// The rate limit that applied to a call, as its answer states it.
public struct RateLimit: Sendable, Hashable {
    /// Calls allowed in the window; 0 with ``remaining`` 0 when too many calls ran at the same time.
    public var limit: Int

    /// Calls left in the window.
    public var remaining: Int

    /// When the window ends, by the server's clock.
    public var reset: Date

    /// Creates a rate limit.
    public init(limit: Int, remaining: Int, reset: Date) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }

    /// Reads the three headers; `nil` unless all are there and numbers of a sensible size.
    package init?(_ fields: HTTPFields) {
        // One pass, since this is done for every answer.
        var limit: Int?
        var remaining: Int?
        var reset: Int?
        for field in fields {
            switch field.name.canonicalName {
            case "x-rate-limit-limit": limit = limit ?? Self.count(field.value)
            case "x-rate-limit-remaining": remaining = remaining ?? Self.count(field.value)
            case "x-rate-limit-reset": reset = reset ?? Self.count(field.value)
            default: break
            }
        }
        guard let limit, let remaining, let reset else { return nil }
        self.init(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset)))
    }

    private static func count(_ text: String) -> Int? {
        Int(text).flatMap { (0...1 << 40).contains($0) ? $0 : nil }
    }
}
