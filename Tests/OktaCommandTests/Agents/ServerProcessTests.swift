#if LocalOrg && CommandLine
import Foundation
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

/// `okta mcp` as a process, over pipes. It must not block a thread, because the org behind it needs the threads.
private final class ServerProcess {
    private let process: ChildProcess
    /// The number of bytes read from its output.
    private var readCount = 0

    init(_ org: LocalOrg, _ options: [String] = []) throws {
        process = try ChildProcess(
            Sandbox.executable("okta"), ["mcp"] + options,
            environment: [
                "OKTA_CLIENT_ORGURL": org.url, "OKTA_CLIENT_TOKEN": "any-token",
                "OKTA_CLIENT_REQUESTTIMEOUT": "0", "HOME": "/nonexistent",
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
            ],
            directory: "/")
    }

    func send(_ bytes: [UInt8]) { process.send(bytes + [0x0A]) }
    func send(_ line: String) { send(Array(line.utf8)) }

    /// Returns the next line.
    func next() async throws -> JSON {
        let start = readCount
        let hasLine = await process.waits { output, _ in output.utf8.dropFirst(start).contains(0x0A) }
        try #require(hasLine, "the process ended")
        let line = Array(process.output.utf8.dropFirst(start).prefix { $0 != 0x0A })
        readCount += line.count + 1
        return try JSON(parsing: line)
    }

    /// Closes the input, and returns the rest of the output, the errors and the exit code.
    func end() async -> (rest: [UInt8], errors: String, code: Int32) {
        process.closeInput()
        let outcome = await process.outcome()
        return (Array(outcome.output.utf8.dropFirst(readCount)), outcome.errors, outcome.code)
    }
}

@Suite("Agents: the process")
struct ServerProcessTests {
    private static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#

    private static func call(_ id: Int, _ tool: String, _ arguments: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments),\#(meta)}}"#
    }

    @Test("Agents: a client over pipes discovers, calls, and ends the process by closing its input")
    func serves() async throws {
        let org = try await LocalOrg.start()
        _ = try await org.group("Engineering")
        let server = try ServerProcess(org)
        server.send(#"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{\#(Self.meta)}}"#)
        #expect(try await server.next()["result"]?["supportedVersions"] == ["2026-07-28"])
        server.send(Self.call(2, "find_groups", #"{"query":"Eng"}"#))
        let text = try #require(try await server.next()["result"]?["content"]?[0]?["text"]?.string)
        #expect(try JSON(parsing: text)["data"]?[0]?["profile.name"] == "Engineering")
        // The last request still gets its response.
        server.send(Self.call(3, "check_connection", "{}"))
        let end = await server.end()
        #expect(try JSON(parsing: end.rest)["id"] == 3)
        #expect(end.errors.isEmpty)
        #expect(end.code == 0)
        await org.stop()
    }

    @Test("Agents: no input ends the process or produces an invalid message", .hangLimit)
    func survives() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 5)
        let server = try ServerProcess(org, ["--allow-writes"])
        var random = SplitMix64(seed: 17)
        let seeds = [
            Self.call(1, "find_people", #"{"limit":2,"fields":["id"]}"#),
            Self.call(2, "call_read_action", #"{"action":"group list-groups","parameters":{"limit":1}}"#),
            Self.call(3, "call_write_action", #"{"action":"group create-group","body":{"profile":{"name":"x"}}}"#),
            Self.call(4, "search_actions", #"{"query":"role"}"#),
            Self.call(5, "describe_action", #"{"action":"user get-user"}"#),
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}"#,
            #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, #"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
        ].map { Array($0.utf8) }
        let pieces = [
            "\"", "{", "}", "[", "]", "\\u0000", "\\ud800", "null", "1e999", "-0", ",", ":", "\u{FEFF}", "é", "\r",
        ]
        .map { Array($0.utf8) }
        for round in 0..<400 {
            var line = seeds[Int.random(in: 0..<seeds.count, using: &random)]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let place = Int.random(in: 0...line.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: line.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
                case 1: line.removeSubrange(place..<min(line.count, place + 3))
                case 2: line.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: line += line.prefix(place)
                }
            }
            // A line break would split it into two lines.
            line.removeAll { $0 == 0x0A }
            server.send(line)
            // Responses arrive in any order, so every round ends with a separate request.
            let mark = "round-\(round)"
            server.send(
                #"{"jsonrpc":"2.0","id":"\#(mark)","method":"server/discover","params":{\#(Self.meta)}}"#)
            while true {
                let message = try await server.next()
                for each in message.elements ?? [message] { #expect(each["jsonrpc"] == "2.0") }
                if message["id"]?.string == mark { break }
            }
        }
        let end = await server.end()
        for line in end.rest.split(separator: 0x0A) { #expect(try JSON(parsing: Array(line))["jsonrpc"] == "2.0") }
        #expect(end.code == 0)
        await org.stop()
    }
}
#endif
