import Testing
import YAML

@Suite struct YAMLLoaderTests {
    private func load(_ text: String, limits: YAMLLimits = .written) -> (root: YAMLNode?, rules: [String]) {
        var diagnostics = Diagnostics()
        let root = YAMLLoader(limits: limits).load(SourceFile(path: "test.yaml", text: text), reporting: &diagnostics)
        return (root, diagnostics.all.map(\.rule))
    }

    @Test("YAML: scalars are kept as text") func keepsScalarsAsText() throws {
        let root = try #require(load("a: no\nb: 010\nc: '~'\nd: 1e3\ne: |\n  two\n  lines\nf: \"\\u00e9\"\n").root)
        #expect(root.entries?.map { $0.value.scalar } == ["no", "010", "~", "1e3", "two\nlines\n", "é"])
        #expect(root["c"]?.isNull == false)
        #expect(load("~").root?.isNull == true)
    }

    @Test("YAML: positions count Unicode scalars from one") func marksCountUnicodeScalarsFromOne() throws {
        let root = try #require(load("key: value\n\"é→\": [one, tw\u{F6}, three]\n").root)
        let list = try #require(root["é→"])
        #expect(list.location.start == SourceMark(line: 2, column: 7))
        #expect(list.elements?.map(\.location.start.column) == [8, 13, 18])
        #expect(list.isFlow)
    }

    @Test("Byte order mark: is not part of the text, and columns of the first line ignore it")
    func acceptsAByteOrderMark() throws {
        let loaded = load("\u{FEFF}a: b\nc: d\n")
        #expect(loaded.rules.isEmpty)
        let root = try #require(loaded.root)
        #expect(root.entries?.map(\.name) == ["a", "c"])
        #expect(root.entries?.map(\.key.location.start) == [.start, SourceMark(line: 2, column: 1)])
        #expect(SourceFile(path: "x", text: "\u{FEFF}a: b\nc: d\n").line(1) == "a: b")
        #expect(load("\u{FEFF}").rules == ["yaml-empty"])
        #expect(load("").rules == ["yaml-empty"])
    }

    /// Line breaks in YAML 1.1, but not in YAML 1.2.
    @Test("Lines: U+0085, U+2028 and U+2029 do not end a line", arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
    func separatorsDoNotEndLines(_ separator: String) throws {
        let text =
            "# a\(separator)b: c\na: x\(separator)y\nb: |\n  1\(separator)2\nc: \"p\(separator)q\"\n'd\(separator)': z\n"
        let loaded = load(text)
        #expect(loaded.rules.isEmpty)
        let root = try #require(loaded.root)
        #expect(root.entries?.map(\.name) == ["a", "b", "c", "d\(separator)"])
        #expect(
            root.entries?.map { $0.value.scalar } == ["x\(separator)y", "1\(separator)2\n", "p\(separator)q", "z"])
        #expect(root.entries?.map(\.key.location.start.line) == [2, 3, 5, 6])
    }

    @Test("Lines: CR and CR LF end a line, and count alike everywhere", arguments: ["\r", "\r\n", "\n"])
    func crAndCRLFEndLineAndCountAlikeEverywhere(_ lineBreak: String) throws {
        let file = SourceFile(path: "x", text: ["a: 1", "b: 2", "", "c: 3"].joined(separator: lineBreak))
        var diagnostics = Diagnostics()
        let root = try #require(YAMLLoader().load(file, reporting: &diagnostics))
        #expect(root.entries?.map(\.key.location.start.line) == [1, 2, 4])
        #expect(root.entries?.map { file.line($0.key.location.start.line) } == ["a: 1", "b: 2", "c: 3"])
        #expect(file.line(5) == nil)
        #expect(file.mark(atByte: file.bytes.count) == SourceMark(line: 4, column: 5))
    }

