import OktaCommand
import OktaRuntime
import Testing

@Suite("Results") struct ResultWriterTests {
    private func shown(
        _ items: String..., options: OutputOptions = OutputOptions(), model: String? = nil, isList: Bool = true,
        isTerminal: Bool = false
    ) throws -> String {
        let output = TextOutput.memory(isTerminal: isTerminal)
        var writer = try ResultWriter(
            options, model: model, module: .management, isList: isList, output: output)
        for item in items { try writer.write(JSON(parsing: item)) }
        try writer.finish()
        return output.text
    }

    private func options(_ format: OutputFormat, _ columns: [String]? = nil, query: String? = nil) -> OutputOptions {
        OutputOptions(format: format, columns: columns, query: query)
    }

    @Test("JSON: items are written as received, in an array, and a single one alone")
    func json() throws {
        #expect(try shown(#"{"a": 1.0}"#, "2") == "[{\"a\": 1.0},\n2]\n")
        #expect(try shown() == "[]\n")
        #expect(try shown(#"{"a": 1.0}"#, isList: false) == "{\"a\": 1.0}\n")
    }

    @Test("NDJSON: one line per item, even if it was received on several")
    func lines() throws {
        #expect(
            try shown("{\"a\":\n1,\r\n\"b\":\"x\\ny\"}", "2", options: options(.ndjson))
                == "{\"a\": 1,  \"b\":\"x\\ny\"}\n2\n")
    }

    @Test("CSV: a header, quotes by RFC 4180, nested values as JSON, and null differs from an empty text")
    func csv() throws {
        let text = try shown(
            #"{"id":"1","n":null,"t":"","q":"a \"b\", c","p":{"x":[1]},"l":"one\ntwo","_links":{}}"#,
            #"{"id":2,"t":" x"}"#, options: options(.csv))
        #expect(
            text == "id,n,t,q,p,l\r\n1,,\"\",\"a \"\"b\"\", c\",\"{\"\"x\"\":[1]}\",\"one\ntwo\"\r\n2,,\" x\",,,\r\n")
    }

    @Test("CSV: formulas become text on demand, and numbers stay numbers")
    func formulas() throws {
        var guarded = options(.csv, ["a", "b"])
        guarded.guardsFormulas = true
        let item = #"{"a":"=HYPERLINK(\"x\")","b":-5}"#
        #expect(try shown(item, options: guarded) == "a,b\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n")
        #expect(try shown(#"{"a":"+1","b":"\t@x"}"#, options: guarded) == "a,b\r\n\"'+1\",\"'\t@x\"\r\n")
        #expect(try shown(item, options: options(.csv, ["a"])) == "a\r\n\"=HYPERLINK(\"\"x\"\")\"\r\n")
    }

    @Test("CSV: declared fields without a value keep their columns")
    func csvOfModel() throws {
        let text = try shown(#"{"id":"00u1","custom":1}"#, options: options(.csv), model: "User")
        let header = try #require(text.split(separator: "\r\n").first).split(separator: ",").map(String.init)
        #expect(header.contains("status") && header.contains("profile") && header.last == "custom")
        #expect(!header.contains("_links"))
        let empty = try shown(options: options(.csv), model: "User")
        #expect(empty.hasPrefix("id,type,status,created,"))
    }

    @Test("CSV: rows with fields without a column are reported")
    func leftOut() throws {
        let output = TextOutput.memory()
        let notices = TextOutput.memory()
        let context = ProgramContext(environment: [:], output: output, notices: notices)
        var writer = try ResultWriter(
            options(.csv), model: nil, module: .management, isList: true, output: output, context: context)
        for number in 0..<201 {
            try writer.write(number < 200 ? ["a": JSON(number)] : ["a": JSON(number), "late": "x"])
        }
        try writer.finish()
        #expect(notices.text.contains("no column shows late"))
        #expect(output.text.split(separator: "\r\n").count == 202)
    }

    /// Returns the output and the notices.
    private func noticed(
        _ items: [JSON], _ options: OutputOptions, model: String? = nil
    ) throws -> (text: String, notices: String) {
        let (output, notices) = (TextOutput.memory(), TextOutput.memory())
        let context = ProgramContext(environment: [:], output: output, notices: notices)
        var writer = try ResultWriter(
            options, model: model, module: .management, isList: true, output: output, context: context)
        for item in items { try writer.write(item) }
        try writer.finish()
        return (output.text, notices.text)
    }

    @Test("Tables and CSV: an item that is not an object is reported, and the others keep their columns")
    func oddItems() throws {
        let items: [JSON] = ["odd", ["a": 1, "b": "x"], .null, ["a": 2]]
        let csv = try noticed(items, options(.csv))
        #expect(csv.text == "a,b\r\n1,x\r\n2,\r\n")
        #expect(csv.notices.contains("2 of the results are not objects"))
        let table = try noticed(items, options(.table))
        #expect(table.text.split(separator: "\n").count == 3 && table.notices.contains("2 of the results"))
        let late = Array(repeating: ["a": 1] as JSON, count: 200) + ["odd"]
        #expect(try noticed(late, options(.csv)).notices.contains("1 of the results"))
        #expect(try noticed(["x", 2], options(.csv)).text == "value\r\nx\r\n2\r\n")
    }

    @Test("Columns: an unknown field in a column or a condition is reported unless the model declares it")
    func unseenFields() throws {
        let items: [JSON] = [["id": "1", "profile": ["login": "ada"]]]
        let columns = try noticed(items, options(.csv, ["id", "profile.logn", "lastLogin"]), model: "User")
        #expect(columns.notices == "okta: no result has the field profile.logn\n")
        var conditions = options(.csv)
        conditions.conditions = ["profile.town=Oslo", "profile.city!=Oslo", "profile.shoe:missing"]
        #expect(
            try noticed(items, conditions, model: "User").notices.contains("no result has the field profile.town\n"))
        #expect(try !noticed(items, conditions, model: "User").notices.contains("shoe"))
        #expect(try noticed([], options(.csv, ["nope"])).notices.isEmpty)
        #expect(try noticed(items, options(.json, ["id"])).notices.contains("--columns chooses the columns of tables"))
    }

    @Test("Query: one that selects nothing is reported")
    func emptyQuery() throws {
        let items: [JSON] = [["id": "1"], ["id": "2"]]
        #expect(
            try noticed(items, options(.json, query: "$[0].id")).notices.contains("applied to each result by itself"))
        #expect(try noticed(items, options(.json, query: "$.id")).notices.isEmpty)
        #expect(try noticed([], options(.json, query: "$.id")).notices.isEmpty)
    }

    @Test("YAML: block style, and quotes for words with another meaning")
    func yaml() throws {
        let item =
            #"{"id":"00u1","n":1e3,"b":true,"z":null,"t":"true","d":"2026-01-01","e":"","l":[1,"a b"],"o":{},"m":{"x y":"é\n"}}"#
        #expect(
            try shown(item, options: options(.yaml)) == """
                - id: "00u1"
                  "n": 1e3
                  b: true
                  z: null
                  t: "true"
                  d: "2026-01-01"
                  e: ""
                  l:
                  - 1
                  - a b
                  o: {}
                  m:
                    x y: "é\\n"

                """)
        #expect(try shown(options: options(.yaml)) == "[]\n")
        #expect(try shown("5", options: options(.yaml), isList: false) == "5\n")
    }

    @Test("Table: columns of the model, widths of the first items, and nothing beyond the width")
    func table() throws {
        let ada = #"{"id":"00u1","status":"ACTIVE","created":"2026-01-01","profile":{"login":"ada@example.com"}}"#
        let text = try shown(ada, options: options(.table, ["id", "profile.login", "status"]))
        #expect(
            text == """
                id    profile.login    status
                00u1  ada@example.com  ACTIVE

                """)
        let chosen = try shown(ada, options: options(.table), model: "User").split(separator: "\n")[0]
        #expect(
            chosen.split(separator: " ").map(String.init)
                == ["id", "profile.login", "profile.firstName", "profile.lastName", "status", "created", "lastUpdated"])
    }

    @Test("Table: a single object is a list of its fields")
    func fields() throws {
        let text = try shown(
            #"{"id":"1","profile":{"name":"A","tags":["x","y"]},"list":[{"a":1}],"_links":{"self":{}}}"#,
            options: options(.table), isList: false)
        #expect(
            text == """
                id            1
                profile.name  A
                profile.tags  x, y
                list.0.a      1

                """)
    }

    @Test("Table: a single response that is a list has rows")
    func listInOneResponse() throws {
        let text = try shown(#"[{"id":"1"},{"id":"2"}]"#, options: options(.table), isList: false)
        #expect(text == "id\n1\n2\n")
    }

    @Test(
        "Terminal: no control character of a response reaches the terminal, in any format",
        arguments: OutputFormat.allCases)
    func controlCharacters(_ format: OutputFormat) throws {
        let item = "{\"id\":\"a\\u001b[31m\u{9B}0m\u{7F}\u{202E}\\r\\nb\",\"\u{9B}x\":1}"
        let text = try shown(item, options: options(format), isTerminal: true)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\r" || !TerminalText.isHarmful($0) })
        #expect(!text.contains("\u{1B}") && !text.contains("\r\u{1B}"))
        if format == .json { #expect(try JSON(parsing: text)[0] == JSON(parsing: item)) }
        if format == .ndjson { #expect(try JSON(parsing: text) == JSON(parsing: item)) }
    }

    @Test("Query: a pointer, a path, and conditions that must all be true")
    func query() throws {
        let items = [#"{"a":{"b":1},"s":"X"}"#, #"{"a":{"b":2},"s":"Y"}"#, #"{"a":{},"s":"Y"}"#]
        var chosen = options(.ndjson, query: "/a/b")
        #expect(try shown(items[0], items[1], items[2], options: chosen) == "1\n2\n")
        chosen.query = "$.a.*"
        chosen.conditions = ["s=Y", "a.b:exists"]
        #expect(try shown(items[0], items[1], items[2], options: chosen) == "2\n")
        #expect(try shown(items[0], options: options(.json, query: "$..b"), isList: false) == "[1]\n")
        #expect(try shown(items[0], options: options(.json, query: "$.a.b"), isList: false) == "1\n")
        #expect(try shown(items[0], options: options(.json, query: "/none"), isList: false) == "")
        #expect(throws: CommandFailure.self) { try shown(options: options(.json, query: "a.b")) }
    }

    @Test("Secrets: are hidden on a terminal, and shown in a pipe and on demand")
    func secrets() throws {
        let item = #"{"client_id":"c","client_secret":"s3cret","credentials":{"password":{"value":"p"}}}"#
        #expect(try shown(item, options: options(.ndjson), isTerminal: true).contains("s3cret") == false)
        #expect(try shown(item, options: options(.ndjson)).contains("s3cret"))
        var open = options(.ndjson)
        open.showsSecrets = true
        #expect(try shown(item, options: open, isTerminal: true).contains("s3cret"))
        #expect(
            try shown(item, options: options(.json, query: "/client_secret"), isList: false, isTerminal: true)
                == "\"********\"\n")
    }
}
