#if LocalOrg && Redis
import Foundation
import OktaLocalOrg
import Synchronization

/// The responses of an org, by window and by program. The header fields of a response state the window in which the
/// call was counted.
final class Tally: Sendable {
    /// A window of a bucket.
    struct Window: Hashable {
        let bucket: String
        let end: Int
    }

    /// The responses of one window.
    struct Count {
        var limit = 0
        var accepted = 0
        var refused = 0
        var byProgram: [String: Int] = [:]
        /// The time at which 97 % of the limit was used, in seconds of the scene; nil if it was not.
        var filled: Double?
    }

    private let counts = Mutex<[Window: Count]>([:])

    func note(_ request: LocalRequest, _ response: LocalResponse, at seconds: Double) {
        func field(_ name: String, _ fields: [(name: String, value: String)]) -> String? {
            fields.first { $0.name.lowercased() == name }?.value
        }
        guard let end = field("x-rate-limit-reset", response.headers).flatMap(Int.init),
            let limit = field("x-rate-limit-limit", response.headers).flatMap(Int.init)
        else { return }
        let kind = WorkKind(path: request.target)?.rawValue ?? "other"
        let program = field("user-agent", request.headers)?.split(separator: " ").last.map(String.init) ?? "?"
        counts.withLock { counts in
            var count = counts[Window(bucket: kind, end: end)] ?? Count()
            count.limit = limit
            if response.status == 429 { count.refused += 1 } else { count.accepted += 1 }
            count.byProgram[program, default: 0] += 1
            if count.filled == nil, Double(count.accepted) >= 0.97 * Double(limit) { count.filled = seconds }
            counts[Window(bucket: kind, end: end)] = count
        }
    }

    /// The windows of a bucket, in order.
    func windows(of kind: WorkKind) -> [(end: Int, count: Count)] {
        counts.withLock { counts in
            counts.filter { $0.key.bucket == kind.rawValue }.map { ($0.key.end, $0.value) }.sorted { $0.0 < $1.0 }
        }
    }

    /// The number of refused calls.
    var refusals: Int { counts.withLock { $0.values.reduce(0) { $0 + $1.refused } } }
}

/// The kinds of calls of a worker, which are in separate buckets.
enum WorkKind: String, CaseIterable, Codable {
    case users, user, groups, apps

    var path: String {
        switch self {
        case .users: "/api/v1/users"
        case .user: "/api/v1/users/me"
        case .groups: "/api/v1/groups"
        case .apps: "/api/v1/apps"
        }
    }

    init?(path: String) {
        guard let kind = Self.allCases.first(where: { $0.path == path.prefix { $0 != "?" } }) else { return nil }
        self = kind
    }
}
#endif
