/// Operations with handwritten behavior.
enum Operations {
    static let all: [Operation] = {
        let areas: [[Operation]] = [
            UserOperations.all, UserLifecycle.all, UserSecrets.all, Factors.all, AuthenticatorEnrollments.all,
            YubiKeyTokens.all, WebAuthnPreregistrations.all,
            Sessions.all, PrimaryAuthentication.all, AppSignOn.all, UserBelongings.all,
            UserGrants.all, GroupRules.resource.operations(), GroupOperations.all, GroupOwners.all, DirectoryGroups.all,
            Apps.all,
            Assignments.all, GroupAssignments.all, AppKeys.all, AppGrants.resource.operations(), AppJWKs.all,
            CrossAppConnections.all, InterclientTrusts.all, GroupPush.all, FederatedClaims.all,
            UserSchemas.all,
            AppSchemas.all,
            UserTypes.all, LinkedObjects.all, LogStreamSchemas.all, Mappings.all, AuthorizationServers.all,
            ResourceServerKeys.all, Roles.all, RoleSources.all,
            RoleAssignees.all, ClientRegistrations.all, CustomRoles.all, ResourceSets.all, GovernanceBundles.all,
            LogOperations.all,
            PolicySimulation.all, PolicyOperations.all,
            PolicyRules.all, hooks, brands, devices, settings, others, governance,
        ]
        return areas.flatMap { $0 }
    }()

    private static let hooks = [EventHooks.all, InlineHooks.all, HookKeys.all].flatMap { $0 }

    private static let brands = [
        Brands.all, Themes.all, Pages.all, EmailTemplates.all, EmailCustomizations.all, EmailServers.all, Domains.all,
        EmailDomains.all, SMSTemplates.resource.operations(),
    ].flatMap { $0 }

    private static let devices = [
        Devices.all, DeviceAssurances.all, DeviceIntegrations.resource.operations(),
        PushProviders.resource.operations(), Authenticators.all, AgentPools.all,
    ].flatMap { $0 }

    private static let settings = [
        OrgSettings.all, WellKnownDocuments.all, DisasterRecovery.all, OktaPersonal.all, BouncedEmails.all,
        ChildOrgs.all,
        ProtectionSettings.all, OrgPrivacy.all, Subscriptions.all,
        IssuerModes.all, OrgFactors.all, SecurityNotifications.settings.operations, Captchas.all,
        RateLimitSettings.all, FeatureOperations.all,
    ].flatMap { $0 }

    private static let governance = [
        Campaigns.all, Reviews.all, Entitlements.all, Grants.all, Collections.all, Labels.all, GovernanceSettings.all,
        RequestConditions.all, AccessRequests.all, RiskRules.all, AccessRevocations.all, RequestSequences.all,
        OrgIntegrations.all, SecurityAccessReviews.all, RequestTypes.all, AccessRequestsV1.all, ResourceOwners.all,
        RequestEntryFields.all, BulkDecisions.all, EntitlementHistory.all,
    ].flatMap { $0 }

    private static let others = [
        IdentityProviderKeys.all, IdentityProviders.all, IdentityProviderUsers.all, Zones.resource.operations(),
        TrustedOrigins.resource.operations(), LogStreams.resource.operations(), Behaviors.resource.operations(),
        RiskProviders.all,
        Realms.resource.operations(), RealmAssignments.all, UISchemas.resource.operations(), APIServices.all,
        APITokens.all, TelephonyProviders.all, IdentitySourceSessions.all, IdentitySourceUsers.all,
        IdentitySourceGroups.all, SecurityEvents.all, ServiceAccounts.all, AbsentProducts.all, MyAccount.all,
    ].flatMap { $0 }
}
