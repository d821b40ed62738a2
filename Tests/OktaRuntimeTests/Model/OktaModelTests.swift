import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("OktaModel")
struct OktaModelTests {
    private static let text = #"""
        { "id":"00u1", "status":"ACTIVE", "created":"2024-02-29T12:30:00Z","unknown" : [1.50, {"x":1}],
          "profile": {"login":"a@b.c","custom" : 1.0}, "attempts":5.0,"locked":false, "score":1.50 }
        """#

    private func user() throws -> SampleUser { SampleUser(json: try JSON(parsing: Self.text)) }

    @Test("Model: properties are read") func propertiesRead() throws {
        let user = try user()
        #expect(user.id == "00u1")
        #expect(user.status == .active)
        #expect(user.created == Date(timeIntervalSince1970: 1_709_209_800))
        #expect(user.profile?.login == "a@b.c")
        #expect(user.attempts == 5)
        #expect(user.locked == false)
        #expect(user.score == 1.5)
        #expect(user.groupIds == nil)
        #expect(user.json.text == Self.text)
    }

    @Test("Model: a nested write keeps everything else") func nestedWriteKeepsEverythingElse() throws {
        var user = try user()
        user.profile?.firstName = "A"
        user.attempts = nil
        #expect(
            user.json.text == #"{"id":"00u1","status":"ACTIVE","created":"2024-02-29T12:30:00Z","#
                + #""unknown":[1.50, {"x":1}],"profile":{"login":"a@b.c","custom":1.0,"firstName":"A"},"#
                + #""attempts":null,"locked":false,"score":1.50}"#)
    }

    @Test("Model: a nested write to a missing model does nothing") func nestedWriteIntoAnAbsentModelDoesNothing() throws
    {
        var user = try SampleUser(json: JSON(parsing: #"{ "id" : "00u1" }"#))
        user.profile?.firstName = "A"
        user.groupIds?.append("g")
        #expect(user.json.text == #"{ "id" : "00u1" }"#)
        user.profile = .with { $0.firstName = "A" }
        #expect(user.json.text == #"{"id":"00u1","profile":{"firstName":"A"}}"#)
    }

    @Test("OktaModel: a write through a nil property has no effect", arguments: ["null", "7", "[]", "\"x\""])
    func writeThroughNilPropertyHasNoEffect(profile: String) throws {
        // Swift reads nil, skips the write and assigns the nil back.
        let text = "{\"id\":\"00u1\",\"profile\": \(profile) }"
        var user = try SampleUser(json: JSON(parsing: text))
        user.profile?.firstName = "A"
        user.profile = nil
        #expect(user.json.text == text)
    }

    @Test("Model: with writes members in the order of assignment") func withWritesMembersInOrderOfAssignment() {
        let user = SampleUser.with {
            $0.status = .staged
            $0.profile = .with {
                $0.login = "a@b.c"
                $0["costCenter"] = 12
            }
            $0.groupIds = ["g1", "g2"]
            $0.locked = true
            $0.attempts = -3
            $0.score = 0.5
            $0.limits = ["b": [], "a": [1, 2]]
            $0.expires = Date(timeIntervalSince1970: 0)
            $0.managers = [.with { $0.id = "00u2" }]
        }
        #expect(
            user.json.text == #"{"status":"STAGED","profile":{"login":"a@b.c","costCenter":12},"#
                + #""groupIds":["g1","g2"],"locked":true,"attempts":-3,"score":0.5,"limits":{"a":[1,2],"b":[]},"#
                + #""expires":"1970-01-01T00:00:00.000Z","managers":[{"id":"00u2"}]}"#)
        #expect(SampleUser().json.text == "{}")
    }

    @Test("Model: with rethrows errors") func withRethrowsErrors() {
        struct Refused: Error {}
        #expect(throws: Refused.self) { try SampleUser.with { _ in throw Refused() } }
    }

    @Test(
        "Model: a value of another type reads as nil and is kept",
        arguments: [
            #"{"id":1,"status":{},"created":"today","profile":[],"attempts":1.5,"locked":"no","score":"x1","groupIds":"a"}"#,
            #"{"id":null,"status":null,"created":null,"profile":null}"#,
            #"{"attempts":null,"locked":null,"score":null,"groupIds":null}"#,
            #"{"id":["a"],"status":7,"created":2024,"profile":"p","attempts":"5x","locked":0,"score":false,"groupIds":{}}"#,
            "{}", "[]", "null", "7", "\"text\"", "[[\"id\",1]]",
        ])
    func valueOfAnotherTypeReadsAsNilAndIsKept(text: String) throws {
        let user = SampleUser(json: try JSON(parsing: text))
        #expect(user.id == nil)
        #expect(user.status == nil)
        #expect(user.created == nil)
        #expect(user.profile == nil)
        #expect(user.attempts == nil)
        #expect(user.locked == nil)
        #expect(user.score == nil)
        #expect(user.groupIds == nil)
        #expect(user.json.text == text)
    }

    @Test("OktaModel: quoted numbers and booleans are read, and written as received")
    func quotedScalarsAreReadAndKept() throws {
        let text = #"{ "attempts":"5", "locked":"true", "score":"1.50" }"#
        var user = SampleUser(json: try JSON(parsing: text))
        #expect(user.attempts == 5 && user.locked == true && user.score == 1.5)
        #expect(user.json.text == text)
        user.attempts = 6
        #expect(user.json.text == #"{"attempts":6,"locked":"true","score":"1.50"}"#)
    }

    @Test("Model: equality uses the meaning") func equalityUsesMeaning() throws {
        let user = try user()
        var other = SampleUser(json: try JSON(parsing: #"{"b":1,"a":[1.0]}"#))
        #expect(user != other)
        #expect(other == SampleUser(json: ["a": [1], "b": 1]))
        #expect([other, user] == [SampleUser(json: ["a": [1], "b": 1]), user])
        #expect(Optional(other) != nil)
        other.id = "x"
        #expect(other != SampleUser(json: ["a": [1], "b": 1]))
        other.id = nil
        #expect(other != SampleUser(json: ["a": [1], "b": 1]))
    }
}
