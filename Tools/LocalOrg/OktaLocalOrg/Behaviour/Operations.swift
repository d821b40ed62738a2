/// Every operation whose behaviour is written by hand.
enum Operations {
    static let all: [Operation] = {
        let areas: [[Operation]] = [
            UserOperations.all, UserLifecycle.all, UserSecrets.all, Factors.all, Sessions.all,
            GroupRules.resource.operations(), GroupOperations.all, GroupOwners.all, Apps.all, Assignments.all,
            AppKeys.all, ClientRegistrations.all, UserSchemas.all, AppSchemas.all, UserTypes.all, Mappings.all,
            Policies.all, PolicyRules.all,
            AuthorizationServers.all, Roles.all, RoleAssignees.all, CustomRoles.all, IdentityProviders.all,
            Hooks.all, SmallResources.all, MoreResources.all, Brands.all, Domains.all, OrgSettings.all,
            Authenticators.all, FeatureOperations.all, LogOperations.all,
        ]
        return areas.flatMap { $0 }
    }()
}