    @Test("YAML: one error does not hide the next") func oneFaultDoesNotHideTheNext() {
        #expect(
            load("a: &x 1\nb: *x\nc: !!int 2\na: 3\n").rules == [
                "yaml-anchor", "yaml-alias", "yaml-tag", "yaml-duplicate-key",
            ])
    }

    @Test(
        "Keys: keys that are equal by Unicode equivalence differ, and equal bytes are a duplicate",
        arguments: ["a.yaml", "a.json"])
    func keysAreBytes(_ path: String) throws {
        func load(_ first: String, _ second: String) -> (root: YAMLNode?, rules: [String]) {
            var diagnostics = Diagnostics()
            let file = SourceFile(path: path, text: "{\"\(first)\": 1, \"\(second)\": 2}")
            return (DocumentLoader().load(file, reporting: &diagnostics), diagnostics.all.map(\.rule))
        }
        let (root, rules) = load("caf\u{E9}", "cafe\u{301}")
        #expect(rules.isEmpty)
        #expect(root?["caf\u{E9}"]?.scalar == "1")
        #expect(root?["cafe\u{301}"]?.scalar == "2")
        #expect(load("caf\u{E9}", "caf\u{E9}").rules.map { $0.hasSuffix("-duplicate-key") } == [true])
    }

    /// Endless nesting is rejected at the limit, at low cost.
    @Test("YAML: deep nesting is rejected", arguments: ["[", "{a: ", "- ", "? ", "[{"])
    func deepNestingIsRefused(_ bracket: String) {
        let loaded = load(String(repeating: bracket, count: 40_000))
        #expect(loaded.root == nil)
        #expect(!loaded.rules.isEmpty)
    }

    @Test("YAML: the size is limited") func sizeIsLimited() {
        #expect(
            load(String(repeating: "a", count: 100), limits: YAMLLimits(bytes: 99, depth: 9, nodes: 9)).rules == [
                "yaml-size"
            ])
        let wide = "[" + String(repeating: "a,", count: 100) + "]"
        #expect(load(wide, limits: YAMLLimits(bytes: 999, depth: 9, nodes: 50)).rules == ["yaml-size"])
    }

    @Test("YAML: the position of an invalid byte is reported") func placeOfAnInvalidByteIsFound() {
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "test.yaml", bytes: Array("a: é\nb: x".utf8) + [0xFF, 0x0A])
        #expect(YAMLLoader().load(file, reporting: &diagnostics) == nil)
        #expect(diagnostics.all.first?.rule == "yaml-encoding")
        #expect(diagnostics.all.first?.location?.start == SourceMark(line: 2, column: 5))
    }

    @Test(
        "YAML: invalid YAML is reported with its position",
        arguments: [
            "a: b: c", "key: value\n- x", "[a", "{a: b", "'open", "a: @x", "- a\nb: c", "%YAML 9.9\n---\na", "a: \u{7}",
        ])
    func brokenTextIsReportedWithAPlace(_ text: String) {
        var diagnostics = Diagnostics()
        _ = YAMLLoader().load(SourceFile(path: "test.yaml", text: text), reporting: &diagnostics)
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.all.allSatisfy { $0.location != nil })
    }

    /// Truncating a document or changing a byte never traps and always gives a report.
    @Test("YAML: damaged documents never trap") func damagedDocumentsNeverTrap() {
        let text =
            "category: User\nactions:\n  - action: \"Get \\\"x\\\"\"\n    params: {id: {in: path, type: [string]}}\n    text: |\n      é\n"
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            for replacement in [nil, 0x00, 0x09, 0x0A, 0x22, 0x26, 0x2A, 0x5B, 0x7B, 0x80, 0xFF] as [UInt8?] {
                var damaged = Array(bytes[..<index])
                if let replacement { damaged += [replacement] + bytes[(index + 1)...] }
                var diagnostics = Diagnostics()
                let root = YAMLLoader().load(SourceFile(path: "test.yaml", bytes: damaged), reporting: &diagnostics)
                #expect(root != nil || diagnostics.hasErrors)
            }
        }
    }
}
