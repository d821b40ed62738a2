#if LocalOrg
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Synchronization
import Testing

/// A server of the protocol in this process, with a local org behind it. Its lines are read as they are written.
final class AgentLines: Sendable {
    let org: LocalOrg
    let server: ProtocolServer
    private let clock: TestClock
    private let lines: AsyncStream<String>
    private let reader: LineReader

    /// The time by which confirmations expire.
    private final class TestClock: Sendable {
        let offset = Mutex(Duration.zero)
        let start = ContinuousClock.now
    }

    private actor LineReader {
        private var iterator: AsyncStream<String>.Iterator
        init(_ lines: AsyncStream<String>) { iterator = lines.makeAsyncIterator() }
        func next() async -> String? {
            var copy = iterator
            let line = await copy.next(isolation: self)
            iterator = copy
            return line
        }
    }

    init(_ org: LocalOrg, allowsWrites: Bool = false, token: String = "any-token") {
        self.org = org
        let clock = TestClock()
        self.clock = clock
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        reader = LineReader(lines)
        // Calls have no time limit, because the machine may be busy.
        let context = ProgramContext(
            environment: [
                "OKTA_CLIENT_ORGURL": org.url, "OKTA_CLIENT_TOKEN": token, "OKTA_CLIENT_REQUESTTIMEOUT": "0",
                "HOME": "/nonexistent",
            ],
            workingDirectory: "/nonexistent")
        let service = ToolService(
            OrgSelection(), allowsWrites: allowsWrites, version: "test", context: context,
            now: { clock.start + clock.offset.withLock { $0 } })
        server = ProtocolServer(service) { continuation.yield($0) }
    }

    /// Advances the time of confirmations.
    func advance(_ duration: Duration) { clock.offset.withLock { $0 += duration } }

    /// Returns the next line, which must be JSON on one line.
    func next() async throws -> JSON {
        let line = try #require(await reader.next())
        #expect(!line.contains("\n") && !line.contains("\r"))
        let message = try JSON(parsing: line)
        for each in message.elements ?? [message] { #expect(each["jsonrpc"]?.string == "2.0") }
        return message
    }

    func send(_ line: String) async { await server.receive(Array(line.utf8)) }

    /// Sends a request that names its version, and returns the response.
    func request(_ method: String, _ params: JSON = [:], id: JSON = 1) async throws -> JSON {
        var params = params
        params["_meta"] = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let message: JSON = ["jsonrpc": "2.0", "id": id, "method": JSON(method), "params": params]
        await send(message.text)
        let response = try await next()
        #expect(response["id"] == id)
        return response
    }

    /// Returns the result of a tool, which must not be an error.
    func call(_ tool: String, _ arguments: JSON = [:]) async throws -> JSON {
        let result = try await result(tool, arguments)
        let text = try #require(result["content"]?[0]?["text"]?.string)
        #expect(result["isError"]?.bool == false, "\(text)")
        return try JSON(parsing: text)
    }

    /// Returns the text of a tool's error.
    func failure(_ tool: String, _ arguments: JSON = [:]) async throws -> String {
        let result = try await result(tool, arguments)
        let text = try #require(result["content"]?[0]?["text"]?.string)
        #expect(result["isError"]?.bool == true, "\(text)")
        return text
    }

    private func result(_ tool: String, _ arguments: JSON) async throws -> JSON {
        let response = try await request("tools/call", ["name": JSON(tool), "arguments": arguments])
        return try #require(response["result"], "\(response.text)")
    }
}

extension LocalOrg {
    /// Creates an object, and returns its id.
    func create(_ path: RequestPath, _ body: JSON) async throws -> String {
        let response = try await client.request(.post, path, body: .json(body))
        return try #require(try response.json()["id"]?.string)
    }

    func group(_ name: String) async throws -> String {
        try await create("/api/v1/groups", ["profile": ["name": JSON(name)]])
    }

    func user(_ login: String, _ first: String, _ last: String) async throws -> String {
        try await create(
            "/api/v1/users",
            [
                "profile": [
                    "login": JSON(login), "email": JSON(login), "firstName": JSON(first), "lastName": JSON(last),
                ]
            ])
    }

    func app(_ label: String) async throws -> String {
        try await create(
            "/api/v1/apps",
            [
                "name": "bookmark", "label": JSON(label), "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://example.com", "requestIntegration": false]],
            ])
    }
}
#endif
