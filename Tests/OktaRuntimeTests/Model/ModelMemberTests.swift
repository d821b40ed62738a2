import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Setting members of a model to null or omitting them, by their properties.
@Suite("OktaModel: members")
struct ModelMemberTests {
    /// One key path for each type that a property can have.
    private static let properties: [(name: String, property: any Sendable & Property)] = [
        ("id", Named(\.id)), ("expires", Named(\.expires)), ("attempts", Named(\.attempts)), ("score", Named(\.score)),
        ("locked", Named(\.locked)), ("_links", Named(\.links)), ("status", Named(\.status)),
        ("profile", Named(\.profile)), ("groupIds", Named(\.groupIds)), ("managers", Named(\.managers)),
        ("limits", Named(\.limits)), ("photo", Named(\.photo)),
    ]

    @Test("OktaModel: setNull and omit find the member of a property of any type")
    func everyType() throws {
        for (name, property) in Self.properties {
            for value in ["null", "1", "1.5", "true", "\"2024-02-29\"", "[]", "[[7]]", "{}", "{\"a\":[1]}"] {
                let read = SampleUser(json: try JSON(parsing: "{\"before\":[ 1 ],\"\(name)\": \(value),\"after\":1.0}"))
                #expect(property.isNull(read) == (value == "null"))
                #expect(property.nulled(read).json.text == "{\"before\":[ 1 ],\"\(name)\":null,\"after\":1.0}")
                #expect(property.leftOut(read).json.text == #"{"before":[ 1 ],"after":1.0}"#)
            }
            let fresh = SampleUser(json: try JSON(parsing: #"{ "before":1}"#))
            #expect(!property.isNull(fresh))
            #expect(property.nulled(fresh).json.text == "{\"before\":1,\"\(name)\":null}")
            #expect(property.leftOut(fresh).json.text == #"{ "before":1}"#)
        }
    }

    @Test("OktaModel: isNull works for read-only members")
    func readOnlyProperties() throws {
        #expect(SampleUser(json: ["created": nil]).isNull(\.created))
        #expect(!SampleUser(json: ["created": "2024-02-29"]).isNull(\.created))
        #expect(!SampleUser().isNull(\.created))
    }

    @Test("OktaModel: members inside a member")
    func nestedMembers() throws {
        var user = SampleUser(json: try JSON(parsing: #"{"id":"00u1","profile":{ "login":"a", "firstName" : null }}"#))
        #expect(user.isNull(\.profile?.firstName))
        #expect(!user.isNull(\.profile?.login))
        user.profile?.setNull(\.login)
        #expect(user.json.text == #"{"id":"00u1","profile":{"login":null,"firstName":null}}"#)
        user.omit(\.profile!.firstName)
        #expect(user.json.text == #"{"id":"00u1","profile":{"login":null}}"#)

        var fresh = SampleUser()
        fresh.profile?.setNull(\.login)
        fresh.omit(\.profile!.login)
        #expect(fresh.json.text == "{}")
        #expect(!fresh.isNull(\.profile?.login))
        fresh.setNull(\.profile!.login)
        #expect(fresh.json.text == #"{"profile":{"login":null}}"#)
    }

    @Test("OktaModel: a partial update sends null for cleared members, and omits those that were never set")
    func partialUpdate() throws {
        let text = #"{"login":"a@b.c","mobilePhone":"+1 555", "badge":"4711","secondEmail":null,"firstName":"Ada"}"#
        var profile = SampleProfile(json: try JSON(parsing: text))
        profile.firstName = nil
        profile["badge"] = nil
        profile["department"] = nil
        #expect(
            profile.json.text == #"{"login":"a@b.c","mobilePhone":"+1 555","badge":null,"secondEmail":null,"#
                + #""firstName":null}"#)
        #expect(SampleProfile.with { $0.firstName = nil }.json.text == "{}")
    }
}

/// The operations on a property, independent of its type.
private protocol Property {
    func isNull(_ user: SampleUser) -> Bool
    func nulled(_ user: SampleUser) -> SampleUser
    func leftOut(_ user: SampleUser) -> SampleUser
}

private struct Named<Value>: Property, Sendable {
    let path: any WritableKeyPath<SampleUser, Value?> & Sendable

    init(_ path: any WritableKeyPath<SampleUser, Value?> & Sendable) { self.path = path }

    func isNull(_ user: SampleUser) -> Bool { user.isNull(path) }

    func nulled(_ user: SampleUser) -> SampleUser {
        var user = user
        user.setNull(path)
        return user
    }

    func leftOut(_ user: SampleUser) -> SampleUser {
        var user = user
        user.omit(path)
        return user
    }
}
