import OktaCommand
import OktaRuntime
import Testing

@Suite struct ArgumentTests {
    private func action(_ category: String, _ name: String) throws -> CommandAction {
        try CommandCatalog.all.category(category).action(name)
    }

    private func values(_ category: String, _ name: String, _ arguments: [String]) throws -> [String: String] {
        let action = try action(category, name)
        let split = try ArgumentSplit(arguments, of: action, optionsWithValue: ["--format", "--set"])
        return try ParameterValues(split, of: action).values
    }

    @Test("Arguments: parameters have two spellings, with = or a space") func bothSpellings() throws {
        let expected = ["sortBy": "id", "limit": "5", "search": "a b"]
        #expect(try values("user", "list-users", ["--sort-by", "id", "--limit=5", "--search", "a b"]) == expected)
        #expect(try values("user", "list-users", ["--sortBy=id", "--limit", "5", "--search=a b"]) == expected)
    }

    @Test("Arguments: a value is never read as an option") func valuesAreKept() throws {
        let action = try action("user", "list-users")
        let split = try ArgumentSplit(
            ["--search", "--format", "--format", "json", "--q", "-1"], of: action, optionsWithValue: ["--format"])
        #expect(split.values["search"] == ["--format"])
        #expect(split.values["q"] == ["-1"])
        #expect(split.options == ["--format", "json"])
        let short = try ArgumentSplit(["-o", "csv", "-y", "me"], of: action, optionsWithValue: ["-o"])
        #expect(short.options == ["-o", "csv", "-y"] && short.positionals == ["me"])
    }

    @Test("Arguments: values without a name belong to the path") func positionals() throws {
        let given = try values("group", "add-user-to-group", ["00g1", "00u1"])
        #expect(given.values.sorted() == ["00g1", "00u1"])
        #expect(try values("user", "get-user", ["--", "--odd"]) == ["id": "--odd"])
        let extra = try #require(throws: CommandFailure.self) { try values("user", "get-user", ["a", "b"]) }
        #expect(extra.message.contains("does not take 'b'"))
    }

    @Test("Arguments: a flag without a value is true") func flags() throws {
        #expect(
            try values("user", "create-user", ["--activate", "--provider", "false"])
                == ["activate": "true", "provider": "false"])
    }

    @Test(
        "Arguments: the error for an invalid value names the option",
        arguments: [
            ("list-users", ["--limit", "many"], "--limit takes a whole number"),
            ("list-users", ["--limit", "1", "--limit", "2"], "--limit is given 2 times"),
            ("create-user", ["--activate=maybe"], "--activate takes true or false"),
            ("list-users", ["--limit"], "--limit needs a value"),
            ("get-user", [""], "--id is empty"), ("get-user", ["."], "--id is '.', which names no object"),
            ("delete-user", ["--id=.."], "--id is '..', which names no object"),
        ])
    func wrongValues(_ name: String, _ arguments: [String], _ message: String) throws {
        let failure = try #require(throws: CommandFailure.self) { try values("user", name, arguments) }
        #expect(failure.exitCode == .usage)
        #expect(failure.message.contains(message))
    }
}

@Suite struct FieldAssignmentTests {
    private func body(_ texts: [String], model: String? = "CreateUserRequest", from start: JSON = .emptyObject) throws
        -> JSON
    {
        var json = start
        let types = FieldTypes(CatalogModule.management.schema)
        for text in texts { try FieldAssignment(text).apply(to: &json, model: model, types: types) }
        return json
    }

    @Test("Field assignments: a field may have 256 levels") func levels() throws {
        let path = Array(repeating: "a", count: 255).joined(separator: ".")
        #expect(try body(["\(path).b=1"]).text.contains("\"b\""))
        let failure = #expect(throws: CommandFailure.self) { try body(["\(path).a.b=1"]) }
        #expect(failure?.message == "a field has 257 levels")
        #expect(throws: CommandFailure.self) { try body([String(repeating: "a.", count: 50_000) + "b=1"]) }
    }

    @Test("Field assignments: the model determines the type") func theModelDecides() throws {
        #expect(
            try body(["profile.firstName=Ann", "profile.email=a=b"])
                == ["profile": ["firstName": "Ann", "email": "a=b"]])
        #expect(
            try body(["profile.firstName=12", "profile.lastName=true"])
                == ["profile": ["firstName": "12", "lastName": "true"]])
        #expect(try body(["groupIds=a,b"]) == ["groupIds": ["a", "b"]])
        #expect(try body(["groupIds=[\"a,b\"]"]) == ["groupIds": ["a,b"]])
        #expect(try body(["priority=7"], model: "Policy") == ["priority": 7])
    }

    @Test("Field assignments: null, JSON and unknown fields") func otherValues() throws {
        #expect(try body(["profile.manager=null"]) == ["profile": ["manager": nil]])
        #expect(try body(["profile.level:=3", "profile.code=007"]) == ["profile": ["level": 3, "code": "007"]])
        #expect(try body(["profile.on=true", "profile.list=[1]"]) == ["profile": ["on": true, "list": [1]]])
        #expect(try body([#"profile.a\.b=1"#]) == ["profile": ["a.b": "1"]])
    }

    @Test("Field assignments: other fields and elements are kept") func othersStay() throws {
        let start: JSON = ["profile": ["city": "Oslo", "tags": ["a", "b"]], "x": 1]
        #expect(
            try body(["profile.tags.1=c", "profile.tags.2=d"], from: start)
                == ["profile": ["city": "Oslo", "tags": ["a", "c", "d"]], "x": 1])
    }

    @Test(
        "Field assignments: errors name the mistake",
        arguments: [
            ("profile", "has no ="), ("=1", "names no field"), ("a..b=1", "names no field"),
            ("priority=high", "takes a whole number"), ("x:=nope", "is not JSON"),
        ])
    func mistakes(_ text: String, _ message: String) throws {
        let failure = try #require(throws: CommandFailure.self) { try body([text], model: "Policy") }
        #expect(failure.message.contains(message))
    }
}
