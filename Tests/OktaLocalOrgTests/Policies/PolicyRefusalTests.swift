import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: what policies and their rules are refused for")
struct PolicyRefusalTests {
    private let org = TestOrg()

    private func policy(_ type: String, _ name: String = "P") -> String {
        org("POST", "/api/v1/policies", ["type": JSON(type), "name": JSON(name)]).id
    }

    @Test("Policies: an unknown type is an invalid argument")
    func refusesType() {
        for response in [
            org("POST", "/api/v1/policies", ["type": "NONSENSE", "name": "x"]),
            org("GET", "/api/v1/policies?type=NONSENSE"),
        ] {
            #expect(response.status == 400 && response.errorCode == "E0000002")
            #expect(response.json.text("errorSummary") == "The request was not valid: Invalid policy type specified.")
        }
    }

    @Test(
        "Conditions: each object that they name must exist",
        arguments: [
            ("people.groups.include", "UserGroup"), ("people.groups.exclude", "UserGroup"),
            ("people.users.exclude", "User"), ("network.include", "NetworkZone"), ("userType.include", "CVDType"),
            ("device.assurance.include", "DeviceAssuranceRuleManagerImpl"),
        ])
    func checksReferences(_ path: String, _ type: String) {
        var conditions: JSON = [:]
        conditions[path: path] = ["x1"]
        let rule = org(
            "POST", "/api/v1/policies/\(policy("ACCESS_POLICY"))/rules", ["name": "r", "conditions": conditions])
        #expect(rule.status == 400 && rule.errorCode == "E0000001")
        #expect(rule.json.text("errorSummary") == "Api validation failed: conditions.\(path)")
        #expect(rule.causes == ["conditions.\(path): Resource(s) not found: x1 (\(type))"])
    }

    @Test("Conditions: a deleted group or user stays in them, and a change that states it is refused")
    func keepsDeleted() throws {
        let (group, user) = (org.group("G").id, org.user("ada").id)
        let path = "/api/v1/policies/\(policy("ACCESS_POLICY"))/rules"
        let people: JSON = ["groups": ["include": [JSON(group)]], "users": ["exclude": [JSON(user)]]]
        let rule = org("POST", path, ["name": "r", "conditions": ["people": people]])
        let own = "\(path)/\(rule.id)"
        #expect(org("DELETE", "/api/v1/groups/\(group)").status == 204)
        for _ in 0..<2 { #expect(org("DELETE", "/api/v1/users/\(user)").status == 204) }
        let read = org("GET", own).json
        #expect(read[path: "conditions.people.groups.include"] == [JSON(group)])
        #expect(read[path: "conditions.people.users.exclude"] == [JSON(user)])
        let refused = org("PUT", own, read)
        #expect(refused.causes == ["conditions.people.groups.include: Resource(s) not found: \(group) (UserGroup)"])
        #expect(org("PUT", own, ["name": "r", "conditions": [:]]).status == 200)
    }

    @Test("Routing rules: apps that they name must exist, and so must the name of a custom app")
    func checksApps() throws {
        let app = org.app()
        let custom = org(
            "POST", "/api/v1/apps",
            [
                "label": "Custom", "signOnMode": "AUTO_LOGIN",
                "settings": ["signOn": ["loginUrl": "https://a.example"]],
            ])
        let name = try #require(custom.json.text("name"))
        let policy = org("GET", "/api/v1/policies?type=IDP_DISCOVERY").json[0]?.text("id") ?? ""
        let rule = { (app: JSON, member: String) in
            org(
                "POST", "/api/v1/policies/\(policy)/rules",
                [
                    "name": JSON(app.text + member), "conditions": ["app": [member: [app]]],
                    "actions": ["idp": ["providers": [["type": "OKTA"]]]],
                ])
        }
        for member in ["include", "exclude"] {
            for known in [
                ["type": "APP", "id": JSON(app), "name": ""], ["type": "APP_TYPE", "name": JSON(name), "id": ""],
                ["type": "APP_TYPE", "name": "yahoo_mail"],
            ] as [JSON] {
                #expect(rule(known, member).status == 200, "\(known)")
            }
            for (unknown, id) in [
                (["type": "APP", "id": "0oanone"], "0oanone"),
                (["type": "APP_TYPE", "name": JSON(name + "9")], name + "9"),
            ] as [(JSON, String)] {
                let refused = rule(unknown, member)
                #expect(refused.status == 400 && refused.errorCode == "E0000001")
                #expect(refused.causes == ["conditions.app.\(member): Resource(s) not found: \(id) (AppInstance)"])
            }
        }
    }

    @Test("Group rules: users that they exclude must exist; one that is deleted later hinders changes only")
    func checksGroupRules() {
        let (group, user) = (org.group("G").id, org.user("ada").id)
        let body = { (users: JSON) -> JSON in
            [
                "type": "group_rule", "name": "r", "actions": ["assignUserToGroups": ["groupIds": [JSON(group)]]],
                "conditions": [
                    "expression": ["value": "user.city == \"x\"", "type": "urn:okta:expression:1.0"],
                    "people": ["users": ["exclude": users]],
                ],
            ]
        }
        let refused = org("POST", "/api/v1/groups/rules", body(["00unone"]))
        #expect(refused.causes == ["conditions.people.users.exclude: Resource(s) not found: 00unone (User)"])
        let rule = org("POST", "/api/v1/groups/rules", body([JSON(user)])).id
        for _ in 0..<2 { #expect(org("DELETE", "/api/v1/users/\(user)").status == 204) }
        let path = "/api/v1/groups/rules/\(rule)"
        #expect(org("GET", path).json[path: "conditions.people.users.exclude"] == [JSON(user)])
        #expect(org("PUT", path, body([JSON(user)])).status == 400)
        #expect(org("POST", "\(path)/lifecycle/activate").status == 204)
    }

    @Test("Conditions: those of policies are checked too, and words for all objects are none that could be missing")
    func takesWords() {
        let sent: JSON = [
            "type": "PASSWORD", "name": "P", "conditions": ["people": ["groups": ["include": ["00gnone"]]]],
        ]
        #expect(org("POST", "/api/v1/policies", sent).status == 400)
        let network: JSON = ["network": ["connection": "ZONE", "include": ["ALL_ZONES"]]]
        let path = "/api/v1/policies/\(policy("OKTA_SIGN_ON"))/rules"
        #expect(org("POST", path, ["name": "r", "conditions": network]).status == 200)
        let none = org("POST", path, ["name": "s", "conditions": ["network": ["connection": "ZONE"]]])
        #expect(none.json.text("errorSummary") == "Api validation failed: conditions.network")
    }

    @Test("Policy rules: names are unique in a policy, also after a change")
    func checksNames() {
        let path = "/api/v1/policies/\(policy("OKTA_SIGN_ON"))/rules"
        let first = org("POST", path, ["name": "a"]).id
        #expect(org("POST", path, ["name": "a"]).causes == ["name: Policy rule name already in use"])
        #expect(org("POST", path, ["name": "b"]).status == 200)
        #expect(org("PUT", "\(path)/\(first)", ["name": "b"]).status == 400)
        #expect(org("PUT", "\(path)/\(first)", ["name": "a"]).status == 200)
        #expect(org("POST", "/api/v1/policies/\(policy("OKTA_SIGN_ON", "Q"))/rules", ["name": "a"]).status == 200)
    }

    @Test("System policies: their priority is read-only; it may be left out, or sent as it is")
    func keepsPriority() throws {
        let rows = org("GET", "/api/v1/policies?type=PASSWORD").json.elements ?? []
        var own = try #require(rows.first { $0["system"] == true })
        let path = "/api/v1/policies/\(own.text("id") ?? "")"
        #expect(org("PUT", path, own).status == 200)
        own["priority"] = 9
        let refused = org("PUT", path, own)
        #expect(refused.status == 403 && refused.errorCode == "E0000077")
        #expect(
            refused.json.text("errorSummary") == "Cannot modify the priority attribute because it is read-only.")
        own["priority"] = nil as JSON?
        #expect(org("PUT", path, own).json["priority"]?.int == 1)
    }

    @Test("System rules: their conditions are read-only, while empty ones change nothing")
    func keepsConditions() throws {
        let path = "/api/v1/policies/\(policy("ACCESS_POLICY"))/rules"
        var rule = try #require(org("GET", path).json[0])
        let own = "\(path)/\(rule.text("id") ?? "")"
        for conditions: JSON in [.null, [:], ["people": ["users": ["exclude": []]]]] {
            rule["conditions"] = .some(conditions)
            #expect(org("PUT", own, rule).status == 200, "\(conditions)")
        }
        rule["conditions"] = ["network": ["connection": "ANYWHERE"]]
        let refused = org("PUT", own, rule)
        #expect(refused.status == 403 && refused.errorCode == "E0000077")
        #expect(
            refused.json.text("errorSummary") == "Cannot modify the conditions attribute because it is read-only.")
    }

