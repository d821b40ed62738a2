import OktaRuntime

/// The initial state of an org: groups, the first admin, types, schemas, policies, a brand and authenticators.
enum InitialOrg {
    static func org(
        seed: UInt64, subdomain: String, features: OrgFeatures, now: OrgTime, idTail: String
    ) -> OrgState {
        var ids = IDSource(seed: seed, tail: idTail)
        let identity = OrgIdentity(
            orgID: ids.next("00o"), subdomain: subdomain, everyoneID: ids.next("00g"),
            administratorsID: ids.next("00g"), defaultTypeID: ids.next("oty"), adminID: ids.next("00u"),
            realmID: features.realms ? ids.next("guo") : nil)
        var org = OrgState(identity: identity, features: features, ids: ids, now: now)
        createGroups(&org)
        createTypes(&org)
        createAdmin(&org)
        createPolicies(&org)
        createBrand(&org)
        createRealm(&org)
        createServer(&org)
        Zones.createBuiltIn(&org)
        DeviceIntegrations.createBuiltIn(&org)
        Authenticators.createBuiltIn(&org)
        FeatureOperations.createBuiltIn(&org)
        org.log = []
        return org
    }

    /// Returns a call by the org itself, which creates the initial objects.
    private static func call(_ org: OrgState) -> Call {
        Call(
            request: LocalRequest("POST", "/"), target: RequestTarget("/"), parameters: [], origin: "https://localhost",
            caller: Caller(id: org.identity.adminID, name: "admin"), requestID: "")
    }

    private static func createGroups(_ org: inout OrgState) {
        for (id, name, description) in [
            (org.identity.everyoneID, "Everyone", "All users in your organization"),
            (
                org.identity.administratorsID, "Okta Administrators",
                "Okta manages this group, which contains all administrators in your organization."
            ),
        ] {
            org.tables[Kinds.groups][id] = [
                "id": JSON(id), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
                "lastMembershipUpdated": JSON(org.now.text), "objectClass": ["okta:user_group"], "type": "BUILT_IN",
                "profile": ["name": JSON(name), "description": JSON(description)],
            ]
        }
    }

    private static func createTypes(_ org: inout OrgState) {
        let id = org.identity.defaultTypeID
        // The system principal, which creates the first objects of an org.
        let system = JSON("spr\(id.dropFirst(3))")
        org.tables[Kinds.userTypes][id] = [
            "id": JSON(id), "displayName": "User", "name": "user",
            "description": "Okta user profile template with default permission settings",
            "createdBy": system, "lastUpdatedBy": system,
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "default": true,
        ]
        UserSchemas.create(forType: id, &org)
        UserSchemas.createForGroups(&org)
    }

    private static func createAdmin(_ org: inout OrgState) {
        let login = "admin@\(org.identity.subdomain).example.com"
        let profile: JSON = [
            "firstName": "Ada", "lastName": "Admin", "login": JSON(login), "email": JSON(login),
        ]
        org.users.store(
            UserRecord(
                id: org.identity.adminID, status: .active, created: org.now, activated: org.now,
                statusChanged: org.now, lastLogin: nil, lastUpdated: org.now, passwordChanged: org.now,
                typeID: org.identity.defaultTypeID, realmID: org.identity.realmID,
                profile: UserProfiles.stored(profile, &org), credentials: UserCredentials(password: "")))
        let role = org.ids.next("ra1")
        org.tables[Kinds.userRoles, of: org.identity.adminID][role] = [
            "id": JSON(role), "label": "Super Administrator", "type": "SUPER_ADMIN", "status": "ACTIVE",
            "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text), "assignmentType": "USER",
        ]
    }

    private static func createPolicies(_ org: inout OrgState) {
        var policies: [(type: String, name: String, description: String?, isSystem: Bool)] = [
            (
                "PASSWORD", "Default Policy",
                "The default policy applies in all situations if no other policy applies.", true
            ),
            (
                "OKTA_SIGN_ON", "Default Policy",
                "The default policy applies in all situations if no other policy applies.", true
            ),
            (
                "MFA_ENROLL", "Default Policy",
                "The default policy applies in all situations if no other policy applies.", true
            ),
            ("IDP_DISCOVERY", "Idp Discovery Policy", "The default IdP Discovery Policy", true),
        ]
        if org.features.identityEngine {
            policies += [
                ("ACCESS_POLICY", "Okta Admin Console", nil, false),
                ("ACCESS_POLICY", "Okta Dashboard", nil, false),
                ("ACCESS_POLICY", "Any two factors", "Require two factors to access.", true),
                ("PROFILE_ENROLLMENT", "Default Policy", nil, false),
                (
                    "SESSION_VIOLATION_DETECTION", "Session Violation Detection Policy",
                    "Enables session violation detection policy evaluation for the org.", true
                ),
            ]
        }
        for policy in policies {
            var body: JSON = ["type": JSON(policy.type), "name": JSON(policy.name)]
            body["description"] = policy.description.map { JSON($0) }
            _ = try? PolicyOperations.create(body, system: policy.isSystem, &org)
        }
    }

    private static func createBrand(_ org: inout OrgState) {
        Domains.createDefault(brand: Brands.createDefault(&org), &org)
    }

    private static func createRealm(_ org: inout OrgState) {
        if let id = org.identity.realmID { Realms.createDefault(id, &org) }
    }

    /// Creates the authorization server `default`.
    private static func createServer(_ org: inout OrgState) {
        var call = call(org)
        call.request.body = Array(
            #"{"name":"default","description":"Default Authorization Server for your Applications","audiences":["api://default"]}"#
                .utf8)
        guard let response = try? AuthorizationServers.resource.create(call, &org),
            let id = (try? JSON(parsing: response.body))?.text("id")
        else { return }
        org.tables[AuthorizationServers.kind][id]?["default"] = true
        AuthorizationServers.createDefaultPolicy(id, &org)
    }
}
