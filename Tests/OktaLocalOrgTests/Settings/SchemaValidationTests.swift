import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: values of custom attributes")
struct SchemaValidationTests {
    private let org = TestOrg()

    private func add(_ attributes: JSON, to path: String = "/api/v1/meta/schemas/user/default") -> TestOrg.Response {
        org("POST", path, ["definitions": ["custom": ["id": "#custom", "type": "object", "properties": attributes]]])
    }

    /// An attribute, a value that it accepts and one that it rejects.
    static let attributes: [(JSON, fits: JSON, misfits: JSON)] = [
        (["title": "A", "type": "string", "minLength": 2, "maxLength": 4], "abc", "abcde"),
        (["title": "A", "type": "string", "enum": ["a", "b"]], "a", "c"),
        (["title": "A", "type": "string", "oneOf": [["const": "a", "title": "A"]], "enum": ["a"]], "a", "b"),
        (["title": "A", "type": "string", "pattern": "[0-9]+"], "123", "12a"),
        (["title": "A", "type": "string", "format": "email"], "a@b.example", "nobody"),
        (["title": "A", "type": "integer", "minimum": 1, "maximum": 5], 3, 6),
        (["title": "A", "type": "integer"], 3, "3"), (["title": "A", "type": "number"], 1.5, "x"),
        (["title": "A", "type": "boolean"], true, "true"),
        (["title": "A", "type": "array", "items": ["type": "string", "enum": ["a", "b"]]], ["a"], ["c"]),
        (["title": "A", "type": "array", "items": ["type": "integer"]], [1, 2], ["x"]),
    ]

    @Test("Logins: are email addresses unless the schema has a pattern")
    func checksLogins() {
        let org = TestOrg()
        let create = { (login: JSON) in
            org(
                "POST", "/api/v1/users",
                ["profile": ["login": login, "email": "a@example.com", "firstName": "A", "lastName": "B"]])
        }
        let refused = create("adalovelace")
        #expect(refused.status == 400 && refused.json.text("errorSummary") == "Api validation failed: login")
        #expect(refused.causes == ["login: Username must be in the form of an email address"])
        let pattern = { (text: JSON) -> JSON in
            ["definitions": ["base": ["id": "#base", "type": "object", "properties": ["login": ["pattern": text]]]]]
        }
        org("POST", "/api/v1/meta/schemas/user/default", pattern("[a-z]+"))
        #expect(create("adalovelace").status == 200 && create("ada@example.com").status == 400)
        org("POST", "/api/v1/meta/schemas/user/default", pattern(".+"))
        #expect(create("Ada Lovelace 1").status == 200)
    }

    @Test("User types: one with users, and the default one, cannot be deleted")
    func keepsTypes() {
        let org = TestOrg()
        let type = org("POST", "/api/v1/meta/types/user", ["name": "guest", "displayName": "Guest"]).id
        let user = org(
            "POST", "/api/v1/users",
            [
                "profile": ["login": "g@example.com", "email": "g@example.com", "firstName": "G", "lastName": "G"],
                "type": ["id": JSON(type)],
            ]
        ).id
        let path = "/api/v1/meta/types/user/\(type)"
        let refused = org("DELETE", path)
        #expect(refused.status == 403 && refused.errorCode == "E0000142")
        for _ in 0..<2 { org("DELETE", "/api/v1/users/\(user)") }
        #expect(org("DELETE", path).status == 204 && org("GET", path).status == 404)
        let own = org("GET", "/api/v1/meta/types/user").json[0]?.text("id") ?? ""
        #expect(org("DELETE", "/api/v1/meta/types/user/\(own)").status == 403)
    }

    @Test(
        "Attributes: valid values are stored, and errors name the attribute",
        arguments: attributes.indices)
    func checksUsers(_ index: Int) {
        let (attribute, fits, misfits) = Self.attributes[index]
        #expect(add(["badge": attribute]).status == 200)
        #expect(org.user("a1", more: ["badge": fits]).status == 200, "\(attribute)")
        let refused = org.user("a2", more: ["badge": misfits])
        #expect(refused.status == 400 && refused.errorCode == "E0000001", "\(attribute)")
        #expect(refused.causes.first?.hasPrefix("badge: ") == true)
    }

    @Test("Attributes: required ones must be present, and unique ones belong to one user")
    func checksRequired() {
        _ = add([
            "badge": ["title": "A", "type": "string", "required": true, "unique": true]
        ])
        #expect(org.user("a1").causes == ["badge: The field cannot be left blank"])
        let id = org.user("a1", more: ["badge": "1"]).id
        #expect(
            org.user("a2", more: ["badge": "1"]).causes.first?.hasPrefix("badge: An object with this field") == true)
        #expect(org("POST", "/api/v1/users/\(id)", ["profile": ["badge": "1"]]).status == 200)
        #expect(org("POST", "/api/v1/users/\(id)", ["profile": ["badge": .null]]).status == 400)
    }

    @Test("Attributes: groups and app users are validated by their own schemas")
    func checksOthers() {
        _ = add(["level": ["title": "L", "type": "integer"]], to: "/api/v1/meta/schemas/group/default")
        #expect(org("POST", "/api/v1/groups", ["profile": ["name": "A", "level": "x"]]).status == 400)
        #expect(org("POST", "/api/v1/groups", ["profile": ["name": "A", "level": 1]]).status == 200)
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "bookmark", "label": "B", "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://a.example"]],
            ]
        ).id
        _ = add(["level": ["title": "L", "type": "integer"]], to: "/api/v1/meta/schemas/apps/\(app)/default")
        let user = JSON(org.user("ada").id)
        #expect(org("POST", "/api/v1/apps/\(app)/users", ["id": user, "profile": ["level": "x"]]).status == 400)
        #expect(org("POST", "/api/v1/apps/\(app)/users", ["id": user, "profile": ["level": 1]]).status == 200)
    }

    @Test(
        "Attributes: invalid definitions are rejected",
        arguments: [
            ["type": "object"], ["title": "no type"], ["type": "string", "minLength": 5, "maxLength": 2],
            ["type": "string", "enum": ["a"], "oneOf": []],
        ] as [JSON])
    func refusesDefinition(_ attribute: JSON) {
        let response = add(["badge": attribute])
        #expect(response.status == 400 && response.causes.first?.hasPrefix("badge: ") == true)
    }

    @Test("Attributes: types are fixed, and lengths of base attributes are limited")
    func keepsType() {
        _ = add(["badge": ["title": "A", "type": "string"]])
        #expect(add(["badge": ["title": "A", "type": "integer"]]).status == 400)
        #expect(add(["badge": ["title": "B", "type": "string"]]).status == 200)
        #expect(org.user("a1", more: ["firstName": JSON(String(repeating: "a", count: 51))]).status == 400)
    }
}
