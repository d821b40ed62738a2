import OktaRuntime
import Testing

@Suite("JSON.Path")
struct JSONPathTests {
    @Test(
        "JSON path: description",
        arguments: [
            ([], "$"), ([.key("a")], "$.a"), ([.key("_links"), .key("next")], "$._links.next"), ([.index(0)], "$[0]"),
            ([.key("items"), .index(3), .key("name")], "$.items[3].name"), ([.key("a1_B")], "$.a1_B"),
            ([.key("")], #"$[""]"#), ([.key("1a")], #"$["1a"]"#), ([.key("a b")], #"$["a b"]"#),
            ([.key("a.b")], #"$["a.b"]"#),
            ([.key("a\"b\\")], #"$["a\"b\\"]"#), ([.key("é")], #"$["\u{00E9}"]"#), ([.key("@odata")], #"$["@odata"]"#),
            ([.key("[0]")], #"$["[0]"]"#), ([.key("{")], #"$["{"]"#),
        ] as [([JSON.Path.Step], String)])
    func description(steps: [JSON.Path.Step], expected: String) {
        #expect(JSON.Path(steps).description == expected)
    }

    @Test("JSON path: long paths and names are shortened") func longPathsAndNamesAreShortened() {
        let path = JSON.Path((0..<30).map { .index($0) })
        #expect(path.description == "$" + (0..<24).map { "[\($0)]" }.joined() + "…")
        let fits = String(repeating: "n", count: 64)
        #expect(JSON.Path([.key(fits)]).description == "$." + fits)
        #expect(JSON.Path([.key(fits + "n")]).description == "$[\"" + fits + "…\"]")
    }

    @Test("JSON path: appending does not change the original") func appendingLeavesTheOriginal() {
        let path = JSON.Path([.key("a")])
        #expect(path.appending(.index(1)) == JSON.Path([.key("a"), .index(1)]))
        #expect(path.steps == [.key("a")])
        #expect(JSON.Path([.key("1")]) != JSON.Path([.index(1)]))
    }
}
