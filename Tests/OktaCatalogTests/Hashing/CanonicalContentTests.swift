import OktaCatalog
import Testing
import YAML

@Suite struct CanonicalContentTests {
    private func content(_ text: String) throws -> CanonicalContent {
        var diagnostics = Diagnostics()
        let node = YAMLLoader(limits: .published).load(
            SourceFile(path: "document.yaml", text: text), reporting: &diagnostics)
        return CanonicalContent(of: try #require(node, "\(diagnostics.all)"))
    }

    @Test(
        "Content hash: the canonical form is JSON",
        arguments: [
            ("b: 1\na: [x, 'y']\n", #"{"a":["x","y"],"b":1}"#),
            ("[true, 'true', null, ~, 'null', yes, no]", #"[true,"true",null,null,"null","yes","no"]"#),
            (
                "[1, '1', 1.0, 1e2, -0.5, +7, 010, 1.2.3, 2024-01-01, e5, '', ]",
                #"[1,"1",1,100,-0.5,7,10,"1.2.3","2024-01-01","e5",""]"#
            ),
            (#"["\u0001", "\u001f", "é", "\"\\\n\t"]"#, #"["\u0001","\u001f","é","\"\\\n\t"]"#),
            ("text: |\n  a\n  b\nfolded: >\n  a\n  b\n", #"{"folded":"a b\n","text":"a\nb\n"}"#),
            ("{}", "{}"),
        ])
    func formIsJSON(_ text: String, _ expected: String) throws {
        #expect(String(decoding: try content(text).bytes, as: UTF8.self) == expected)
    }

    /// `printf '{"a":["x","y"],"b":1}' | sha256sum`
    @Test("Content hash: the hash is that of the canonical form") func hashIsThatOfTheForm() throws {
        #expect(
            try content("b: 1\na: [x, y]\n").hash
                == "sha256:6341c33b8e888c1748b4e52bc00aaaf99d254bdcd49268fa7f0901221e901899")
    }

    /// Formatting does not affect the hash.
    @Test(
        "Content hash: formatting does not change the hash",
        arguments: [
            "# A comment\nb: 1\na:\n  - \"x\"\n  - 'y'\n",
            #"{"b": 1, "a": ["x", "y"]}"#,
            "a: [x,\n    y]\nb: 1.0",
        ])
    func formattingDoesNotShow(_ text: String) throws {
        #expect(try content(text).hash == content("b: 1\na: [x, y]\n").hash)
    }

    /// Content affects the hash.
    @Test(
        "Content hash: a change of content changes the hash",
        arguments: [
            "b: '1'\na: [x, y]\n", "b: 1\na: [y, x]\n", "b: 1\na: [x, y, y]\n", "b: 1\nA: [x, y]\n",
            "b: 1\na: [x, y ]\nc:\n",
            "b: 1\na: [x, Y]\n", "b: 1\na: [x y]\n",
        ])
    func contentShows(_ text: String) throws {
        #expect(try content(text).hash != content("b: 1\na: [x, y]\n").hash)
    }
}
