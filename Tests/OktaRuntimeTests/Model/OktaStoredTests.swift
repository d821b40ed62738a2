import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("OktaStored")
struct OktaStoredTests {
    private struct Page: Codable, Hashable {
        @OktaStored var users: [SampleUser]
        @OktaStored var byName: [String: SampleUser]
        var first: OktaStored<SampleUser>?
    }

    private let user = SampleUser(json: ["id": "00u1", "unknown": [1, nil], "profile": ["login": "a@example.com"]])

    @Test("OktaStored: models are kept with all members in a Codable type") func codableKeepsTheMeaning() throws {
        for first in [nil, OktaStored(SampleUser(json: ["status": "ACTIVE"]))] {
            let page = Page(users: [user, SampleUser()], byName: ["a": user], first: first)
            let data = try JSONEncoder().encode(page)
            #expect(try JSONDecoder().decode(Page.self, from: data) == page)
            let json = try JSON(parsing: Array(data))
            #expect(json["users"]?[0] == user.json)
            #expect(json["byName"]?["a"] == user.json)
            #expect(json["first"] == first?.wrappedValue.json)
        }
    }

    @Test("OktaStored: properties of the wrapped model are read and written") func propertiesAreReadAndWritten() {
        var page = Page(users: [user], byName: [:], first: OktaStored(user))
        page.users[0].id = "00u2"
        page.first?.wrappedValue.id = "00u3"
        #expect(page.users.map(\.id) == ["00u2"])
        #expect(page.first?.wrappedValue.id == "00u3")
    }

    @Test("OktaStored: equality and hash use the meaning") func equalityAndHashUseTheMeaning() {
        let other = SampleUser(json: ["profile": ["login": "a@example.com"], "unknown": [1.0, nil], "id": "00u1"])
        #expect(Set([OktaStored(user), OktaStored(other), OktaStored(SampleUser())]).count == 2)
        #expect(OktaStored(user) != OktaStored(SampleUser()))
    }

    @Test("OktaStored: a value without its type is an error", arguments: ["[]", "1", "\"x\"", "true", "null"])
    func aValueWithoutItsTypeIsAnError(text: String) throws {
        let data = Data("{\"user\":\(text)}".utf8)
        let error = try #require(throws: DecodingError.self) {
            _ = try JSONDecoder().decode([String: OktaStored<SampleUser>].self, from: data)
        }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["user"])
        #expect(context.debugDescription.hasPrefix("$: expected object, found "))
    }

    @Test("OktaStored: every element of a list has its type") func everyElementHasItsType() throws {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(OktaStored<[SampleUser]>.self, from: Data("[{}, 1]".utf8))
        }
    }

    @Test("OktaStored: printing shows no more than printing the model does") func printingShowsNoValues() {
        let stored = OktaStored(user)
        #expect("\(stored)" == "\(user)")
        #expect(String(reflecting: stored) == String(reflecting: user))
        #expect(!"\(stored)".contains("example.com"))
    }
}
