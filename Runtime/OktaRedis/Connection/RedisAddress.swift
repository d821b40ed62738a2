#if Redis
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaRuntime

/// The address of a Redis or Valkey server, with credentials.
///
/// The URL is `redis://[user:password@]host[:port][/database]` or `unix:///path/of/socket[?db=number]`, with
/// percent-encoded user and password.
struct RedisAddress: Sendable, Hashable {
    /// The endpoint on which a server listens.
    enum Endpoint: Sendable, Hashable, CustomStringConvertible {
        case host(String, port: Int)
        case socket(String)

        var description: String {
            switch self {
            case .host(let name, let port): name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
            case .socket(let path): path
            }
        }
    }

    var endpoint: Endpoint
    /// The ACL user; `nil` for the server's default user.
    var user: String?
    var password: String?
    var database = 0

    /// Parses a URL.
    ///
    /// - Throws: An error that describes the problem without the URL, which may contain a password.
    init(_ text: String) throws(OktaError) {
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased() else {
            throw Self.problem("is not a URL", "redis://host:6379, with user and password percent-encoded")
        }
        switch scheme {
        case "redis", "valkey":
            guard let host = url.host, !host.isEmpty else { throw Self.problem("names no host", "redis://host:6379") }
            guard url.query == nil else { throw Self.problem("has a query", "redis://host:6379/0") }
            let name = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
            endpoint = .host(name, port: url.port ?? 6379)
            database = try Self.database(String(url.path.drop { $0 == "/" }))
        case "unix", "redis+unix", "valkey+unix":
            guard url.path.hasPrefix("/") else {
                throw Self.problem("names no socket", "unix:///run/redis/redis.sock?db=0")
            }
            endpoint = .socket(url.path)
            database = try Self.database(url.queryItems?.last { $0.name == "db" }?.value ?? "")
        case "rediss", "valkeys":
            throw Self.problem(
                "asks for TLS, which hiredis has in a separate library that is not used here",
                "redis:// with the local port of a TLS tunnel, such as stunnel in client mode or `ssh -L`")
        default:
            throw Self.problem("has an unknown scheme", "redis://host:6379 or unix:///run/redis/redis.sock")
        }
        user = url.user.flatMap { $0.isEmpty ? nil : $0 }
        password = url.password
        guard user == nil || password != nil else {
            throw Self.problem("names a user without a password", "redis://user:password@host:6379")
        }
    }

    private static func database(_ text: String) throws(OktaError) -> Int {
        if text.isEmpty { return 0 }
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw problem("has no number as its database", "redis://host:6379/0")
        }
        return number
    }

    private static func problem(_ what: String, _ suggestion: String) -> OktaError {
        .configuration(.init(message: "the address of the Redis server \(what)", suggestion: suggestion))
    }
}

extension RedisAddress: CustomStringConvertible, CustomReflectable {
    /// The endpoint, without user and password.
    var description: String { endpoint.description }
    var customMirror: Mirror { Mirror(self, children: ["endpoint": endpoint.description]) }
}
#endif
