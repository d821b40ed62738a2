import OktaRuntime
import Testing

@Suite struct ProfileSchemaTests {
    private struct Profile: OpenModel {
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

    @Test func attributesAreReadInOrder() throws {
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

    @Test func aProfileThatFitsHasNoIssues() throws {
        let text =
            #"{"login":"ada.l","badge":7,"color":"red","teams":["a","b"],"isHere":false,"later":[1],"nickName":null}"#
        #expect(Profile(json: try JSON(parsing: text)).issues(against: try schema()).isEmpty)
    }

    @Test func eachMisfitIsNamedWithoutItsValue() throws {
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

    @Test(arguments: ["{}", "[]", "null", #"{"definitions":7}"#, #"{"definitions":{"base":{"properties":[]}}}"#])
    func whatIsNoSchemaHasNoAttributes(text: String) throws {
        #expect(ProfileSchema(json: try JSON(parsing: text)).attributes.isEmpty)
    }
}
