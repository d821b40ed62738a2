import Foundation
import Okta
import OktaSamples
import OktaTestSupport
import Testing

/// Models as a program uses them: created, read by ID, and partially cleared.
@Suite("Models: use") struct ModelUseTests {
    // MARK: Initializers

    @Test("Models: one expression creates a request")
    func requests() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "{}")
        try await okta.user.createUser(
            CreateUserRequest(
                profile: UserProfile(email: "ada@example.com", firstName: "Ada", login: "ada@example.com"),
                groupIds: ["00g1"]),
            activate: false)
        #expect(
            transport.lastBody
                == #"{"profile":{"email":"ada@example.com","firstName":"Ada","login":"ada@example.com"},"#
                + #""groupIds":["00g1"]}"#)
        #expect(UserProfile().json.text == "{}")
        #expect(UpdateUserRequest().json.text == "{}")
    }

    // MARK: Identifiers

    @Test("Models: the ID of a returned model is a string, empty if it is missing")
    func identifiers() async throws {
        let (okta, transport) = try OktaClient.recording(returning: #"[{"id":"00u1"},{"id":null,"status":"ACTIVE"}]"#)
        let users = try await okta.user.listUsers().collect()
        let ids: [String] = users.map(\.id)
        #expect(ids == ["00u1", ""])
        #expect(users[1].json.text == #"{"id":null,"status":"ACTIVE"}"#)
        // An empty ID must not address another resource.
        let before = transport.requests.count
        await #expect(throws: OktaError.self) { try await okta.user.getUser(users[1].id) }
        #expect(transport.requests.count == before)
        func identity<Value: Identifiable>(_ value: Value) -> Value.ID { value.id }
        let identities: [String] = [identity(users[0]), identity(OpenIdConnectApplication(json: ["id": "0oa1"]))]
        #expect(identities == ["00u1", "0oa1"])
        let optional: String? = LogActor(json: [:]).id
        #expect(optional == nil)
    }

    @Test("Models: the ID of each returned model is not optional")
    func returnedModelsHaveIdentifiers() {
        let returned = Set(
            ActionRegistry.okta.actions.compactMap { $0.returns?.trimmingCharacters(in: ["[", "]"]) })
        var optional: [String] = []
        for reader in ModelReader.okta where returned.contains(reader.name) && reader.fields.contains("id") {
            if !reader.hasID { optional.append(reader.name) }
        }
        // The targets of a role are app types, without an ID, or app instances, with an ID.
        #expect(optional == ["CatalogApplication"])
    }

    // MARK: Clearing

    @Test("Models: a partial update sends null for properties set to nil")
    func partialUpdate() async throws {
        let text =
            #"{"id":"00u1","profile":{"login":"a@b.c","mobilePhone":"+1 555","secondEmail":null,"badge":"4711"}}"#
        let (okta, transport) = try OktaClient.recording(returning: text)
        var profile = try #require(try await okta.user.getUser("00u1").profile)
        profile.mobilePhone = nil
        profile.secondEmail = nil
        profile.nickName = nil
        profile["badge"] = nil
        try await okta.user.partialUpdateUser("00u1", with: UpdateUserRequest(profile: profile))
        #expect(
            transport.lastBody
                == #"{"profile":{"login":"a@b.c","mobilePhone":null,"secondEmail":null,"badge":null}}"#)

        // The program does not read the user first.
        try await okta.user.partialUpdateUser(
            "00u1", with: .with { $0.profile = .with { $0.setNull(\.mobilePhone) } })
        #expect(transport.lastBody == #"{"profile":{"mobilePhone":null}}"#)
        try await okta.user.partialUpdateUser(
            "00u1", with: .with { $0.profile = .with { $0.mobilePhone = nil } })
        #expect(transport.lastBody == #"{"profile":{}}"#)
    }

    @Test("Models: a replacement sends null for cleared properties and can omit properties")
    func replacement() async throws {
        let text = #"{"id":"00u1","profile":{ "login":"a@b.c","mobilePhone":"+1 555" },"realmId":"guo1"}"#
        let (okta, transport) = try OktaClient.recording(returning: text)
        let user = try await okta.user.getUser("00u1")
        var body = UpdateUserRequest(json: user.json)
        body.profile?.mobilePhone = nil
        body.omit(\.realmId)
        try await okta.user.updateUser(user.id, with: body)
        #expect(transport.lastBody == #"{"id":"00u1","profile":{"login":"a@b.c","mobilePhone":null}}"#)
    }

    @Test("Models: writing through a missing value destroys nothing")
    func writesThroughNothing() throws {
        for text in [#"{ "profile":null }"#, #"{ "profile":[ 1 ] }"#, "{ }"] {
            var user = User(json: try JSON(parsing: text))
            user.profile?.firstName = "A"
            user.profile?["badge"] = "x"
            user.type?.id = "oty1"
            #expect(user.json.text == text)
        }
    }

    // MARK: Custom attributes

    @Test("Models: profiles provide custom attributes by name")
    func customAttributes() {
        func set<Profile: OpenModel>(_ type: Profile.Type) -> String {
            Profile.with { $0["badge"] = "x" }.json.text
        }
        #expect(set(UserProfile.self) == #"{"badge":"x"}"#)
        #expect(set(GroupProfile.self) == #"{"badge":"x"}"#)
        #expect(set(OktaUserGroupProfile.self) == #"{"badge":"x"}"#)
        #expect(set(AppUserProfile.self) == #"{"badge":"x"}"#)
        #expect(set(GroupAssignmentProfile.self) == #"{"badge":"x"}"#)
        #expect(GroupProfile.with { $0["badge"] = "x" }.issues(in: .okta) == [])
    }
}
