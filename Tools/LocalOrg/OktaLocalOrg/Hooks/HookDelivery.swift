/// A call of a hook, and what came of it.
public struct HookDelivery: Sendable {
    /// Why a hook is called.
    public enum Kind: String, Sendable, Hashable {
        /// Events of the System Log that an event hook subscribes to.
        case event
        /// The one-time verification of an event hook.
        case verification
        /// An inline hook.
        case inline
        /// The public keys of a client, which the client publishes at its `jwks_uri`.
        case clientKeys
        /// The public keys of a security events provider, and the document that says where they are.
        case providerKeys
    }

    /// What came of a call.
    public enum Outcome: String, Sendable, Hashable {
        /// The call is in the queue.
        case pending
        /// The hook answered with a status from 200 to 299.
        case delivered
        /// The hook answered otherwise, or not in time; after one more attempt, where Okta makes one.
        case failed
        /// The hook was not called: ``HookDelivery/problem`` says why.
        case notCalled
    }

    /// The id of the hook.
    public let hookID: String
    /// Why it is called.
    public let kind: Kind
    /// The method of the request.
    public let method: String
    /// The address of the hook.
    public let url: String
    /// The header fields of the request.
    public let headers: [(name: String, value: String)]
    /// The body of the request; empty without one.
    public let body: [UInt8]
    /// The statuses of the answers, one for each attempt; nil for an attempt without an answer.
    public internal(set) var statuses: [Int?] = []
    /// The body of the last answer.
    public internal(set) var answer: [UInt8] = []
    /// What came of it.
    public internal(set) var outcome = Outcome.pending
    /// Why the hook was not called, or did not answer; nil when it answered.
    public internal(set) var problem: String?

    init(
        hookID: String, kind: Kind, method: String, url: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], problem: String? = nil
    ) {
        self.hookID = hookID
        self.kind = kind
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.problem = problem
        if problem == nil, HookAddress(url)?.isLoopback != true {
            self.problem = "a local org only calls hooks on this machine, such as http://127.0.0.1:8080/hook"
        }
    }

    /// The same, not called.
    func notCalled(_ problem: String) -> HookDelivery {
        var delivery = self
        delivery.outcome = .notCalled
        delivery.problem = self.problem ?? problem
        return delivery
    }
}

/// The address of a hook, in the parts that a request needs.
struct HookAddress: Sendable {
    let scheme: String
    let authority: String
    /// The path with its query.
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

    /// Whether the host is this machine.
    var isLoopback: Bool {
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let host = authority.prefix { $0 != ":" }.lowercased()
        if host == "localhost" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        return numbers.count == 4 && numbers.first == 127 && numbers.allSatisfy { $0.map { 0...255 ~= $0 } ?? false }
    }
}
