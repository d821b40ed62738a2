import HTTPTypes
import Testing

@testable import OktaRuntime

@Suite(.longCalculation) struct ResponseHeadParserTests {
    private let cache = HeaderFieldCache()

    private func parse(_ lines: String...) throws -> HTTPResponse? {
        var parser = ResponseHeadParser(cache: cache)
        for line in lines { try Array((line + "\r\n").utf8).withUnsafeBytes { try parser.consume($0) } }
        return parser.response
    }

    @Test(
        "Response head: status line",
        arguments: [
            ("HTTP/1.1 200 OK", 200, "OK"), ("HTTP/2 204", 204, ""), ("HTTP/2 404 ", 404, ""),
            ("HTTP/1.1  599  Not  at  all ", 599, "Not  at  all"), ("HTTP/1.1 100", 100, ""),
        ])
    func statusLine(line: String, code: Int, reason: String) throws {
        let response = try parse(line, "")
        #expect(response?.status.code == code)
        #expect(response?.status.reasonPhrase == reason)
    }

    @Test(
        "Response head: malformed status line",
        arguments: [
            "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 20", "HTTP/1.1 2000 OK", "HTTP/1.1 099 No", "HTTP/1.1 600 No",
            "HTTP/1.1 2x0 No", "HTTP/1.1 200OK", "HTTP/2 -20",
        ])
    func statusLineThatIsNone(line: String) {
        #expect(throws: TransportError.self) { try parse(line, "") }
    }

    @Test("Response head: values of the previous response are not kept") func valuesOfPreviousResponseAreNotKept()
        throws
    {
        let first = try parse("HTTP/2 200", "x-rate-limit-remaining: 12", "content-type: application/json", "")
        let second = try parse("HTTP/2 200", "x-rate-limit-remaining: 11", "Content-Type: application/json", "")
        #expect(first?.headerFields.map(\.value) == ["12", "application/json"])
        #expect(second?.headerFields.map(\.value) == ["11", "application/json"])
        // The names keep their received spelling.
        #expect(second?.headerFields.map(\.name.rawName) == ["x-rate-limit-remaining", "Content-Type"])
    }

    /// Earlier responses and shared names and lines do not affect a response's contents.
    @Test("Response head: fields are the same with and without the cache") func fieldsAreTheSameWithAndWithoutMemory()
        throws
    {
        var random = SplitMix64(seed: 7)
        let names = (0..<300).map { "X-\($0 % 40 == 0 ? "" : String($0, radix: 36))-Name-\($0 % 7)" }
        for _ in 0..<400 {
            let lines = (0..<12).map { _ in
                let name = names.randomElement(using: &random) ?? ""
                let length = Int.random(in: 0...3, using: &random) == 0 ? 5000 : Int.random(in: 0...3, using: &random)
                return "\(name): \(String(repeating: "v", count: length))"
            }
            var parser = ResponseHeadParser(cache: cache)
            for line in ["HTTP/2 200"] + lines + [""] {
                try Array((line + "\r\n").utf8).withUnsafeBytes { try parser.consume($0) }
            }
            #expect(Self.spelled(parser.response) == lines)
        }
    }

