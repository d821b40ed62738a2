/// A call of a hook and its result.
public struct HookDelivery: Sendable {
    /// The reason for a call.
    public enum Kind: String, Sendable, Hashable {
        /// Events of the System Log for an event hook.
        case event
        /// The one-time verification of an event hook.
        case verification
        /// An inline hook.
        case inline
        /// A request for a client's public keys at its `jwks_uri`.
        case clientKeys
        /// A request for a security events provider's public keys, or for the metadata with their URL.
        case providerKeys
    }

    /// The result of a call.
    public enum Outcome: String, Sendable, Hashable {
        /// The call is queued.
        case pending
        /// The hook responded with a 2xx status.
        case delivered
        /// The hook responded with another status or timed out, after a second attempt if Okta makes one.
        case failed
        /// The hook was not called; ``HookDelivery/problem`` has the reason.
        case notCalled
    }

    /// The id of the hook.
    public let hookID: String
    /// The reason for the call.
    public let kind: Kind
    /// The method of the request.
    public let method: String
    /// The URL of the hook.
    public let url: String
    /// The header fields of the request.
    public let headers: [(name: String, value: String)]
    /// The body of the request, or empty.
    public let body: [UInt8]
    /// The number of calls if none succeeds.
    let attempts: Int
    /// The statuses of the responses, one per attempt; nil for an attempt without a response.
    public internal(set) var statuses: [Int?] = []
    /// The body of the last response.
    public internal(set) var responseBody: [UInt8] = []
    /// The result of the call.
    public internal(set) var outcome = Outcome.pending
    /// The reason why the hook was not called or did not respond; nil if it responded.
    public internal(set) var problem: String?

    init(
        hookID: String, kind: Kind, method: String, url: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], attempts: Int = 2, problem: String? = nil
    ) {
        self.hookID = hookID
        self.kind = kind
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.attempts = attempts
        self.problem = problem
        if problem == nil, HookAddress(url)?.isLoopback != true {
            self.problem = "a local org only calls hooks on this machine, such as http://127.0.0.1:8080/hook"
        }
    }

    /// Returns the delivery as not called.
    func notCalled(_ problem: String) -> HookDelivery {
        var delivery = self
        delivery.outcome = .notCalled
        delivery.problem = self.problem ?? problem
        return delivery
    }
}

/// The URL of a hook, split into the parts of a request.
struct HookAddress: Sendable {
    let scheme: String
    let authority: String
    /// The path with the query.
    let path: String

    init?(_ url: String) {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return nil }
        scheme = url[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[colon...].dropFirst(3)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        authority = String(rest[..<end])
        path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
    }

    /// Whether the host is a loopback address.
    var isLoopback: Bool {
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let host = authority.prefix { $0 != ":" }.lowercased()
        if host == "localhost" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        return numbers.count == 4 && numbers.first == 127 && numbers.allSatisfy { $0.map { 0...255 ~= $0 } ?? false }
    }
}
