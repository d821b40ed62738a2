#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
internal import HTTPTypes

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

    /// Reads the three headers; `nil` unless all are there and numbers.
    init?(_ fields: HTTPFields) {
        guard let limit = fields.firstValue(of: "X-Rate-Limit-Limit").flatMap({ Int($0) }),
            let remaining = fields.firstValue(of: "X-Rate-Limit-Remaining").flatMap({ Int($0) }),
            let reset = fields.firstValue(of: "X-Rate-Limit-Reset").flatMap({ Int($0) })
        else { return nil }
        self.init(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset)))
    }
}

extension HTTPFields {
    /// The first value of a field that is not named in swift-http-types.
    func firstValue(of name: String) -> String? {
        values(of: name).first
    }

    /// All values of a field that is not named in swift-http-types.
    func values(of name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }
}
