import HTTPTypes
import Okta
import Testing

@Suite struct OktaRegistryTests {
    /// Rows whose listed name does not match their path keep that name as an alias.
    @Test(
        "Action registry: mislabeled actions are found by their listed name",
        arguments: [
            ("Org", "Extend Okta Support", "/api/v1/org/privacy/oktaSupport/revoke"),
            (
                "Brand", "Get Preview Of Email Template Default Content",
                "/api/v1/brands/{brandId}/templates/email/{templateName}/test"
            ),
        ])
    func mislabeledRowsAreFoundUnderTheirListedName(_ category: String, _ name: String, _ path: String) {
        #expect(ActionRegistry.okta.actions(named: name, in: category).contains { $0.path == path })
    }

    @Test("Action registry: categories keep their listed spelling") func categoriesKeepTheirListedSpelling() {
        let categories = Set(ActionRegistry.okta.actions.map(\.category))
        #expect(categories.contains("Authorizationserver"))
        let found = ActionRegistry.okta.actions(named: "list authorization servers", in: "authorization server")
        #expect(found.first?.swiftName.hasPrefix("authorizationServer.") == true)
    }

    @Test("Action registry: functions have unique names") func functionsHaveTheirOwnNames() {
        let names = ActionRegistry.okta.actions.map(\.swiftName)
        #expect(Set(names).count == names.count)
    }

    @Test("Action registry: operations are found by path") func operationsAreFoundByPath() {
        #expect(ActionRegistry.okta.action(method: .get, path: "/api/v1/users/00u1")?.swiftName == "user.getUser")
        #expect(ActionRegistry.okta.action(method: .get, path: "/api/v1/nowhere") == nil)
    }
}
