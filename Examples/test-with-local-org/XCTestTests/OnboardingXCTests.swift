import Okta
import OktaLocalOrg
import Onboarding
import XCTest

/// The same tests with XCTest. Each test starts its own org.
final class OnboardingXCTests: XCTestCase {
    private var org: LocalOrg?

    override func setUp() async throws { org = try await LocalOrg.start() }

    override func tearDown() async throws {
        await org?.stop()
        org = nil
    }

    func testNewColleagueIsStagedAndLogged() async throws {
        let org = try XCTUnwrap(org)
        _ = try await org.client.group.createGroup(
            CreateGroupRequest(profile: OktaUserGroupProfile(name: "Research")))
        let user = try await Onboarding(org.client).onboard(
            firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", department: "Research")
        XCTAssertEqual(user.status, .staged)
        let events = try await org.client.log.getOrgSystemLog(
            filter: "target.id eq \"\(user.id)\" and eventType eq \"user.lifecycle.create\""
        ).collect(upTo: 1)
        XCTAssertEqual(events.count, 1)
    }

    func testSnapshotUndoesWhatATestDid() async throws {
        let org = try XCTUnwrap(org)
        let before = org.engine.snapshot()
        _ = try await org.client.group.createGroup(
            CreateGroupRequest(profile: OktaUserGroupProfile(name: "Research")))
        org.engine.restore(before)
        let groups = try await org.client.group.listGroups(search: "profile.name eq \"Research\"").collect()
        XCTAssertTrue(groups.isEmpty)
    }
}
