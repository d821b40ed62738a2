import Testing
import YAML

@Suite struct JSONLoaderTests {
    private func load(_ text: String, limits: YAMLLimits = .published) -> (root: YAMLNode?, findings: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let root = JSONLoader(limits: limits).load(SourceFile(path: "x.json", text: text), reporting: &diagnostics)
        return (root, diagnostics.all)
    }

    /// Texts that libyaml rejects or changes.
    @Test(
        "JSON: reads the notations of all JSON writers",
        arguments: [
            (#"{"a": "\ud83d\ude00"}"#, "😀"), (#"{"a": "\/\b\f\n\r\t\"\\"}"#, "/\u{8}\u{C}\n\r\t\"\\"),
            (#"{"a": "\u00e9\u0000"}"#, "é\0"), ("{\n\t\"a\"\t:\t\"b\"\t}", "b"),
            (#"{"a":"\#u{85}\#u{2028}"}"#, "\u{85}\u{2028}"),
            (#"{"a": "\#u{7F}\#u{FEFF}\#u{FFFE}"}"#, "\u{7F}\u{FEFF}\u{FFFE}"), ("\u{FEFF}{\"a\": \"b\"}\r\n", "b"),
        ])
    func readsStrings(_ text: String, _ value: String) throws {
        let loaded = load(text)
        #expect(loaded.findings.isEmpty)
        let node = try #require(loaded.root?["a"])
        #expect(node.content == .scalar(value, .quoted))
    }

    @Test("JSON: reads keys of any length, including empty ones")
    func readsKeys() throws {
        let key = String(repeating: "k", count: 5000)
        let root = try #require(load("{\"\(key)\": 1, \"\": 2, \"<<\": 3}").root)
        #expect(root.entries?.map(\.name) == [key, "", "<<"])
    }

    @Test(
        "JSON: keeps numbers as written",
        arguments: ["0", "-0", "1.50", "1e+400", "-1.5E-3", "12345678901234567890"])
    func keepsNumbers(_ text: String) {
        #expect(load("[\(text)]").root?.elements?.map(\.content) == [.scalar(text, .plain)])
    }

    @Test("JSON: distinguishes null from the string")
    func distinguishesNullFromString() {
        #expect(
            load(#"[null, "null", true, "true", []]"#).root?.elements?.map(\.isNull) == [
                true, false, false, false, false,
            ])
    }

    @Test("JSON: locations count characters, even in one long line")
    func marksCountCharacters() throws {
        let root = try #require(load("{\"é😀\": [1, \"→\", 2],\r\n \"b\": {}}").root)
        let list = try #require(root["é😀"])
        #expect(list.location.start == SourceMark(line: 1, column: 8))
        #expect(list.location.end == SourceMark(line: 1, column: 19))
        #expect(list.elements?.map(\.location.start.column) == [9, 12, 17])
        #expect(root["b"]?.location.start == SourceMark(line: 2, column: 7))
        #expect(root.isFlow && list.isFlow)
    }

    @Test(
        "JSON: rejects invalid texts, with the location",
        arguments: [
            ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\": 1,}", 1, 9), ("{a: 1}", 1, 2), ("{'a': 1}", 1, 2),
            ("[01]", 1, 2),
            ("[1.]", 1, 2), ("[.5]", 1, 2), ("[+1]", 1, 2), ("[NaN]", 1, 2), ("[1 2]", 1, 4), ("[1]\n[2]", 2, 1),
            ("\"a", 1, 3),
            ("\"a\nb\"", 1, 3), (#""\x""#, 1, 2), (#""\ud83d""#, 1, 2), (#""\ude00\ud83d""#, 1, 2),
            (#""\u12g4""#, 1, 2),
            ("[1}", 1, 3), ("{\"a\" 1}", 1, 6), ("// a\n1", 1, 1), ("tru", 1, 1), ("[1\u{301}]", 1, 3),
            ("\u{A0}1", 1, 1), (#""\"#, 1, 2),
        ])
    func refusesWhatIsNone(_ text: String, _ line: Int, _ column: Int) {
        let loaded = load(text)
        #expect(loaded.root == nil)
        #expect(loaded.findings.map(\.rule) == ["json-syntax"])
        #expect(loaded.findings.first?.location?.start == SourceMark(line: line, column: column))
        #expect(loaded.findings.first?.hint != nil)
    }

    @Test("JSON: a duplicate key is an error with both locations")
    func duplicateKeys() {
        let findings = load(#"{"a": {"b": 1, "b": 2}, "a": 3}"#).findings
        #expect(findings.map(\.rule) == ["json-duplicate-key", "json-duplicate-key"])
        #expect(findings.map { $0.location?.start.column } == [16, 25])
        #expect(findings.flatMap { $0.notes.map(\.location.start.column) } == [8, 2])
    }

    @Test("JSON: rejects nesting beyond the limit", arguments: ["[", "{\"a\":"])
    func deepNestingIsRefused(_ bracket: String) {
        let loaded = load(String(repeating: bracket, count: 100_000))
        #expect(loaded.root == nil)
        #expect(loaded.findings.map(\.rule) == ["json-depth"])
        let limit = YAMLLimits.published.depth
        let text = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(load(text).root != nil)
    }

    @Test("JSON: limits sizes")
    func sizesAreLimited() {
        #expect(load("[1, 2, 3]", limits: .init(bytes: 8, depth: 9, nodes: 9)).findings.map(\.rule) == ["json-size"])
        #expect(load("[1, 2, 3]", limits: .init(bytes: 99, depth: 9, nodes: 3)).findings.map(\.rule) == ["json-size"])
        #expect(load("[1, 2, 3]", limits: .init(bytes: 99, depth: 9, nodes: 4)).findings.isEmpty)
    }

    /// Truncating a text or changing a byte never traps and always gives a report.
    @Test("JSON: damaged texts never trap")
    func damagedTextsNeverTrap() {
        let bytes = Array(#"{"a": ["\ud83d\ude00é", -1.5e3, true, null, {}], "b\"": {"c": []}}"#.utf8)
        for index in bytes.indices {
            for replacement in [nil, 0x00, 0x0A, 0x22, 0x2C, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF] as [UInt8?] {
                var damaged = Array(bytes[..<index])
                if let replacement { damaged += [replacement] + bytes[(index + 1)...] }
                var diagnostics = Diagnostics()
                let root = JSONLoader().load(SourceFile(path: "x.json", bytes: damaged), reporting: &diagnostics)
                #expect(root != nil || diagnostics.hasErrors)
            }
        }
    }

    @Test(
        "Document: JSON is recognized by file name or first character; all else is YAML",
        arguments: [
            ("x.json", "[1]", true), ("x.yaml", "{\"a\": 1}", true), ("x", " \n{\"a\": \"\\/\"}", true),
            ("x.yaml", "{\"a\": b}", false),
            ("x.yaml", "{a: 1}", false), ("x.yaml", "a: 1", false), ("x.yaml", "[a]", false), ("x.yaml", "{}", true),
        ])
    func documents(_ path: String, _ text: String, _ isJSON: Bool) throws {
        var diagnostics = Diagnostics()
        let root = try #require(DocumentLoader().load(SourceFile(path: path, text: text), reporting: &diagnostics))
        #expect(diagnostics.all.isEmpty)
        var other = Diagnostics()
        let json = JSONLoader().load(SourceFile(path: path, text: text), reporting: &other)
        #expect((json == root) == isJSON)
    }

    @Test("Document: reports broken JSON as JSON")
    func brokenDocuments() {
        for (path, text) in [("x.json", "a: 1"), ("x.yaml", "{\"a\": \"\\ud83d\"}"), ("x.yaml", "{\"a\": [}")] {
            var diagnostics = Diagnostics()
            #expect(DocumentLoader().load(SourceFile(path: path, text: text), reporting: &diagnostics) == nil)
            #expect(diagnostics.all.map(\.rule) == ["json-syntax"])
        }
    }
}
