/// A fault that a local org answers with on purpose.
public struct Fault: Sendable, Hashable {
    /// What goes wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The answer is held back: see ``Fault/milliseconds``. Without a server, nothing is.
        case delay
        /// 429 with a window that is over its limit.
        case rateLimit
        /// 429 with zeroes, as when too many requests run at once.
        case concurrencyLimit
        /// 500 with Okta's error.
        case internalError
        /// 502 without a body.
        case badGateway
        /// 503 in read-only mode.
        case readOnly
        /// 504 without a body, although the request was done.
        case gatewayTimeout
        /// 429 of a gateway in front of the org: it has `Retry-After`, by ``Fault/milliseconds``, and none of Okta's fields.
        case gatewayRateLimit
        /// 423 while the org puts policies in order.
        case reconciling
        /// 401, as when the token was revoked.
        case invalidToken
        /// The status of the answer without its body.
        case emptyBody
        /// HTML where JSON is expected.
        case html
        /// The connection is cut before the answer.
        case cutConnection
        /// Half of the body, then the connection is cut.
        case halfBody
        /// The `next` link leads to the same page.
        case repeatedCursor
        /// Links lead to the host of the Admin Console.
        case adminLinks
        /// `next` comes before `self`.
        case nextFirst
        /// Both links in one field.
        case joinedLinks
        /// The `next` link leads to another path.
        case otherPath
        /// A page without elements that has a next one.
        case emptyPage
        /// Enumerations have a value that no document lists.
        case unknownEnum
        /// Text attributes are numbers.
        case numbersForTexts
        /// The members of the first object are null, all but its id.
        case nullMembers
        /// No field states a limit.
        case noLimits
    }

    /// What goes wrong.
    public var kind: Kind
    /// The method that it befalls; nil for any.
    public var method: String?
    /// The beginning of the path that it befalls, such as `/api/v1/users`; `{}` stands for any segment.
    public var path: String
    /// How many requests it befalls; nil for all.
    public var times: Int?
    /// How many requests in a hundred it befalls, chosen by the seed.
    public var percent: Int
    /// For how long a ``Kind/delay`` holds the answer back, and a ``Kind/gatewayRateLimit`` asks to wait.
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

/// The faults of an org that have not happened yet.
struct FaultPlan: Sendable {
    private var faults: [(fault: Fault, path: PathPattern)]
    private var random: SeededRandom

    init(_ faults: [Fault] = [], seed: UInt64) {
        self.faults = faults.map { ($0, PathPattern($0.path)) }
        random = SeededRandom(seed: seed ^ 0xFA17)
    }

    mutating func add(_ fault: Fault) { faults.append((fault, PathPattern(fault.path))) }

    mutating func removeAll() { faults = [] }

    /// The fault that befalls a request.
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
