#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Logs: pieces")
struct LogPieceTests {
    @Test("Log times: spans, days and times are parsed, and all else is rejected")
    func times() throws {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        func seconds(_ text: String) throws -> Double { try LogTime.date(text, now: now).timeIntervalSince1970 }
        #expect(try seconds("90s") == 1_799_999_910)
        #expect(try seconds("15m") == 1_799_999_100)
        #expect(try seconds("1.5h") == 1_799_994_600)
        #expect(try seconds("7d") == 1_799_395_200)
        #expect(try seconds("2027-01-15") == 1_799_971_200)
        #expect(try seconds("2027-01-15T08:00:00Z") == 1_800_000_000)
        for text in ["", "m", "-5m", "yesterday", "infs", "nand", "0x10m", "1e3d", ".h", "2027-13-45", "15-01-2027"] {
            #expect(throws: CommandFailure.self, "\(text)") { try LogTime.date(text, now: now) }
        }
    }

    @Test("Log destinations: files and databases are parsed, and all else is rejected")
    func destinations() throws {
        #expect(try LogDestination("events.ndjson") == .file("events.ndjson"))
        #expect(try LogDestination("sqlite:/x/y.db") == .sqlite("/x/y.db"))
        #expect(try LogDestination("postgres://h/d") == .postgres("postgres://h/d"))
        #expect(try LogDestination("postgresql://h/d") == .postgres("postgresql://h/d"))
        #expect(try LogDestination("postgres:host=/tmp dbname=x") == .postgres("host=/tmp dbname=x"))
        for text in ["", "sqlite:", "postgres:", "ftp://h/d", "https://h/d", "sqllite:x.db", "mysql:x"] {
            #expect(throws: CommandFailure.self) { try LogDestination(text) }
        }
        // A colon within a path names no kind of place.
        for path in ["./a:b", "/logs/2026-01-31T08:00.ndjson", "a b:c"] {
            #expect(try LogDestination(path) == .file(path))
        }
    }

    @Test("PostgreSQL: only the escape of U+0000 is replaced, and the rest is the same JSON")
    func storableText() throws {
        let hard = "a\u{0}b \\u0000 \\\\u0000 \u{1F600} \"\u{0}\u{0}\""
        let stored = PostgresSink.storable(JSON(hard).text)
        #expect(try JSON(parsing: stored).string == hard.replacing("\u{0}", with: "\u{FFFD}"))
        #expect(PostgresSink.storable("{\"a\":1}") == "{\"a\":1}")
        // Unpaired surrogates occur in a text that was cut within an emoji. Pairs and escaped backslashes are kept.
        let pairs = #""\ud83d\ude00 \uD83D \ude00 \ud83d\ud83d\ude00 \\ud83d \u00e9 \ud83d\u0000""#
        #expect(
            PostgresSink.storable(pairs)
                == #""\ud83d\ude00 \ufffd \ufffd \ufffd\ud83d\ude00 \\ud83d \u00e9 \ufffd\ufffd""#)
    }

    @Test("Log positions: stored text reads back, and other texts and streams are rejected")
    func positions() async throws {
        let org = try await LocalOrg.start()
        _ = try await org.client.request(.post, "/api/v1/groups", body: .json(["profile": ["name": "A"]] as JSON))
        let query = LogQuery(filter: "eventType sw \"group\"", since: Date(timeIntervalSince1970: 1_700_000_000))
        let follower = LogFollower(
            query.list(of: org.client), interval: .seconds(1), once: true, notices: .memory())
        var last: TailPosition?
        try await follower.run(from: nil) { batch in
            last = batch.position
            return true
        }
        let position = LogPosition(stream: query.stream(of: org.client), since: query.since, tail: last)
        #expect(last != nil)
        let read = try LogPosition(text: try position.text(), in: "file")
        #expect(read.tail == position.tail && read.since == position.since)
        try read.check(stream: query.stream(of: org.client), in: "file")
        var other = query
        other.filter = nil
        #expect(throws: CommandFailure.self) { try read.check(stream: other.stream(of: org.client), in: "file") }
        for text in ["", "{}", "[1]", "{\"stream\":\"\",\"since\":0,\"position\":7}"] {
            #expect(throws: CommandFailure.self, "\(text)") { _ = try LogPosition(text: text, in: "file") }
        }
        await org.stop()
    }

    @Test("File: text after the recorded length is cut off, and a truncated or moved file is an error")
    func fileRecovery() throws {
        let home = try TemporaryHome()
        let path = "\(home.path)/events.ndjson"
        let position = LogPosition(stream: "{}", since: Date(timeIntervalSince1970: 0))
        func open() throws -> FileSink { try FileSink(path: path) }
        try home.write("events.ndjson", "{\"old\":1}\n")
        try open().store([], position)
        try open().store([["a": 1], ["b": 2]], position)
        let complete = "{\"old\":1}\n{\"a\":1}\n{\"b\":2}\n"
        #expect(try home.read("events.ndjson") == complete)
        // A batch was interrupted in the middle of a line.
        try home.write("events.ndjson", complete + "{\"c\":3}\n{\"d")
        #expect(try open().position(of: "{}") != nil)
        #expect(try home.read("events.ndjson") == complete)
        #expect(throws: CommandFailure.self) { try open().position(of: "{\"org\":\"other\"}") }
        try home.write("events.ndjson", "{\"old\":1}\n")
        let short = #expect(throws: CommandFailure.self) { try open() }
        #expect(short?.message.contains("is shorter") == true)
        try FileManager.default.removeItem(atPath: path)
        try open().store([["e": 5]], position)
        #expect(try home.read("events.ndjson") == "{\"e\":5}\n")
        let held = try open()
        let second = #expect(throws: CommandFailure.self) { try open() }
        #expect(second?.message.contains("another process ships") == true)
        withExtendedLifetime(held) {}
    }
}
#endif
