#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// The token at hand, and how long it serves. A plain value: the source holds the lock.
struct CachedToken: Sendable {
    private var token: AccessToken?
    /// Whether the token stands in for one that the API had refused.
    private var isReplacement = false
    /// Until when a token near its end is used on, since renewing it has failed or takes too long.
    private var renewalPause: Date?

    /// How long to leave the endpoint alone when a renewal has failed and the old token is still good.
    private static let pauseAfterFailure: TimeInterval = 30

    /// A replacement that is refused this soon is not at fault, and yet another would be refused too.
    private static let trustInReplacement: TimeInterval = 10

    /// The token, unless it has ended.
    func valid(at now: Date) -> AccessToken? {
        guard let token, now < token.expiry else { return nil }
        return token
    }

    /// The token, unless it is time for another one.
    ///
    /// - Parameter margin: How many seconds before its end that is so.
    func fresh(at now: Date, margin: TimeInterval) -> AccessToken? {
        guard let token = valid(at: now) else { return nil }
        // Half of a short life is margin enough.
        let margin = min(margin, token.expiry.timeIntervalSince(token.issued) / 2)
        if now < token.expiry.addingTimeInterval(-margin) { return token }
        if let renewalPause, now < renewalPause { return token }
        return nil
    }

    /// Puts a new token in the place of the old one.
    mutating func replace(with new: AccessToken) {
        isReplacement = token == nil && isReplacement
        token = new
        renewalPause = nil
    }

    /// Lets the token serve on for a while: it could not be renewed, or not soon enough.
    mutating func pauseRenewal(at now: Date) {
        renewalPause = now.addingTimeInterval(Self.pauseAfterFailure)
    }

    /// Gives up the token that the API has refused with a request.
    ///
    /// - Returns: Whether another one may do better.
    mutating func drop(tokenOf request: HTTPRequest, at now: Date) -> AuthorizationRefresh {
        // Another one has taken its place since the request was sent.
        guard let token, token.isIn(request) else { return .refreshed }
        let age = now.timeIntervalSince(token.issued)
        if isReplacement, age < Self.trustInReplacement { return .unchanged }
        self.token = nil
        isReplacement = true
        return .refreshed
    }
}
