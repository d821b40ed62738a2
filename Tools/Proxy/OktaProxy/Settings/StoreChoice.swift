#if Proxy
package import OktaCommand
internal import OktaRedis
package import OktaRuntime
internal import Synchronization

/// The store through which the proxy shares the org's limits with other programs.
package struct StoreChoice: Sendable {
    /// The place of a store.
    package enum Place: Sendable, Hashable {
        /// A folder; nil for the one in the user's state folder, which `okta` also uses.
        case folder(String?)
        /// Redis or Valkey, at a URL with `redis://` or `unix://`.
        case redis(String)
        /// No store: the proxy only counts its own calls and uses the limits in responses.
        case none

        /// Parses an option: `none`, a URL, or a folder.
        package init(_ text: String?) {
            switch text {
            case nil: self = .folder(nil)
            case "none"?: self = .none
            case let text? where text.hasPrefix("redis://") || text.hasPrefix("unix://"): self = .redis(text)
            case let text?: self = .folder(text)
            }
        }
    }

    /// The kind of the store, such as `file`; nil without one.
    package let kind: String?
    private let store: (any RateLimitStore)?
    private let watch = StoreWatch()

    package init(_ place: Place, _ context: ProgramContext) throws(CommandFailure) {
        do throws(OktaError) {
            switch place {
            case .none: (kind, store) = (nil, nil)
            case .folder(let path):
                let folder: String
                if let path { folder = path } else { folder = try Self.commonFolder(context) }
                (kind, store) = ("file", try FileRateLimitStore(folder: folder))
            case .redis(let address):
                #if Redis
                (kind, store) = ("redis", try RedisRateLimitStore(address))
                #else
                _ = address
                throw .configuration(
                    .init(message: "this okta-proxy was built without Redis; build it with the traits Proxy and Redis"))
                #endif
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func commonFolder(_ context: ProgramContext) throws(OktaError) -> String {
        do {
            return try context.stateFolder() + "/limits"
        } catch {
            throw .configuration(.init(message: error.description))
        }
    }

    /// Makes a client share its limits.
    package func apply(to configuration: inout OktaConfiguration, weight: Int) {
        configuration.rateLimitSharing = nil
        guard let store else { return }
        configuration.rateLimitSharing = RateLimitSharing(store: store, program: "okta-proxy", weight: weight)
        configuration.observers.append(watch)
    }

    /// The state of the store for the status page; nil without one.
    package var state: StatusReport.StoreState? {
        kind.map { StatusReport.StoreState(kind: $0, state: watch.isReachable ? "connected" : "unreachable") }
    }
}

/// Tracks whether a store can be reached.
private final class StoreWatch: ClientObserver {
    private let reachable = Mutex(true)

    var isReachable: Bool { reachable.withLock { $0 } }

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? { nil }

    func storeDidChange(_ store: ObservedStore) {
        reachable.withLock { if case .reachable = store.state { $0 = true } else { $0 = false } }
    }
}
#endif
