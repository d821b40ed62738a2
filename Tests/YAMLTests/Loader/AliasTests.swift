import Testing
import YAML

/// Anchors and aliases are allowed in published documents but not in handwritten files.
@Suite struct AliasTests {
    private func load(
        _ text: String, limits: YAMLLimits = .published
    ) -> (root: YAMLNode?, findings: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "test.yaml", text: text)
        return (DocumentLoader(limits: limits).load(file, reporting: &diagnostics), diagnostics.all)
    }

    /// Returns the value without locations.
    private func value(_ node: YAMLNode?) -> String {
        switch node?.content {
        case nil: ""
        case .scalar(let text, let style): style == .plain ? text : "'\(text)'"
        case .sequence(let elements): "[" + elements.map(value).joined(separator: ",") + "]"
        case .mapping(let entries): "{" + entries.map { "\($0.name):\(value($0.value))" }.joined(separator: ",") + "}"
        }
    }

    @Test(
        "Aliases: each is read as its value",
        arguments: [
            ("a: &x 1\nb: *x\n", "{a:1,b:1}"),
            ("a: &x \"1\"\nb: *x\n", "{a:'1',b:'1'}"),
            ("a: &x {p: [1, 2]}\nb: *x\nc: [*x, *x]\n", "{a:{p:[1,2]},b:{p:[1,2]},c:[{p:[1,2]},{p:[1,2]}]}"),
            ("a: &x {p: &y [1]}\nb: &z {q: *y, r: *x}\nc: *z\n", "{a:{p:[1]},b:{q:[1],r:{p:[1]}},c:{q:[1],r:{p:[1]}}}"),
            ("a: &x 1\nb: &x 2\nc: *x\n", "{a:1,b:2,c:2}"),
            ("- &k key\n- *k : 1\n", "[key,{key:1}]"),
            ("&root\na: &x\n  - 1\nb: *x\n", "{a:[1],b:[1]}"),
        ])
    func values(_ text: String, _ expected: String) {
        let (root, findings) = load(text)
        #expect(findings.isEmpty)
        #expect(value(root) == expected)
    }

    @Test("Aliases: the place of an alias is its own") func places() throws {
        let root = try #require(load("a: &x [1]\nb: *x\n").root)
        #expect(root["b"]?.location.start == SourceMark(line: 2, column: 4))
        #expect(root["b"]?.elements?.first?.location.start == SourceMark(line: 1, column: 8))
    }

    @Test(
        "Aliases: one without a value is an error with its place",
        arguments: [
            ("a: *x\nb: &x 1\n", "no anchor before it", SourceMark(line: 1, column: 4)),
            ("a: &x [1, *x]\n", "inside its own value", SourceMark(line: 1, column: 11)),
            ("a: &x {b: {c: *x}}\n", "inside its own value", SourceMark(line: 1, column: 15)),
        ])
    func withoutValue(_ text: String, _ message: String, _ place: SourceMark) {
        let findings = load(text).findings
        #expect(findings.map(\.rule) == ["yaml-alias"])
        #expect(findings.first?.message.contains(message) == true)
        #expect(findings.first?.location?.start == place)
    }

    @Test("Aliases: a few lines cannot expand to many values") func bomb() {
        var text = "l0: &l0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n"
        for level in 1..<60 {
            text += "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        let (root, findings) = load(text)
        #expect(root == nil || findings.contains { $0.severity == .error })
        #expect(findings.map(\.rule) == ["yaml-size"])
        #expect(findings.first?.hint?.contains("$ref") == true)
    }

    @Test("Aliases: they cannot exceed the depth") func depth() {
        var text = "l0: &l0 [1]\n"
        for level in 1..<40 { text += "l\(level): &l\(level) [*l\(level - 1)]\n" }
        let limits = YAMLLimits(bytes: 9_999, depth: 20, nodes: 9_999, aliased: 9_999)
        #expect(load(text, limits: limits).findings.map(\.rule) == ["yaml-depth"])
        #expect(load(text).findings.isEmpty)
    }

    @Test("Aliases: a published document says what to do about tags and merge keys") func others() {
        let findings = load("a: &x {p: 1}\nb: {<<: *x}\nc: !!str 1\n").findings
        #expect(findings.map(\.rule) == ["yaml-merge-key", "yaml-tag"])
        #expect(findings.allSatisfy { $0.hint?.contains("as JSON") == true })
    }
}
