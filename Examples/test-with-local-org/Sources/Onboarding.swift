import Okta

/// Gives new colleagues an account and the group of their department. It works with any org.
public struct Onboarding: Sendable {
    /// The reason why a colleague has no account.
    public enum Problem: Error, Equatable {
        case noGroup(department: String)
    }

    private let okta: OktaClient

    /// Onboards to the org of a client.
    public init(_ okta: OktaClient) { self.okta = okta }

    /// Creates the account, or returns the existing one.
    public func onboard(firstName: String, lastName: String, email: String, department: String) async throws -> User {
        let search = "profile.login eq \"\(email)\""
        for try await user in okta.user.listUsers(search: search) { return user }
        var found: Group?
        for try await group in okta.group.listGroups(search: "profile.name eq \"\(department)\"") { found = group }
        guard let group = found else { throw Problem.noGroup(department: department) }
        let profile = UserProfile.with {
            $0.firstName = firstName
            $0.lastName = lastName
            $0.email = email
            $0.login = email
            $0.department = department
        }
        let request = CreateUserRequest(profile: profile, groupIds: [group.id])
        return try await okta.user.createUser(request, activate: false)
    }
}
