/// A fault that a local org injects into its responses.
public struct Fault: Sendable, Hashable {
    /// The kind of a fault.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A delayed response; see ``Fault/milliseconds``. Only a server delays responses.
        case delay
        /// 429 for an exceeded rate limit.
        case rateLimit
        /// 429 with zero limits, as for too many concurrent requests.
        case concurrencyLimit
        /// 500 with Okta's error.
        case internalError
        /// 502 without a body.
        case badGateway
        /// 503 in read-only mode.
        case readOnly
        /// 504 without a body, although the operation was performed.
        case gatewayTimeout
        /// 429 of a gateway in front of the org: with `Retry-After` from ``Fault/milliseconds``, and without Okta's
        /// header fields.
        case gatewayRateLimit
        /// 423 while the org reconciles policies.
        case reconciling
        /// 401, as for a revoked token.
        case invalidToken
        /// The status without the body.
        case emptyBody
        /// HTML instead of JSON.
        case html
        /// A connection that is closed before the response.
        case cutConnection
        /// A connection that is closed after half of the body.
        case halfBody
        /// A `next` link to the same page.
        case repeatedCursor
        /// Links to the host of the Admin Console.
        case adminLinks
        /// A `next` link before the `self` link.
        case nextFirst
        /// Both links in one header field.
        case joinedLinks
        /// A `next` link to another path.
        case otherPath
        /// An empty page with a `next` link.
        case emptyPage
        /// Undocumented enumeration values.
        case unknownEnum
        /// Numbers instead of text attributes.
        case numbersForTexts
        /// Null in all members of the first object, except its id.
        case nullMembers
        /// No rate limit header fields.
        case noLimits
    }

    /// The kind of the fault.
    public var kind: Kind
    /// The method of affected requests; nil for any.
    public var method: String?
    /// The path prefix of affected requests, such as `/api/v1/users`; `{}` matches any segment.
    public var path: String
    /// The number of affected requests; nil for all.
    public var times: Int?
    /// The percentage of affected requests; 100 for all. The seed determines which ones.
    public var percent: Int
    /// The duration of a ``Kind/delay``, and the wait that a ``Kind/gatewayRateLimit`` demands.
    public var milliseconds: Int

    /// Creates a fault for the next request below a path.
    public init(
        _ kind: Kind, method: String? = nil, path: String = "/", times: Int? = 1, percent: Int = 100,
        milliseconds: Int = 1000
    ) {
        self.kind = kind
        self.milliseconds = milliseconds
        self.method = method
        self.path = path
        self.times = times
        self.percent = percent
    }
}

/// The pending faults of an org.
struct FaultPlan: Sendable {
    private var faults: [(fault: Fault, path: PathPattern)]
    private var random: SeededRandom

    init(_ faults: [Fault] = [], seed: UInt64) {
        self.faults = faults.map { ($0, PathPattern($0.path)) }
        random = SeededRandom(seed: seed ^ 0xFA17)
    }

    mutating func add(_ fault: Fault) { faults.append((fault, PathPattern(fault.path))) }

    mutating func removeAll() { faults = [] }

    /// Consumes and returns the fault for a request.
    mutating func take(_ method: String, _ segments: [String]) -> Fault? {
        for index in faults.indices {
            let (fault, path) = faults[index]
            guard fault.method == nil || fault.method == method, path.begins(segments) else { continue }
            guard fault.percent >= 100 || Int(random.next() % 100) < fault.percent else { continue }
            if let times = fault.times {
                if times <= 1 { faults.remove(at: index) } else { faults[index].fault.times = times - 1 }
            }
            return fault
        }
        return nil
    }
}
