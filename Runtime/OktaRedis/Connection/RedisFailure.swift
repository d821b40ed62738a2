#if Redis
/// Why an exchange with a Redis server failed. Its description never holds a password.
public struct RedisFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Kind: Sendable, Hashable {
        /// The server cannot be reached, or the connection was lost.
        case unreachable
        /// The server did not answer in time.
        case timeout
        /// The server refuses user or password, or what the user may do.
        case refused
        /// The server is too old, has no scripts, or is not a Redis server.
        case incompatible
        /// The server cannot work at the moment: it loads its data, has no memory left, or is a replica.
        case unavailable
    }

    /// The kind.
    public let kind: Kind
    /// The problem, and what to do about it where that is known.
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension RedisFailure {
    /// What an error of the server means.
    ///
    /// - Parameter text: The server's words. They may repeat the words of a command, so that those about signing in are
    ///   left out.
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