    /// Heads with a few differences, read in turns by several parsers with shared memory.
    @Test("Response head: overlapping heads do not mix") func headsThatOverlapDoNotMix() throws {
        var random = SplitMix64(seed: 11)
        let lines = [
            "date: Mon", "date: Tue", "Date: Tue", "content-type: application/json", "Set-Cookie: sid=1",
            "set-cookie: sid=2", "x-rate-limit-remaining: 9", "x-rate-limit-remaining: 8", "link: <a>", "link: <b>",
            "X-Empty:", "x-empty:",
        ]
        struct Reader {
            var parser: ResponseHeadParser
            var head: [String]
            var next = 0
        }
        var last: [String] = []
        var readers: [Reader] = []
        for _ in 0..<20_000 {
            if readers.count < 4 {
                // Most heads resemble the previous one: a line is changed, removed, doubled or added.
                switch (Int.random(in: 0...4, using: &random), last.indices.randomElement(using: &random)) {
                case (0, let index?): last[index] = lines.randomElement(using: &random) ?? ""
                case (1, let index?): last.remove(at: index)
                case (2, let index?): last.insert(last[index], at: index)
                case (3, _): last.append(lines.randomElement(using: &random) ?? "")
                default: break
                }
                if last.count > 140 { last = [] }
                readers.append(Reader(parser: ResponseHeadParser(cache: cache), head: ["HTTP/2 200"] + last + [""]))
            }
            let turn = Int.random(in: readers.indices, using: &random)
            for _ in 0..<Int.random(in: 1...8, using: &random) where readers[turn].next < readers[turn].head.count {
                let line = readers[turn].head[readers[turn].next]
                try Array((line + "\r\n").utf8).withUnsafeBytes { try readers[turn].parser.consume($0) }
                readers[turn].next += 1
            }
            guard readers[turn].next == readers[turn].head.count else { continue }
            let done = readers.remove(at: turn)
            #expect(Self.spelled(done.parser.response) == done.head.dropFirst().dropLast().map(Self.spelled))
        }
    }

    @Test("Response head: equal heads share memory") func headsWithoutADifferenceAreOneInMemory() throws {
        let lines = ["HTTP/2 200", "content-type: application/json", "x-rate-limit-limit: 600", ""]
        let heads = try (0..<3).map { _ in
            var parser = ResponseHeadParser(cache: cache)
            for line in lines { try Array(line.utf8).withUnsafeBytes { try parser.consume($0) } }
            return try #require(parser.response)
        }
        // A change of one head does not affect the others.
        var changed = heads[1]
        changed.headerFields[.contentType] = "text/plain"
        #expect(heads.map { $0.headerFields[.contentType] } == Array(repeating: "application/json", count: 3))
        #expect(try parse(lines[0], lines[1], lines[2], "")?.headerFields[.contentType] == "application/json")
    }

    private static func spelled(_ response: HTTPResponse?) -> [String]? {
        response?.headerFields.map { "\($0.name.rawName): \($0.value)" }
    }

    private static func spelled(_ line: String) -> String { line.hasSuffix(":") ? line + " " : line }

    @Test("Response head: a folded value is joined") func foldedValueIsJoined() throws {
        let response = try parse("HTTP/1.1 200 OK", "x-note: one", "  two ", "\tthree", "x-other: 1", "")
        #expect(response?.headerFields.map(\.value) == ["one two three", "1"])
    }

    @Test("Response head: lines that are not fields are dropped") func linesThatAreNotFieldsAreDropped() throws {
        let response = try parse(
            "HTTP/1.1 200 OK", "no colon", ": no name", "bad name: 1", ":status: 200", "x-good: 1", "")
        #expect(response?.headerFields.map(\.value) == ["1"])
    }

    @Test("Response head: bytes beyond ASCII are kept") func bytesBeyondASCIIAreKept() throws {
        var parser = ResponseHeadParser(cache: cache)
        for line in [Array("HTTP/1.1 200 OK".utf8), Array("x-name: Z".utf8) + [0xFC], []] {
            try (line + [13, 10]).withUnsafeBytes { try parser.consume($0) }
        }
        let field = try #require(parser.response?.headerFields.first)
        #expect(field.withUnsafeBytesOfValue { Array($0) } == [0x5A, 0xFC])
    }

    @Test("Response head: cookies are not cached") func cookiesAreNotRemembered() throws {
        let line = Array("Set-Cookie: sid=102secret".utf8)
        let found = line.withUnsafeBytes { cache.field($0) }
        #expect(found?.field.value == "sid=102secret")
        #expect(found?.number == 0)
        #expect(try parse("HTTP/1.1 200", "Set-Cookie: sid=103secret", "")?.headerFields[.setCookie] == "sid=103secret")
        var shown = ""
        dump(cache, to: &shown)
        #expect(!shown.contains("secret"))
    }
}
