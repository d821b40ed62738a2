import OktaRuntime
import Testing

@Suite struct ProfileSchemaTests {
    private struct Profile: OpenModel, Equatable {
        var json: JSON
    }

    private func schema() throws -> ProfileSchema {
        let text = """
            {"id": "https://example.okta.com/meta/schemas/user/oscexample", "definitions": {
              "base": {"properties": {
                "login": {"title": "Username", "type": "string", "minLength": 5, "maxLength": 10},
                "nickName": {"title": "Nickname", "type": "string", "mutability": "READ_ONLY"}},
                "required": ["login"]},
              "custom": {"properties": {
                "badge": {"title": "Badge", "type": "integer"},
                "color": {"type": "string", "enum": ["red", "blue"]},
                "teams": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
                "isHere": {"type": "boolean", "required": true},
                "later": {"type": "a type of tomorrow"},
                "login": {"type": "boolean"}}}}}
            """
        return ProfileSchema(json: try JSON(parsing: text))
    }

    @Test("Profile schema: attributes are read in order") func attributesAreReadInOrder() throws {
        let schema = try schema()
        #expect(
            schema.attributes.map(\.name) == ["login", "nickName", "badge", "color", "teams", "isHere", "later"])
        #expect(schema.customAttributes.map(\.name) == ["badge", "color", "teams", "isHere", "later"])
        let login = try #require(schema["login"])
        #expect(login.isRequired && !login.isCustom && login.title == "Username" && login.type == "string")
        #expect(schema["nickName"]?.isReadOnly == true)
        #expect(schema["teams"]?.elementType == "string")
        #expect(schema["isHere"]?.isRequired == true)
        #expect(schema["nobody"] == nil)
    }

    @Test("Profile schema: a valid profile has no issues") func validProfileHasNoIssues() throws {
        let text =
            #"{"login":"ada.l","badge":7,"color":"red","teams":["a","b"],"isHere":false,"later":[1],"nickName":null}"#
        #expect(Profile(json: try JSON(parsing: text)).issues(against: try schema()).isEmpty)
    }

    @Test("Profile schema: each issue is named without its value") func eachMisfitIsNamedWithoutItsValue() throws {
        let text = #"{"login":"ada","badge":"7","color":"green","teams":["a",1,"c"],"isHere":null,"shoe":44}"#
        let issues = Profile(json: try JSON(parsing: text)).issues(against: try schema()).map(\.description)
        #expect(
            issues == [
                "$.login: out of range, 5 to 10 characters", "$.badge: expected integer, found string",
                "$.color: a value that color does not list", "$.teams[1]: expected string, found number",
                "$.teams[2]: a value that teams does not list", "$.isHere: null", "$.shoe: not in the catalog",
            ])
        #expect(
            Profile(json: [:]).issues(against: try schema()).map(\.description) == [
                "$.login: missing", "$.isHere: missing",
            ])
    }

    @Test(
        "Profile schema: another value has no attributes",
        arguments: ["{}", "[]", "null", #"{"definitions":7}"#, #"{"definitions":{"base":{"properties":[]}}}"#])
    func anotherValueHasNoAttributes(text: String) throws {
        #expect(ProfileSchema(json: try JSON(parsing: text)).attributes.isEmpty)
    }

    /// An attribute's definition as returned by orgs, and profiles with its values.
    private func schema(of attribute: String) throws -> ProfileSchema {
        ProfileSchema(json: try JSON(parsing: #"{"definitions":{"custom":{"properties":{"badge":\#(attribute)}}}}"#))
    }

    @Test(
        "Profile schema: uniqueness is read in the form that is sent and in the form that comes back",
        arguments: [
            (#"{"type":"string","unique":true}"#, true), (#"{"type":"string","unique":"UNIQUE_VALIDATED"}"#, true),
            (#"{"type":"string","unique":"PENDING_UNIQUENESS"}"#, false), (#"{"type":"string","unique":false}"#, false),
            (#"{"type":"string","unique":"NOT_UNIQUE"}"#, false), (#"{"type":"string","unique":null}"#, false),
            (#"{"type":"string"}"#, false), (#"{"type":"string","unique":1}"#, false),
        ])
    func uniqueness(attribute: String, isUnique: Bool) throws {
        #expect(try schema(of: attribute)["badge"]?.isUnique == isUnique)
    }

    @Test("Profile check: a value that has to be unique and occurs again is named with both places")
    func repeatedUniqueValue() throws {
        let schema = try schema(of: #"{"type":"integer","unique":"UNIQUE_VALIDATED"}"#)
        let profiles = try [
            "{\"badge\":7}", "{}", "{\"badge\":null}", "{\"badge\":8}", "{\"badge\":7.0}", "{\"badge\":null}",
        ]
        .map { Profile(json: try JSON(parsing: $0)) }
        #expect(
            profiles.issues(against: schema).map(\.description) == [
                "$[4].badge: the same value as $[0].badge, but it must be unique"
            ])
        #expect(profiles.issues(against: try self.schema(of: #"{"type":"integer"}"#)).isEmpty)
    }

    @Test("Profile check: the issues of each of several profiles carry its position")
    func issuesOfSeveralProfiles() throws {
        let schema = try schema(of: #"{"type":"integer","required":true}"#)
        let profiles = try ["{}", "{\"badge\":\"7\"}"].map { Profile(json: try JSON(parsing: $0)) }
        #expect(
            profiles.issues(against: schema).map(\.description) == [
                "$[0].badge: missing", "$[1].badge: expected integer, found string",
            ])
    }

    @Test(
        "Profile check: allowed values are compared in the attribute's own type",
        arguments: [
            (#"{"type":"number","enum":[0.011,0.022]}"#, "1.1e-2", true),
            (#"{"type":"number","enum":[0.011,0.022]}"#, "0.012", false),
            (#"{"type":"integer","enum":[4,5]}"#, "4", true), (#"{"type":"integer","enum":[4,5]}"#, "6", false),
            (#"{"type":"boolean","enum":["true"]}"#, "true", true),
            (#"{"type":"boolean","enum":["true"]}"#, "false", false),
            (#"{"type":"object","enum":[{"value":"a"}]}"#, #"{"value":"a"}"#, true),
            (#"{"type":"object","enum":[{"value":"a"}]}"#, #"{"value":"b"}"#, false),
            (#"{"type":"array","items":{"type":"integer","enum":[1,2]}}"#, "[2,1]", true),
            (#"{"type":"array","items":{"type":"integer","enum":[1,2]}}"#, "[2,3]", false),
        ])
    func allowedValues(attribute: String, value: String, isAllowed: Bool) throws {
        let profile = Profile(json: try JSON(parsing: #"{"badge":\#(value)}"#))
        #expect(profile.issues(against: try schema(of: attribute)).isEmpty == isAllowed)
    }
}
