#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// The current token, and how long it can be used. A plain value: the source holds the lock.
struct CachedToken: Sendable {
    private var token: AccessToken?
    /// Whether the token replaces one that the API rejected.
    private var isReplacement = false
    /// Until when to keep using a token that is about to expire, because renewing it has failed or takes too long.
    private var renewalPause: Date?

    /// How long to wait before the next request when a renewal has failed and the old token is still valid.
    private static let pauseAfterFailure: TimeInterval = 30

    /// A replacement that is rejected this soon is not the cause, and another one would be rejected too.
    private static let trustInReplacement: TimeInterval = 10

    /// The token, unless it has expired.
    func valid(at now: Date) -> AccessToken? {
        guard let token, now < token.expiry else { return nil }
        return token
    }

    /// The token, unless it is due for renewal.
    ///
    /// - Parameter margin: How many seconds before expiry renewal is due.
    func fresh(at now: Date, margin: TimeInterval) -> AccessToken? {
        guard let token = valid(at: now) else { return nil }
        // For a short lifetime, half of it is a sufficient margin.
        let margin = min(margin, token.expiry.timeIntervalSince(token.issued) / 2)
        if now < token.expiry.addingTimeInterval(-margin) { return token }
        if let renewalPause, now < renewalPause { return token }
        return nil
    }

    /// Replaces the token with a new one.
    mutating func replace(with new: AccessToken) {
        isReplacement = token == nil && isReplacement
        token = new
        renewalPause = nil
    }

    /// Keeps the token for a while, because it could not be renewed, or not soon enough.
    mutating func pauseRenewal(at now: Date) {
        renewalPause = now.addingTimeInterval(Self.pauseAfterFailure)
    }

    /// Drops the token of a request that the API rejected.
    ///
    /// - Returns: Whether a new one may help.
    mutating func drop(tokenOf request: HTTPRequest, at now: Date) -> AuthorizationRefresh {
        // The token was replaced after the request was sent.
        guard let token, token.isIn(request) else { return .refreshed }
        let age = now.timeIntervalSince(token.issued)
        if isReplacement, age < Self.trustInReplacement { return .unchanged }
        self.token = nil
        isReplacement = true
        return .refreshed
    }
}
