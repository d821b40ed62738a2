import OktaRuntime
import Testing

@Suite("JSON: strict access")
struct JSONTypeMismatchTests {
    private func document() throws -> JSON {
        try JSON(
            parsing: #"""
                {"profile":{"login":"a@b.c","age":"7","cost center":1},"tags":["x",1],"list":[{"id":"1"},{"id":null}],
                 "numbers":{"a":1,"b":2.5},"null":null,"0":"zero","grid":[[1,2],[3,"four"]]}
                """#)
    }

    @Test("Type mismatch: a value of the type is returned") func valueOfTypeIsReturned() throws {
        let json = try document()
        let login: String = try json.require("profile", "login")
        #expect(login == "a@b.c")
        #expect(try json.require("list", "0", "id", as: String.self) == "1")
        #expect(try json.require("grid", "1", "0", as: Int.self) == 3)
        #expect(try json.require("grid", "0", as: [Int].self) == [1, 2])
        #expect(try json.require("numbers", as: [String: Double].self) == ["a": 1, "b": 2.5])
        #expect(try json.require("list", as: [SampleUser].self).count == 2)
        #expect(try json.require("profile", as: SampleProfile.self).login == "a@b.c")
        #expect(try json.require("0", as: String.self) == "zero")
        #expect(try json.require("null", as: JSON.self) == .null)
        #expect(try json.require(as: JSON.self) == json)
        #expect(try JSON("x").require(as: SampleStatus.self) == SampleStatus(rawValue: "x"))
    }

    @Test(
        "Type mismatch: the error names the JSON path",
        arguments: [
            (["profile", "age"], "$.profile.age: expected integer, found string"),
            (["profile", "absent"], "$.profile.absent: expected integer, found nothing"),
            (["absent", "deeper"], "$.absent: expected integer, found nothing"),
            (["null"], "$.null: expected integer, found null"),
            (["null", "x"], "$.null.x: expected integer, found nothing"),
            (["profile"], "$.profile: expected integer, found object"),
            (["tags"], "$.tags: expected integer, found array"),
            (["tags", "7"], "$.tags[7]: expected integer, found nothing"),
            (["tags", "-1"], "$.tags[-1]: expected integer, found nothing"),
            (["tags", "x"], "$.tags.x: expected integer, found nothing"),
            (["numbers", "b"], "$.numbers.b: expected integer, found number"),
            (["profile", "cost center", "x"], #"$.profile["cost center"].x: expected integer, found nothing"#),
            (["list", "1", "id"], "$.list[1].id: expected integer, found null"),
            ([], "$: expected integer, found object"),
        ] as [([String], String)])
    func misfitNamesThePlace(path: [String], message: String) throws {
        let json = try document()
        let error = try #require(throws: JSON.TypeMismatch.self) {
            _ =
                switch path.count {
                case 0: try json.require(as: Int.self)
                case 1: try json.require(path[0], as: Int.self)
                case 2: try json.require(path[0], path[1], as: Int.self)
                default: try json.require(path[0], path[1], path[2], as: Int.self)
                }
        }
        #expect(error.description == message)
        #expect("\(error)" == message)
    }

    @Test("Type mismatch: nested values must match too") func nestedValuesMustMatchToo() throws {
        let json = try document()
        let tags = try #require(throws: JSON.TypeMismatch.self) { _ = try json.require("tags", as: [String].self) }
        #expect(
            tags == JSON.TypeMismatch(path: JSON.Path([.key("tags"), .index(1)]), expected: "string", found: .number))
        let numbers = try #require(throws: JSON.TypeMismatch.self) {
            _ = try json.require("numbers", as: [String: Int].self)
        }
        #expect(numbers.description == "$.numbers.b: expected integer, found number")
        let grid = try #require(throws: JSON.TypeMismatch.self) { _ = try json.require("grid", as: [[Int]].self) }
        #expect(grid.description == "$.grid[1][1]: expected integer, found string")
        let users = try #require(throws: JSON.TypeMismatch.self) { _ = try json.require("tags", as: [SampleUser].self) }
        #expect(users.description == "$.tags[0]: expected object, found string")
        let whole = try #require(throws: JSON.TypeMismatch.self) { _ = try json.require("profile", as: [String].self) }
        #expect(whole.description == "$.profile: expected array of string, found object")
        let object = try #require(throws: JSON.TypeMismatch.self) {
            _ = try json.require("tags", as: [String: [Int]].self)
        }
        #expect(object.description == "$.tags: expected object of array of integer, found array")
    }

    @Test("Type mismatch: values never reach the message") func valuesNeverReachTheMessage() throws {
        let error = try #require(throws: JSON.TypeMismatch.self) {
            _ = try JSON(parsing: #"{"secret":"hunter2"}"#).require("secret", as: Bool.self)
        }
        #expect(error.description == "$.secret: expected boolean, found string")
        #expect(!String(reflecting: error).contains("hunter2"))
    }
}
