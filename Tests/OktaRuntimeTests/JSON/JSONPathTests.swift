import OktaRuntime
import Testing

@Suite("JSONPath")
struct JSONPathTests {
    @Test(
        arguments: [
            ([], "$"), ([.key("a")], "$.a"), ([.key("_links"), .key("next")], "$._links.next"), ([.index(0)], "$[0]"),
            ([.key("items"), .index(3), .key("name")], "$.items[3].name"), ([.key("a1_B")], "$.a1_B"),
            ([.key("")], #"$[""]"#), ([.key("1a")], #"$["1a"]"#), ([.key("a b")], #"$["a b"]"#),
            ([.key("a.b")], #"$["a.b"]"#),
            ([.key("a\"b\\")], #"$["a\"b\\"]"#), ([.key("é")], #"$["\u{00E9}"]"#), ([.key("@odata")], #"$["@odata"]"#),
            ([.key("[0]")], #"$["[0]"]"#), ([.key("{")], #"$["{"]"#),
        ] as [([JSONPath.Step], String)])
    func description(steps: [JSONPath.Step], expected: String) {
        #expect(JSONPath(steps).description == expected)
    }

    @Test func longPathsAndNamesAreShortened() {
        let path = JSONPath((0..<30).map { .index($0) })
        #expect(path.description == "$" + (0..<24).map { "[\($0)]" }.joined() + "…")
        let fits = String(repeating: "n", count: 64)
        #expect(JSONPath([.key(fits)]).description == "$." + fits)
        #expect(JSONPath([.key(fits + "n")]).description == "$[\"" + fits + "…\"]")
    }

    @Test func appendingLeavesTheOriginal() {
        let path = JSONPath([.key("a")])
        #expect(path.appending(.index(1)) == JSONPath([.key("a"), .index(1)]))
        #expect(path.steps == [.key("a")])
        #expect(JSONPath([.key("1")]) != JSONPath([.index(1)]))
    }
}
