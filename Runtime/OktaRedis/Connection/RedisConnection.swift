#if Redis
internal import CHiredis
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A connection to a server. Its functions block for at most the timeout, so they must be called on a dedicated thread.
///
/// hiredis connects and reads. Commands are written by this type, because hiredis uses `write`, which raises SIGPIPE
/// and ends the program if the server has closed the connection.
final class RedisConnection {
    let endpoint: RedisAddress.Endpoint
    /// The SHA-1 digest by which the server identifies the script.
    private(set) var script = ""
    private let context: UnsafeMutablePointer<redisContext>
    private let timeout: Duration
    private var lastUse = ContinuousClock.now

    /// Connects, authenticates, checks the server's version, and loads the script, in two round trips.
    init(
        _ address: RedisAddress, to endpoint: RedisAddress.Endpoint, script: String, timeout: Duration
    ) throws(RedisFailure) {
        let (seconds, attoseconds) = timeout.components
        let time = timeval(
            tv_sec: numericCast(seconds), tv_usec: numericCast(attoseconds / 1_000_000_000_000))
        let opened =
            switch endpoint {
            case .host(let name, let port): redisConnectWithTimeout(name, Int32(truncatingIfNeeded: port), time)
            case .socket(let path): redisConnectUnixWithTimeout(path, time)
            }
        guard let opened else { throw RedisFailure(.unreachable, "there is no memory for a connection to Redis") }
        context = opened
        self.endpoint = endpoint
        self.timeout = timeout
        guard opened.pointee.err == 0, redisSetTimeout(opened, time) == REDIS_OK else {
            throw RedisFailure(
                .unreachable, "the Redis server at \(endpoint) cannot be reached: \(Self.text(opened.pointee.errstr))")
        }
        _ = fcntl(opened.pointee.fd, F_SETFD, FD_CLOEXEC)
        #if canImport(Darwin)
        var on: Int32 = 1
        setsockopt(opened.pointee.fd, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        try greet(address, script)
    }

    deinit { redisFree(context) }

    /// Returns whether the server has closed a connection after a period without use, or has sent unexpected bytes,
    /// which would be mistaken for the next reply.
    func isClosed(after patience: Duration) -> Bool {
        guard ContinuousClock.now - lastUse > patience else { return false }
        var byte: UInt8 = 0
        let count = recv(context.pointee.fd, &byte, 1, Int32(truncatingIfNeeded: Int(MSG_PEEK) | Int(MSG_DONTWAIT)))
        return count >= 0 || errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR
    }

    /// Sends commands in a pipeline. Use ``receive(_:until:)`` for the replies.
    func send(_ commands: [RedisCommand]) throws(RedisFailure) {
        var bytes: [UInt8] = []
        for command in commands { command.append(to: &bytes) }
        var offset = 0
        while offset < bytes.count {
            let sent = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map {
                    systemSend(context.pointee.fd, $0 + offset, buffer.count - offset)
                } ?? 0
            }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { throw lost(errno == EAGAIN || errno == EWOULDBLOCK) }
            offset += sent
        }
        lastUse = .now
    }

    /// Returns the replies to sent commands, in order.
    func receive(_ count: Int, until deadline: ContinuousClock.Instant) throws(RedisFailure) -> [RedisReply] {
        var replies: [RedisReply] = []
        replies.reserveCapacity(count)
        while replies.count < count {
            var reply: UnsafeMutableRawPointer?
            guard redisGetReply(context, &reply) == REDIS_OK, let reply else {
                throw fault(errno)
            }
            defer { freeReplyObject(reply) }
            replies.append(Self.value(reply.assumingMemoryBound(to: redisReply.self).pointee))
            guard ContinuousClock.now < deadline || replies.count == count else { throw lost(true) }
        }
        return replies
    }

    /// Returns the failure reported by hiredis, which leaves the code of a system error in `errno`.
    private func fault(_ code: Int32) -> RedisFailure {
        switch context.pointee.err {
        case REDIS_ERR_PROTOCOL:
            RedisFailure(.incompatible, "the server at \(endpoint) is not a Redis server")
        case REDIS_ERR_IO:
            lost(code == EAGAIN || code == EWOULDBLOCK)
        default:
            lost(false)
        }
    }

    private func lost(_ isTimeout: Bool) -> RedisFailure {
        isTimeout
            ? RedisFailure(.timeout, "the Redis server at \(endpoint) did not respond in time")
            : RedisFailure(.unreachable, "the connection to the Redis server at \(endpoint) was lost")
    }
}

// MARK: Greeting

extension RedisConnection {
    private func greet(_ address: RedisAddress, _ text: String) throws(RedisFailure) {
        var commands: [RedisCommand] = []
        if let password = address.password {
            commands.append(RedisCommand(["AUTH"] + (address.user.map { [$0] } ?? []) + [password], kind: .signIn))
        }
        if address.database != 0 { commands.append(RedisCommand(["SELECT", String(address.database)])) }
        commands.append(RedisCommand(["SCRIPT", "LOAD", text], kind: .script))
        commands.append(RedisCommand(["INFO", "server"]))
        try send(commands)
        let replies = try receive(commands.count, until: .now + timeout)
        // A user without permission to read the version is accepted, because loading the script is a better test.
        if case .text(let report)? = replies.last { try checkVersion(report) }
        for (command, reply) in zip(commands.dropLast(), replies) {
            if case .error(let text) = reply {
                throw RedisFailure(reply: text, command: command.kind, endpoint: endpoint)
            }
            if command.kind == .script, case .text(let name) = reply { script = name }
        }
    }

    private func checkVersion(_ report: String) throws(RedisFailure) {
        guard let line = report.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("redis_version:") })
        else { return }
        let version = line.dropFirst("redis_version:".count)
        guard let major = version.split(separator: ".").first.flatMap({ Int($0) }), major < Self.minimumVersion else {
            return
        }
        throw RedisFailure(
            .incompatible,
            "the Redis server at \(endpoint) has version \(version); use Redis \(Self.minimumVersion) or later, or Valkey"
        )
    }

    /// The minimum major version. Earlier servers do not allow a script to write after it has read the time.
    private static let minimumVersion = 5
}

// MARK: Values of C

extension RedisConnection {
    private static func value(_ reply: redisReply) -> RedisReply {
        switch reply.type {
        case REDIS_REPLY_INTEGER:
            return .integer(Int(reply.integer))
        case REDIS_REPLY_ARRAY:
            return .list(
                (0..<Int(reply.elements)).map { index in
                    reply.element?[index].map { value($0.pointee) } ?? .null
                })
        case REDIS_REPLY_NIL:
            return .null
        default:
            let bytes = UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : Int(reply.len))
            let text = String(decoding: bytes, as: UTF8.self)
            return reply.type == REDIS_REPLY_ERROR ? .error(text) : .text(text)
        }
    }

    /// Returns the text in a C array, which Swift imports as a tuple.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// Calls the system's `send`, which the method of that name shadows, without raising SIGPIPE.
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
    send(descriptor, bytes, count, 0)
    #else
    send(descriptor, bytes, count, Int32(truncatingIfNeeded: Int(MSG_NOSIGNAL)))
    #endif
}
#endif
