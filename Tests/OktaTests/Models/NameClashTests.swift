import Okta
import Testing

/// Types of the program, or of a framework such as SwiftUI, with the same names as models.
private struct Group<Content> { var content: Content }
private enum Application { case terminate }
private class User {}
private struct JSON {}

/// The solutions from the README for name clashes: the module name as a prefix, or an alias.
private typealias OktaUser = Okta.User
private typealias OktaGroup = Okta.Group

@Suite("Models: names that clash") struct NameClashTests {
    @Test("Models: the module name distinguishes them from the program's types")
    func qualifiedNames() {
        let user = Okta.User(json: ["id": "00u1"])
        let group: Okta.Group = .with { $0.profile = .init(OktaUserGroupProfile(name: "Staff")) }
        let app = Okta.Application.bookmark(.init(label: "Docs", settings: .init()))
        let json: Okta.JSON = ["id": "00u1"]
        #expect(OktaUser(json: json) == user)
        #expect(OktaGroup(json: group.json) == group)
        #expect(app.label == "Docs")
        _ = (Group(content: 1), Application.terminate, User(), JSON())
    }
}
