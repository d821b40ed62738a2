#if Proxy
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import HTTPTypes
package import OktaRuntime

/// The status page and its data. They contain no secret and need none.
package struct StatusReport: Sendable {
    /// Constant facts, and functions that are called each time.
    package struct Facts: Sendable {
        /// The org's origin.
        package var org: String
        /// Whether the proxy adds the org's credentials.
        package var isInjected: Bool
        /// The time at which the proxy was started.
        package var started: ContinuousClock.Instant
        /// Returns the current state of the store; nil without one.
        package var store: @Sendable () -> StoreState?

        package init(
            org: String, isInjected: Bool = false, started: ContinuousClock.Instant = .now,
            store: @escaping @Sendable () -> StoreState? = { nil }
        ) {
            self.org = org
            self.isInjected = isInjected
            self.started = started
            self.store = store
        }
    }

    /// The store through which programs share limits.
    package struct StoreState: Sendable, Hashable {
        /// The kind of the store, such as `file` or `redis`.
        package var kind: String
        /// The state of the store, such as `connected`.
        package var state: String

        package init(kind: String, state: String) {
            self.kind = kind
            self.state = state
        }
    }

    private let facts: Facts
    private let ledger: Ledger
    private let cache: ValidatorCache

    package init(_ facts: Facts, _ ledger: Ledger, _ cache: ValidatorCache) {
        self.facts = facts
        self.ledger = ledger
        self.cache = cache
    }

    /// Returns the page of a path below `/_proxy`.
    package func page(
        _ path: String, _ method: HTTPRequest.Method
    ) throws(ProxyFailure) -> (head: HTTPResponse, body: [UInt8]) {
        guard method == .get || method == .head else {
            throw ProxyFailure(.methodNotAllowed, "the pages of the proxy can only be read")
        }
        switch path {
        case "/_proxy", "/_proxy/": return (Self.head("text/html; charset=utf-8"), Array(StatusPage.html.utf8))
        case "/_proxy/status.json": return (Self.head("application/json"), json.bytes)
        default: throw ProxyFailure(.notFound, "the proxy has the pages /_proxy and /_proxy/status.json")
        }
    }

    /// Returns the head of a page, which must not be cached or framed, and runs only its own script.
    private static func head(_ type: String) -> HTTPResponse {
        var fields = HTTPFields()
        fields.add("Content-Type", type)
        fields.add("Cache-Control", "no-store")
        fields.add("X-Content-Type-Options", "nosniff")
        fields.add("Referrer-Policy", "no-referrer")
        fields.add("Content-Security-Policy", StatusPage.policy)
        return HTTPResponse(status: .ok, headerFields: fields)
    }

    // MARK: Data

    /// The state as JSON.
    package var json: JSON {
        let (buckets, totals) = ledger.snapshot
        let kept = cache.size
        let seconds = facts.started.duration(to: .now).components.seconds
        return [
            "org": JSON(facts.org), "injectsToken": JSON(facts.isInjected), "uptimeSeconds": JSON(Int(seconds)),
            "store": facts.store().map { ["kind": JSON($0.kind), "state": JSON($0.state)] } ?? .null,
            "totals": [
                "requests": JSON(totals.requests), "merged": JSON(totals.merged),
                "revalidated": JSON(totals.revalidated), "refused": JSON(totals.refused),
                "cancelled": JSON(totals.cancelled), "broken": JSON(totals.broken),
            ],
            "kept": ["responses": JSON(kept.count), "bytes": JSON(kept.bytes)],
            "buckets": JSON(
                buckets.sorted { $0.key < $1.key }.map { name, bucket in Self.json(name, bucket) }),
        ]
    }

    private static func json(_ name: String, _ bucket: Ledger.Bucket) -> JSON {
        let shares = bucket.clients.values
        return [
            "name": JSON(name),
            "limit": bucket.limit.map { JSON($0.limit) } ?? .null,
            "remaining": bucket.limit.map { JSON($0.remaining) } ?? .null,
            "reset": bucket.limit.map { JSON(Int($0.reset.timeIntervalSince1970)) } ?? .null,
            "waiting": JSON(shares.reduce(0) { $0 + $1.waiting }),
            "inFlight": JSON(shares.reduce(0) { $0 + $1.inFlight }),
            "spent": JSON(shares.reduce(0) { $0 + $1.spent }),
            "clients": JSON(
                bucket.clients.sorted { $0.key < $1.key }.map { client, share in
                    [
                        "name": JSON(client), "waiting": JSON(share.waiting), "inFlight": JSON(share.inFlight),
                        "spent": JSON(share.spent),
                    ] as JSON
                }),
        ]
    }
}
#endif
