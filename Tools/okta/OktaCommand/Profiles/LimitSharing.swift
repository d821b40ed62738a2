#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime

/// Sharing of an org's rate limits between the user's commands on this machine, such as parallel shells, runs and cron
/// jobs, through files in the state folder.
package enum LimitSharing {
    /// The environment variable that turns it off.
    package static let variable = "OKTA_SHARED_LIMITS"

    /// The part of each limit that runs leave to interactive commands.
    ///
    /// It is smaller than the library's default, so that a run takes at most 1 % longer than the limit requires.
    private static let interactiveReserve = 0.01

    /// Makes a client share its limits through a store.
    package static func apply(_ store: (any RateLimitStore)?, to configuration: inout OktaConfiguration) {
        guard let store else { return }
        configuration.rateLimitSharing = RateLimitSharing(
            store: store, program: "okta", interactiveReserve: interactiveReserve)
    }

    /// Returns the store; nil if sharing is turned off. A command also works without one, so a folder that is not
    /// writable is not a failure.
    static func store(_ context: ProgramContext) throws(CommandFailure) -> FileRateLimitStore? {
        switch context.environment[variable] ?? "" {
        case "off": return nil
        case "", "on": break
        case let other:
            throw .usage("\(variable) is '\(other)'", advice: "It is 'off', or 'on' as without the variable.")
        }
        guard let folder = try? context.stateFolder() else { return nil }
        return try? FileRateLimitStore(folder: "\(folder)/limits")
    }

    /// What the commands know of a bucket of an org.
    package struct Known: Sendable, Hashable {
        /// The method and the path template.
        package let bucket: String
        /// The limit with the lowest remainder; nil if no window is known.
        package let limit: RateLimit?
        /// The clients that hold permits or wait for them, such as `okta: 12 held, 3 waiting`.
        package let clients: [String]
    }

    /// Returns what the commands know of an org's buckets.
    package static func known(_ orgURL: String, _ context: ProgramContext) throws(CommandFailure) -> [Known] {
        guard let store = try store(context) else { return [] }
        return store.known(org: orgURL).map { bucket, content, now in
            let windows = content.windows.values.filter { $0.reset > now }
            let least = windows.min { ($0.remaining, $0.limit) < ($1.remaining, $1.limit) }
            let clients = content.members.values.filter { $0.until > now && $0.held + $0.unmet > 0 }
            return Known(
                bucket: bucket,
                limit: least.map { window in
                    RateLimit(
                        limit: window.limit, remaining: window.remaining,
                        reset: Date(timeIntervalSince1970: Double(window.reset) / 1000))
                },
                clients: clients.map { "\($0.name): \($0.held) held, \($0.unmet) waiting" }.sorted())
        }
    }
}
