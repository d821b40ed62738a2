import Okta
import Testing

@Suite struct OpenProfileTests {
    /// Reads and writes a member that has no property.
    private func takesOwnNames<Profile: OpenModel>(_: Profile.Type) -> Bool {
        var profile = Profile()
        profile["deskNumber"] = 7
        return profile["deskNumber"]?.int == 7 && profile.json["deskNumber"]?.int == 7
            && ModelSchema.okta.issues(in: profile.json, as: "\(Profile.self)").isEmpty
    }

    @Test("Profiles: extensible profiles read and write custom attributes")
    func openModels() {
        #expect(takesOwnNames(UserProfile.self))
        #expect(takesOwnNames(GroupProfile.self))
        #expect(takesOwnNames(OktaUserGroupProfile.self))
        #expect(takesOwnNames(OktaActiveDirectoryGroupProfile.self))
        #expect(takesOwnNames(AppUserProfile.self))
        #expect(takesOwnNames(GroupAssignmentProfile.self))
        #expect(takesOwnNames(SmsTemplateTranslations.self))
        #expect(takesOwnNames(UserSchemaBaseProperties.self))
    }

    @Test("Profiles: a group's custom attribute is sent with the typed ones")
    func groupProfileIsSent() async throws {
        let (okta, transport) = try OktaClient.recording(
            returning: #"{"id":"00g1","profile":{"name":"Deployers","costCenter":7}}"#)
        var profile = OktaUserGroupProfile(name: "Deployers")
        profile["costCenter"] = 7
        let group = try await okta.group.createGroup(.with { $0.profile = profile })
        let body = try #require(transport.requests.first?.body)
        #expect(try JSON(parsing: body) == ["profile": ["name": "Deployers", "costCenter": 7]])
        #expect(group.profile?["costCenter"]?.int == 7)
    }

    @Test("Profile mappings: rules are found by attribute, and a rule from null is sent as null")
    func profileMapping() async throws {
        let text = #"{"id":"prm1","properties":{"badge":{"expression":"user.badge","pushStatus":"PUSH"}}}"#
        let (okta, transport) = try OktaClient.recording(returning: text)
        let rules = ["desk": ProfileMappingProperty(json: .null)]
        let mapping = try await okta.profileMapping.updateProfileMapping("prm1", with: .init(properties: rules))
        #expect(mapping.properties?["badge"]?.pushStatus == .push)
        let body = try #require(transport.requests.first?.body)
        #expect(try JSON(parsing: body) == ["properties": ["desk": nil]])
    }

    @Test("User schema: every returned type reads uniqueness and allowed values")
    func schemaValues() throws {
        let text = """
            {"definitions":{"custom":{"properties":{"rate":{"type":"number","unique":"UNIQUE_VALIDATED",
            "enum":[0.25,0.5],"oneOf":[{"const":0.25,"title":"a quarter"}]}}}}}
            """
        let schema = UserSchema(json: try JSON(parsing: text))
        let rate = try #require(schema.definitions?.custom?.properties?["rate"])
        #expect(rate.unique?.string == "UNIQUE_VALIDATED")
        #expect(rate.oneOf?.first?.const?.double == 0.25)
        #expect(rate.enum?.compactMap(\.double) == [0.25, 0.5])
        let profile = ProfileSchema(schema)
        #expect(profile["rate"]?.isUnique == true)
        let users = [UserProfile(json: ["rate": 0.25]), UserProfile(json: ["rate": 0.25])]
        #expect(
            users.issues(against: profile).map(\.description) == [
                "$[1].rate: the same value as $[0].rate, but it must be unique"
            ])
    }
}
