#if Redis
/// The error of an exchange with a Redis server. Its description never contains a password.
public struct RedisFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failures.
    public enum Kind: Sendable, Hashable {
        /// The server cannot be reached, or the connection was lost.
        case unreachable
        /// The server did not reply in time.
        case timeout
        /// The server rejects the credentials, or the user lacks a permission.
        case refused
        /// The server is too old, has no scripts, or is not a Redis server.
        case incompatible
        /// The server is temporarily unavailable, because it loads its data, is out of memory or is a replica.
        case unavailable
    }

    /// The kind of the failure.
    public let kind: Kind
    /// The problem, with advice if there is any.
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The same text as ``message``.
    public var description: String { message }
}

extension RedisFailure {
    /// Creates the failure for an error reply.
    ///
    /// - Parameter text: The server's message. It is omitted for authentication commands, because it may quote them.
    init(reply text: String, command: RedisCommand.Kind, endpoint: RedisAddress.Endpoint) {
        let code = text.prefix { $0 != " " }
        let server = "the Redis server at \(endpoint)"
        switch code {
        case _ where command == .signIn:
            self.init(.refused, "\(server) refuses user or password (\(code)); correct them in the address")
        case "NOAUTH":
            self.init(.refused, "\(server) needs a password: redis://user:password@host:port")
        case "NOPERM":
            self.init(
                .refused,
                "\(server) does not let the user run scripts; it needs ~{okta:limits:* +eval +evalsha +script|load +info "
                    + "+@hash +@sortedset +@fast +pexpire +time")
        case "MOVED", "ASK", "CLUSTERDOWN", "TRYAGAIN", "CROSSSLOT":
            self.init(.unavailable, "\(server) is in a cluster that is being changed (\(code))")
        case "LOADING", "BUSY", "OOM", "MISCONF", "MASTERDOWN", "NOREPLICAS", "READONLY":
            self.init(.unavailable, "\(server) cannot work now: \(text.prefix(200))")
        case _ where text.hasPrefix("ERR unknown command") && command == .script:
            self.init(.incompatible, "\(server) has no scripts; use Redis 5 or later, or Valkey")
        default:
            self.init(command == .script ? .incompatible : .refused, "\(server) reports: \(text.prefix(200))")
        }
    }
}
#endif
