#if Redis
/// The arguments of one run of the script.
struct ScriptCall: Sendable, Hashable {
    /// The keys that the script accesses. The first one determines the cluster node, and the others have the same hash
    /// tag.
    var keys: [String]
    var arguments: [String]

    /// The key that determines the cluster node.
    fileprivate var key: String { keys.first ?? "" }
}

/// The connections to a server or to the nodes of a cluster. A link is used by one thread at a time, which it blocks.
///
/// Several calls take one round trip: they are sent to all nodes before the first reply is read. A node that does not
/// own a key replies with the node that does, which is cached.
final class RedisLink {
    private let address: RedisAddress
    private let script: String
    private let timeout: Duration
    private let patience: Duration
    private var connections: [RedisAddress.Endpoint: RedisConnection] = [:]
    /// The nodes of keys that the first node does not own.
    private var homes: [String: RedisAddress.Endpoint] = [:]
    /// The number of round trips.
    private(set) var roundTrips = 0

    init(_ address: RedisAddress, script: String, timeout: Duration, patience: Duration) {
        self.patience = patience
        self.address = address
        self.script = script
        self.timeout = timeout
    }

    /// Runs the script for each call, and returns the replies in the order of the calls.
    func run(_ calls: [ScriptCall]) throws(RedisFailure) -> [RedisReply] {
        do throws(RedisFailure) {
            return try exchange(calls, until: .now + timeout)
        } catch {
            // Unread replies would be mistaken for those of the next commands, and the cluster may have changed.
            connections = [:]
            homes = [:]
            throw error
        }
    }

    private func exchange(
        _ calls: [ScriptCall], until deadline: ContinuousClock.Instant
    ) throws(RedisFailure) -> [RedisReply] {
        var replies = [RedisReply](repeating: .null, count: calls.count)
        var open = Array(calls.indices)
        var unknown: Set<Int> = []
        for _ in 0..<Self.maximumRedirections {
            let groups = Dictionary(grouping: open) { homes[calls[$0].key] ?? address.endpoint }
            var ways: [(endpoint: RedisAddress.Endpoint, connection: RedisConnection, indices: [Int])] = []
            for (endpoint, indices) in groups {
                ways.append((endpoint, try connection(to: endpoint), indices))
            }
            // If connecting has taken until the deadline, the caller no longer waits for a reply.
            guard ContinuousClock.now < deadline else {
                throw RedisFailure(.timeout, "the Redis server at \(address) did not respond in time")
            }
            for (_, connection, indices) in ways {
                try connection.send(
                    indices.map { command(calls[$0], isKnown: !unknown.contains($0), connection.script) })
            }
            roundTrips += 1
            open = []
            for (endpoint, connection, indices) in ways {
                let received = try connection.receive(indices.count, until: deadline)
                for (index, reply) in zip(indices, received) {
                    guard case .error(let text) = reply else {
                        replies[index] = reply
                        continue
                    }
                    open.append(index)
                    if text.hasPrefix("NOSCRIPT") {
                        unknown.insert(index)
                    } else if let home = Self.home(text, from: endpoint) {
                        if homes.count >= Self.maximumHomes { homes = [:] }
                        homes[calls[index].key] = home
                    } else {
                        throw RedisFailure(reply: text, command: .script, endpoint: endpoint)
                    }
                }
            }
            if open.isEmpty { return replies }
        }
        throw RedisFailure(.unavailable, "the cluster of the Redis server at \(address) is being changed")
    }

    private func connection(to endpoint: RedisAddress.Endpoint) throws(RedisFailure) -> RedisConnection {
        if let connection = connections[endpoint], !connection.isClosed(after: patience) { return connection }
        let connection = try RedisConnection(address, to: endpoint, script: script, timeout: timeout)
        connections[endpoint] = connection
        return connection
    }

    private func command(_ call: ScriptCall, isKnown: Bool, _ name: String) -> RedisCommand {
        RedisCommand(
            (isKnown ? ["EVALSHA", name] : ["EVAL", script]) + ["\(call.keys.count)"] + call.keys + call.arguments,
            kind: .script)
    }

    /// Returns the node in an error such as `MOVED 3999 127.0.0.1:6381`. Without a host, or with `?`, the host is that
    /// of the replying node.
    private static func home(_ text: String, from endpoint: RedisAddress.Endpoint) -> RedisAddress.Endpoint? {
        let words = text.split(separator: " ")
        guard words.count == 3, words[0] == "MOVED", let colon = words[2].lastIndex(of: ":"),
            let port = Int(words[2][words[2].index(after: colon)...])
        else { return nil }
        let host = words[2][..<colon]
        if !host.isEmpty, host != "?" { return .host(String(host), port: port) }
        guard case .host(let name, _) = endpoint else { return nil }
        return .host(name, port: port)
    }

    /// The maximum number of attempts of a call: the first node, the node that it names, and repetitions with the text
    /// of the script.
    private static let maximumRedirections = 4
    private static let maximumHomes = 10_000
}
#endif
