import Foundation
import OktaCommand
import OktaRuntime
import Testing

@Suite("JSONPath") struct JSONPathTests {
    /// The document of RFC 9535, section 1.5.
    private static let store = """
        {"store": {"book": [
          {"category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95},
          {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99},
          {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
          {"category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings",
           "isbn": "0-395-19395-8", "price": 22.99}], "bicycle": {"color": "red", "price": 399}}}
        """

    private func values(_ path: String, in document: String) throws -> String {
        JSON(try JSONPath(path).values(in: JSON(parsing: document))).text
    }

    @Test(
        "JSONPath: selectors on the document of the RFC",
        arguments: [
            ("$.store.book[*].author", #"["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]"#),
            ("$..author", #"["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]"#),
            ("$.store..price", "[8.95,12.99,8.99,22.99,399]"),
            ("$..book[2].author", #"["Herman Melville"]"#), ("$..book[2].publisher", "[]"),
            ("$..book[-1].title", #"["The Lord of the Rings"]"#),
            ("$..book[0,1].price", "[8.95,12.99]"), ("$..book[:2].price", "[8.95,12.99]"),
            ("$..book[?@.isbn].price", "[8.99,22.99]"), ("$..book[?@.price<10].price", "[8.95,8.99]"),
            ("$.store.book[::-2].price", "[22.99,12.99]"), ("$.store.bicycle['color']", #"["red"]"#),
            ("$.store.book[?@.price == $.store.book[0].price].title", #"["Sayings of the Century"]"#),
            ("$.store.book[?match(@.author, 'J.*')].price", "[22.99]"),
            ("$.store.book[?search(@.title, 'of (the|a) R')].price", "[22.99]"),
            ("$.store.book[?length(@.title) > 20].price", "[8.95,22.99]"),
            ("$.store[?count(@.*) == 2].color", #"["red"]"#),
            ("$.store.book[?!@.isbn && (@.price > 10 || @.category == 'reference')].price", "[8.95,12.99]"),
            ("$.store.book[?value(@..isbn) == '0-395-19395-8'].price", "[22.99]"),
        ])
    func selects(_ path: String, _ expected: String) throws {
        #expect(try values(path, in: Self.store) == expected)
    }

    @Test("JSONPath: nothing is not null, and differs from every value")
    func nothing() throws {
        let document = #"[{"a":null},{"b":1},{"a":1}]"#
        #expect(try values("$[?@.a == null]", in: document) == #"[{"a":null}]"#)
        #expect(try values("$[?@.a == @.none]", in: document) == #"[{"b":1}]"#)
        #expect(try values("$[?@.a <= @.none]", in: document) == #"[{"b":1}]"#)
        #expect(try values("$[?@.a < @.none]", in: document) == "[]")
    }

    @Test("JSONPath: slices end where the list ends, in both directions", arguments: 0..<200)
    func slices(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 0...6, using: &random)
        func bound() -> Int? { Bool.random(using: &random) ? Int.random(in: -8...8, using: &random) : nil }
        let (start, end) = (bound(), bound())
        let step = Int.random(in: -3...3, using: &random)
        // The definition: visit all positions in the step's direction, and keep those between the bounds.
        var expected: [Int] = []
        let lower = start.map { $0 < 0 ? $0 + count : $0 }
        let upper = end.map { $0 < 0 ? $0 + count : $0 }
        if step > 0 {
            var index = max(lower ?? 0, 0)
            while index < min(upper ?? count, count) {
                expected.append(index)
                index += step
            }
        } else if step < 0 {
            var index = min(lower ?? count - 1, count - 1)
            while index > max(upper ?? -1, -1) {
                expected.append(index)
                index += step
            }
        }
        let path = "$[\(start.map(String.init) ?? ""):\(end.map(String.init) ?? ""):\(step)]"
        let list = JSON((0..<count).map { JSON($0) })
        #expect(try JSONPath(path).values(in: list).compactMap(\.int) == expected, "\(path) of \(count)")
    }

    @Test(
        "JSONPath: errors state the position",
        arguments: [
            ("", 1), ("store", 1), ("$.", 3), ("$[", 3), ("$[01]", 3), ("$[-0]", 3), ("$['a]", 6), ("$[?@.a", 7),
            ("$[?@.a=1]", 7), ("$[?1]", 4), ("$[?@[*]==1]", 4), ("$[?none(@)]", 4), ("$[?count(1)]", 4),
            ("$[?length(@.a)]", 4), ("$.a ", 4), ("$['\\x']", 5), ("$[9007199254740992]", 3),
        ])
    func faults(_ path: String, _ place: Int) {
        let failure = #expect(throws: CommandFailure.self) { try JSONPath(path) }
        #expect(failure?.exitCode == .usage && failure?.advice != nil)
        #expect(failure?.message.contains("character \(place):") == true, "\(failure?.message ?? "")")
    }

    @Test("JSONPath: deep nesting is rejected instead of exhausting the stack")
    func deepNesting() {
        let path = "$[?" + String(repeating: "(", count: 5_000) + "@.a" + String(repeating: ")", count: 5_000) + "]"
        #expect(throws: CommandFailure.self) { try JSONPath(path) }
    }

    @Test("JSONPath: the number of visited values is limited")
    func bound() throws {
        let document = JSON((0..<300).map { _ in JSON((0..<300).map { JSON($0) }) })
        let path = try JSONPath("$[*,*,*,*][*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*]")
        #expect(throws: CommandFailure.self) { try path.values(in: document) }
    }

    /// The suite of github.com/jsonpath-standard/jsonpath-compliance-test-suite, if its file is available:
    /// `OKTA_JSONPATH_SUITE=cts.json`.
    @Test(
        "JSONPath: the compliance suite",
        .enabled(
            if: ProcessInfo.processInfo.environment["OKTA_JSONPATH_SUITE"] != nil, "OKTA_JSONPATH_SUITE is not set"))
    func compliance() throws {
        let path = try #require(ProcessInfo.processInfo.environment["OKTA_JSONPATH_SUITE"])
        let suite = try JSON(parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        let tests = try #require(suite["tests"]?.elements)
        #expect(tests.count > 500)
        for test in tests {
            let name = test["name"]?.string ?? ""
            let selector = test["selector"]?.string ?? ""
            if test["invalid_selector"]?.bool == true {
                #expect(throws: CommandFailure.self, "\(name): \(selector)") { try JSONPath(selector) }
                continue
            }
            let found = Result { JSON(try JSONPath(selector).values(in: test["document"] ?? .null)) }
            let expected = test["result"].map { [$0] } ?? test["results"]?.elements ?? []
            guard let result = try? found.get() else {
                Issue.record("\(name): \(selector): \(found)")
                continue
            }
            #expect(expected.contains(result), "\(name): \(selector): \(result.text)")
        }
    }
}