    @Test("Enrollment policies: the password or the email authenticator is required")
    func requiresPassword() {
        let create = { (key: String, enrollment: String) in
            org(
                "POST", "/api/v1/policies",
                [
                    "type": "MFA_ENROLL", "name": JSON(key + enrollment),
                    "settings": [
                        "type": "AUTHENTICATORS",
                        "authenticators": [["key": JSON(key), "enroll": ["self": JSON(enrollment)]]],
                    ],
                ])
        }
        #expect(create("okta_email", "REQUIRED").status == 200)
        #expect(create("okta_password", "REQUIRED").status == 200)
        for (key, enrollment) in [("okta_email", "OPTIONAL"), ("google_otp", "REQUIRED")] {
            let refused = create(key, enrollment)
            #expect(refused.json.text("errorSummary") == "Api validation failed: mediationPolicy")
        }
    }

    @Test("Authorization servers: rules about users name some, and names of policies and rules are unique")
    func checksServerRules() {
        let server = org("POST", "/api/v1/authorizationServers", ["name": "S", "audiences": ["api://s"]]).id
        let path = "/api/v1/authorizationServers/\(server)/policies"
        let policy = org("POST", path, ["name": "P", "conditions": ["clients": ["include": ["ALL_CLIENTS"]]]]).id
        #expect(org("POST", path, ["name": "P"]).causes == ["name: Policy name already in use"])
        let client = org("POST", path, ["name": "Q", "conditions": ["clients": ["include": ["0oanone"]]]])
        #expect(client.causes == ["conditions.clients.include: Resource(s) not found: 0oanone (PublicClientApp)"])
        let rule = { (name: String, grant: String, people: JSON) in
            org(
                "POST", "\(path)/\(policy)/rules",
                ["name": JSON(name), "conditions": ["grantTypes": ["include": [JSON(grant)]], "people": people]])
        }
        #expect(rule("a", "client_credentials", [:]).status == 201)
        let refused = rule("b", "password", ["groups": ["include": []]])
        #expect(refused.json.text("errorSummary") == "Api validation failed: conditions.people")
        #expect(rule("b", "password", ["groups": ["include": ["EVERYONE"]]]).status == 201)
        #expect(
            rule("b", "password", ["groups": ["include": ["EVERYONE"]]]).causes == [
                "name: Policy rule name already in use"
            ])
    }
}
