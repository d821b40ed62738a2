import Okta
import OktaLocalOrg
import Onboarding
import Testing

/// Every test starts a separate org on a free port, so that the tests can run in parallel.
@Suite struct OnboardingTests {
    @Test func newColleagueGetsAnAccountAndTheGroupOfTheDepartment() async throws {
        try await withOrg { org in
            let group = try await org.createGroup("Research")
            let user = try await Onboarding(org.client).onboard(
                firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", department: "Research")
            #expect(user.status == .staged)
            let members = try await org.client.group.listGroupMembers(group.id).collect()
            #expect(members.map(\.id) == [user.id])
        }
    }

    @Test func colleagueWhoHasAnAccountGetsNoSecondOne() async throws {
        try await withOrg { org in
            _ = try await org.createGroup("Research")
            let onboarding = Onboarding(org.client)
            let first = try await onboarding.onboard(
                firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", department: "Research")
            let second = try await onboarding.onboard(
                firstName: "Ada", lastName: "King", email: "ada@example.com", department: "Research")
            #expect(first.id == second.id)
            #expect(org.requests.count { $0.operation == "POST /api/v1/users" } == 1)
        }
    }

    @Test func departmentWithoutAGroupIsAProblem() async throws {
        try await withOrg { org in
            await #expect(throws: Onboarding.Problem.noGroup(department: "Alchemy")) {
                try await Onboarding(org.client).onboard(
                    firstName: "Isaac", lastName: "Newton", email: "isaac@example.com", department: "Alchemy")
            }
        }
    }

    @Test func requestThatTheOrgCannotTakeNowIsRepeated() async throws {
        try await withOrg { org in
            _ = try await org.createGroup("Research")
            org.engine.add(Fault(.readOnly, method: "POST", path: "/api/v1/users"))
            _ = try await Onboarding(org.client).onboard(
                firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", department: "Research")
            let creations = org.requests.filter { $0.method == "POST" && $0.path == "/api/v1/users" }
            #expect(creations.map(\.status) == [503, 200])
        }
    }

    /// Starts an org, and stops it after the test.
    private func withOrg(_ test: (LocalOrg) async throws -> Void) async throws {
        let org = try await LocalOrg.start()
        do {
            try await test(org)
        } catch {
            await org.stop()
            throw error
        }
        await org.stop()
    }
}

extension LocalOrg {
    /// Creates the initial state of a test through the API, as in a real org.
    func createGroup(_ name: String) async throws -> Group {
        try await client.group.createGroup(CreateGroupRequest(profile: OktaUserGroupProfile(name: name)))
    }
}
