import OktaRuntime

/// The initial contents of an authorization server.
extension AuthorizationServers {
    /// Creates the scopes and claims of every server, and its first key.
    static func createBuiltIn(_ id: String, _ kid: String, _ org: inout OrgState) {
        for (name, description) in [
            ("openid", "Signals that a request is an OpenID request."),
            ("profile", "Allows this application to access your profile information."),
            ("email", "Allows this application to access your email address."),
            ("address", "Allows this application to access your address."),
            ("phone", "Allows this application to access your phone number."),
            ("offline_access", "This keeps you signed in to the application, even when you are not using it."),
        ] {
            let scope = org.ids.next("scp")
            org.tables[scopes.kind, of: id][scope] = [
                "id": JSON(scope), "name": JSON(name), "displayName": JSON(name), "description": JSON(description),
                "system": true, "metadataPublish": "ALL_CLIENTS", "consent": "IMPLICIT", "optional": false,
                "apiResourceId": .null, "default": false,
            ]
        }
        let always: Set = ["sub", "name", "email", "preferred_username"]
        for name in [
            "sub", "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
            "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at", "email",
            "email_verified", "address", "phone_number",
        ] {
            let claim = org.ids.next("ocl")
            let isSubject = name == "sub"
            org.tables[claims.kind, of: id][claim] = [
                "id": JSON(claim), "name": JSON(name), "status": "ACTIVE",
                "claimType": isSubject ? "RESOURCE" : "IDENTITY", "valueType": isSubject ? "EXPRESSION" : "SYSTEM",
                "value": isSubject ? "(appuser != null) ? appuser.userName : app.clientId" : .null,
                "conditions": ["scopes": []], "system": true,
                "alwaysIncludeInToken": JSON(always.contains(name)), "apiResourceId": .null,
            ]
        }
        AuthorizationServerKeys.createFirst(kid, of: id, &org)
    }

    /// Creates the policy of the server `default`, which admits every app. Servers that are created later have no
    /// policy, and so issue no tokens until they get one.
    static func createDefaultPolicy(_ server: String, _ org: inout OrgState) {
        let policy = org.ids.next("00p")
        let dates: JSON = ["created": JSON(org.now.text), "lastUpdated": JSON(org.now.text)]
        var json: JSON = [
            "id": JSON(policy), "status": "ACTIVE", "name": "Default Policy",
            "description": "Default policy description",
            "priority": 1, "system": false, "conditions": ["clients": ["include": ["ALL_CLIENTS"]]],
            "type": "OAUTH_AUTHORIZATION_POLICY",
        ]
        json.merge(dates)
        org.tables[policies.kind, of: server][policy] = json
        let rule = org.ids.next("0pr")
        var ruleJSON: JSON = [
            "id": JSON(rule), "status": "ACTIVE", "name": "Default Policy Rule", "priority": 1, "system": false,
            "type": "RESOURCE_ACCESS",
            "conditions": [
                "people": [
                    "users": ["include": [], "exclude": []], "groups": ["include": ["EVERYONE"], "exclude": []],
                ],
                "grantTypes": [
                    "include": [
                        "implicit", "client_credentials", "authorization_code", "password",
                        "urn:ietf:params:oauth:grant-type:device_code", "urn:okta:params:oauth:grant-type:otp",
                        "urn:okta:params:oauth:grant-type:oob", "http://auth0.com/oauth/grant-type/mfa-otp",
                        "http://auth0.com/oauth/grant-type/mfa-oob",
                    ]
                ],
                "scopes": ["include": ["*"]],
            ],
            "actions": [
                "token": [
                    "accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0,
                    "refreshTokenWindowMinutes": 10_080,
                    "inlineHook": .null,
                ]
            ],
        ]
        ruleJSON.merge(dates)
        org.tables[rules.kind, of: policy][rule] = ruleJSON
    }
}
