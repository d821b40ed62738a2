#if Redis
import Foundation
import OktaRuntime
import Testing

@testable import OktaRedis

@Suite("Redis: connections", .hangLimit, .enabled(if: RedisServer.program != nil))
struct RedisQueueTests {
    private static let echo = "return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}"

    private func queue(_ url: String, timeout: Duration = .seconds(600)) throws -> RedisQueue {
        RedisQueue(try RedisAddress(url), script: Self.echo, timeout: timeout)
    }

    private func call(_ key: String, _ word: String) -> ScriptCall { ScriptCall(keys: [key], arguments: [word]) }

    private func failure(_ queue: RedisQueue) async throws -> RedisFailure {
        let error = await #expect(throws: RedisFailure.self) { try await queue.run([call("k", "w")]) }
        return try #require(error)
    }

    @Test("Redis: many calls are one round trip, and each gets its reply")
    func pipelines() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url)
        let replies = try await queue.run((0..<500).map { call("key \($0)", "word \($0)") })
        #expect(replies == (0..<500).map { .list([.text("key \($0)"), .text("word \($0)"), .integer(1)]) })
        #expect(queue.roundTrips == 1)
    }

    @Test("Redis: calls of many tasks get their own replies")
    func concurrent() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<50 {
                group.addTask {
                    for round in 1...20 {
                        let replies = try await queue.run([call("key \(task)", "\(round)")])
                        #expect(replies == [.list([.text("key \(task)"), .text("\(round)"), .integer(round)])])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(queue.roundTrips <= 1000)
    }

    @Test("Redis: a server that has lost the script gets its text once")
    func unknownScript() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url)
        _ = try await queue.run([call("k", "w")])
        try server.command("SCRIPT", "FLUSH")
        #expect(try await queue.run([call("k", "w")]) == [.list([.text("k"), .text("w"), .integer(2)])])
        #expect(queue.roundTrips == 3)
        _ = try await queue.run([call("k", "w")])
        #expect(queue.roundTrips == 4)
    }

    @Test("Redis: a server without a reply costs the timeout, and late replies are discarded")
    func stopped() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url, timeout: .milliseconds(100))
        #expect(await eventually { (try? await queue.run([call("a", "first")])) != nil })
        server.signal(SIGSTOP)
        #expect(try await failure(queue).kind == .timeout)
        server.signal(SIGCONT)
        var replies: [RedisReply]?
        while replies == nil, !Task.isCancelled { replies = try? await queue.run([call("b", "second")]) }
        guard case .list(let parts)? = replies?.first else {
            Issue.record("\(String(describing: replies))")
            return
        }
        #expect(parts.prefix(2) == [.text("b"), .text("second")])
    }

    @Test("Redis: a call without a reply in time is not sent again")
    func sentOnce() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url, timeout: .milliseconds(100))
        #expect(await eventually { (try? await queue.run([call("k", "first")])) != nil })
        let before = queue.roundTrips
        server.signal(SIGSTOP)
        #expect(try await failure(queue).kind == .timeout)
        server.signal(SIGCONT)
        #expect(queue.roundTrips <= before + 1)
        // The server runs what it had received. On a busy machine, these runs may be late as well.
        let count = { try Int(server.command("GET", "k")) ?? 0 }
        var runs = 0
        while !Task.isCancelled {
            runs += 1
            if (try? await queue.run([call("other", "w")])) != nil { break }
        }
        #expect(try count() <= before + 1)
        #expect(queue.roundTrips <= before + 1 + runs)
    }

    @Test("Redis: a restarted server is used again")
    func restarted() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url)
        _ = try await queue.run([call("k", "w")])
        server.end()
        #expect(try await failure(queue).kind == .unreachable)
        #expect(try await failure(queue).kind == .unreachable)
        try await server.start()
        #expect(try await queue.run([call("k", "w")]) == [.list([.text("k"), .text("w"), .integer(1)])])
    }

    @Test("Redis: a connection that the server closed as idle is replaced without a failure")
    func idle() async throws {
        let server = try await RedisServer()
        let queue = RedisQueue(
            try RedisAddress(server.url), script: Self.echo, timeout: .seconds(600), patience: .zero)
        _ = try await queue.run([call("k", "w")])
        try server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        #expect(try await queue.run([call("k", "w")]) == [.list([.text("k"), .text("w"), .integer(2)])])
    }

    @Test("Redis: user and password are used, and never printed")
    func signsIn() async throws {
        let server = try await RedisServer(["--requirepass", "s3cret"])
        try server.command("-a", "s3cret", "ACL", "SETUSER", "limits", "on", ">t0psecret", "~*", "+@all")
        try server.command("-a", "s3cret", "ACL", "SETUSER", "reader", "on", ">t0psecret", "~*", "+@read")
        let path = server.socket
        for user in [":s3cret", "limits:t0psecret"] {
            _ = try await queue("unix://\(user)@\(path)?db=3").run([call("k", "w")])
        }
        for (user, part) in [
            (":wrong", "refuses user or password"), ("limits:wrong", "refuses user or password"),
            ("", "needs a password"),
            ("reader:t0psecret", "run scripts"),
        ] {
            let failure = try await failure(queue("unix://\(user)\(user.isEmpty ? "" : "@")\(path)"))
            #expect(failure.kind == .refused)
            #expect(failure.description.contains(part), "\(failure)")
            #expect(!failure.description.contains("wrong") && !failure.description.contains("s3cret"))
        }
    }

    @Test("Redis: errors distinguish a server without scripts, an old one and another kind of server")
    func incompatible() async throws {
        let server = try await RedisServer(["--rename-command", "SCRIPT", ""])
        let failure = try await failure(queue(server.url))
        #expect(failure.kind == .incompatible && failure.description.contains("no scripts"), "\(failure)")

        let report = "# Server\r\nredis_version:3.2.11\r\n"
        let old = try CannedServer("+0123\r\n$\(report.utf8.count)\r\n\(report)\r\n")
        let age = try await self.failure(queue("redis://127.0.0.1:\(old.port)"))
        #expect(age.kind == .incompatible && age.description.contains("version 3.2.11"), "\(age)")

        let web = try CannedServer("HTTP/1.1 400 Bad Request\r\n\r\n")
        let other = try await self.failure(queue("redis://127.0.0.1:\(web.port)"))
        #expect(other.kind == .incompatible && other.description.contains("not a Redis server"), "\(other)")
    }

    @Test("Redis: a cancelled call ends immediately")
    func cancelled() async throws {
        let server = try await RedisServer()
        let queue = try queue(server.url)
        _ = try await queue.run([call("k", "w")])
        server.signal(SIGSTOP)
        let task = Task { try await queue.run([call("k", "w")]) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        server.signal(SIGCONT)
        #expect(try await queue.run([call("other", "w")]) == [.list([.text("other"), .text("w"), .integer(1)])])
    }

    @Test("Redis: in a cluster, the node of each key is found and remembered")
    func cluster() async throws {
        let first = try await RedisNode()
        let second = try await RedisNode()
        try first.server.command("CLUSTER", "ADDSLOTSRANGE", "0", "8191")
        try second.server.command("CLUSTER", "ADDSLOTSRANGE", "8192", "16383")
        try first.server.command("CLUSTER", "MEET", "127.0.0.1", "\(second.port)", "\(second.busPort)")
        #expect(
            try await eventually {
                try [first, second].allSatisfy { try $0.server.command("CLUSTER", "INFO").contains("cluster_state:ok") }
            })
        let queue = try queue("redis://127.0.0.1:\(first.port)")
        let calls = (0..<40).map { call("{key \($0)}", "w") }
        for round in 1...3 {
            let replies = try await queue.run(calls)
            #expect(replies == (0..<40).map { .list([.text("{key \($0)}"), .text("w"), .integer(round)]) })
        }
        // The first run asks the first node, then the second; the others ask both at once.
        #expect(queue.roundTrips == 4)
    }
}

/// A node of a cluster.
private final class RedisNode {
    let server: RedisServer
    let port: Int
    let busPort: Int

    init() async throws {
        // Between the choice of a free port and its use another program may take it.
        for _ in 0..<20 {
            let (port, bus) = (try FreePort.choose(), try FreePort.choose())
            if let server = try? await RedisServer([
                "--port", "\(port)", "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-port", "\(bus)",
            ]) {
                self.server = server
                self.port = port
                busPort = bus
                return
            }
        }
        throw CancellationError()
    }
}
#endif
