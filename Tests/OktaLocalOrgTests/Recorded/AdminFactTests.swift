import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for admin roles, schemas, user types and mappings.
@Suite("Recorded orgs: roles and schemas")
struct AdminFactTests {
    private let org = TestOrg()

    @Test(
        "Roles: the id of a standard role is its base32 type, for every holder",
        arguments: [
            ("APP_ADMIN", "IFIFAX2BIRGUSTQ"), ("USER_ADMIN", "KVJUKUS7IFCE2SKO"),
            ("HELP_DESK_ADMIN", "JBCUYUC7IRCVGS27IFCE2SKO"),
            ("GROUP_MEMBERSHIP_ADMIN", "I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA"),
        ])
    func namesRoles(_ type: String, id: String) {
        for holder in ["/api/v1/users/\(org.user("ada").id)", "/api/v1/groups/\(org.group("A").id)"] {
            let role = org("POST", "\(holder)/roles", ["type": JSON(type)])
            #expect(role.status == 201 && role.id == id && role.json.text("status") == "ACTIVE")
            #expect(role.json["_links"]?.members?.map(\.key) == ["assignee"])
            #expect(org("DELETE", "\(holder)/roles/\(id)").status == 204)
            let again = org("DELETE", "\(holder)/roles/\(id)")
            #expect(again.json.text("errorSummary")?.hasSuffix("(RoleAssignment)") == true)
            #expect(org("POST", "\(holder)/roles", ["type": JSON(type)]).id == id)
        }
    }

    @Test("Roles: assigned roles are listed by label, and targets are set and removed with 204")
    func listsRoles() {
        let path = "/api/v1/users/\(org.user("ada").id)/roles"
        for type in ["USER_ADMIN", "HELP_DESK_ADMIN", "APP_ADMIN"] { org("POST", path, ["type": JSON(type)]) }
        let labels = (org("GET", path).json.elements ?? []).compactMap { $0.text("label") }
        #expect(labels == labels.sorted() && labels.count == 3)
        let group = org.group("A").id
        let target = "\(path)/KVJUKUS7IFCE2SKO/targets/groups/\(group)"
        #expect(org("PUT", target).status == 204)
        #expect(org("GET", "\(path)/KVJUKUS7IFCE2SKO/targets/groups").json[0]?.text("profile.name") == "A")
        #expect(org("DELETE", target).status == 204)
    }

    @Test("Roles: a user also has the roles of the user's groups, with a link to the group")
    func listsRolesOfGroups() {
        let (user, group) = (org.user("ada").id, org.group("A").id)
        org("PUT", "/api/v1/groups/\(group)/users/\(user)")
        org("POST", "/api/v1/groups/\(group)/roles", ["type": "HELP_DESK_ADMIN"])
        org("POST", "/api/v1/users/\(user)/roles", ["type": "USER_ADMIN"])
        let roles = org("GET", "/api/v1/users/\(user)/roles").json
        #expect(roles.count == 2 && roles[0]?.text("assignmentType") == "USER")
        #expect(roles[1]?.text("type") == "HELP_DESK_ADMIN" && roles[1]?.text("assignmentType") == "GROUP")
        #expect(roles[1]?.text("_links.assignee.href")?.hasSuffix("/api/v1/groups/\(group)") == true)
    }

    @Test("Custom roles: permissions are separate, labels are unique, and links lead to the admin host")
    func createsCustomRole() {
        let body: JSON = ["label": "Helper", "description": "d", "permissions": ["okta.users.read"]]
        let role = org("POST", "/api/v1/iam/roles", body)
        #expect(role.status == 200 && role.json["permissions"] == nil && role.json["isCloneable"]?.bool == false)
        #expect(role.json.text("_links.self.href")?.contains("-admin.") == true)
        #expect(role.raw.headers("link").first?.hasSuffix("rel=\"self\"") == true)
        let again = org("POST", "/api/v1/iam/roles", body)
        #expect(again.status == 400 && again.causes == ["label: There is already an admin role with this name."])
        let permission = "/api/v1/iam/roles/\(role.id)/permissions/okta.groups.read"
        #expect(org("POST", permission).status == 204)
        #expect(org("GET", permission).json["conditions"]?.kind == .null)
        #expect(org("DELETE", permission).status == 204)
        #expect(org("DELETE", "/api/v1/iam/roles/\(role.id)").status == 204)
        #expect(org("GET", "/api/v1/iam/roles/\(role.id)").status == 404)
    }

    @Test("Resource sets: a set has status 200, needs a label, and links to itself")
    func createsResourceSet() {
        let missing = org("POST", "/api/v1/iam/resource-sets", ["description": "d", "resources": []])
        #expect(missing.status == 400 && missing.causes == ["label: Label must be specified"])
        let set = org("POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "d", "resources": ["orn:a"]])
        #expect(set.status == 200)
        #expect(Set((set.json["_links"]?.members ?? []).map(\.key)) == ["bindings", "self", "resources"])
        #expect(set.raw.headers("link").first?.hasSuffix("rel=\"self\"") == true)
    }

    // MARK: Schemas

    private func change(_ path: String, _ attribute: JSON) -> TestOrg.Response {
        org(
            "POST", path,
            ["definitions": ["custom": ["id": "#custom", "type": "object", "properties": ["badge": attribute]]]])
    }

    @Test(
        "Schemas: a change of one attribute returns the whole schema, and null removes the attribute",
        arguments: ["/api/v1/meta/schemas/user/default", "/api/v1/meta/schemas/group/default"])
    func editsSchema(_ path: String) {
        let changed = change(path, ["title": "Badge", "type": "string", "required": false])
        #expect(changed.status == 200 && changed.json[path: "definitions.base.properties"] != nil)
        let attribute = changed.json[path: "definitions.custom.properties.badge"]
        #expect(attribute?.text("mutability") == "READ_WRITE" && attribute?.text("scope") == "NONE")
        #expect(attribute?["required"] == nil)
        #expect(org("GET", path).json == changed.json)
        #expect(change(path, .null).json[path: "definitions.custom.properties.badge"] == nil)
        #expect(org("GET", path).json[path: "definitions.custom.properties.badge"] == nil)
    }

    @Test("Schemas: the whole schema of groups can be sent")
    func sendsWholeSchema() {
        let path = "/api/v1/meta/schemas/group/default"
        var schema = org("GET", path).json
        schema[path: "definitions.custom.properties.badge"] = ["title": "B", "type": "string", "required": false]
        let changed = org("POST", path, schema)
        #expect(changed.status == 200)
        #expect(
            changed.json[path: "definitions.custom.properties.badge"] == [
                "title": "B", "type": "string", "mutability": "READ_WRITE", "scope": "NONE",
            ])
        #expect(changed.json[path: "definitions.base"] == schema[path: "definitions.base"])
    }

    @Test("Schemas: uniqueness is returned as a string, and base attributes keep their type and format")
    func keepsBase() {
        let path = "/api/v1/meta/schemas/user/default"
        let unique = change(path, ["title": "Badge", "type": "string", "unique": true])
        #expect(unique.json.text("definitions.custom.properties.badge.unique") == "UNIQUE_VALIDATED")
        let base = org(
            "POST", path,
            ["definitions": ["base": ["properties": ["title": ["title": "Rank", "type": "integer"]]]]])
        #expect(base.json.text("definitions.base.properties.title.title") == "Rank")
        #expect(base.json.text("definitions.base.properties.title.type") == "string")
        #expect(base.json[path: "definitions.base.properties"]?.count == 31)
    }

    @Test("App schemas: an OpenID Connect app has the claims, and an attribute's permissions and source are dropped")
    func editsAppSchema() {
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
                "settings": [
                    "oauthClient": [
                        "application_type": "web", "grant_types": ["implicit"], "redirect_uris": ["https://a.b"],
                    ]
                ],
            ])
        let path = "/api/v1/meta/schemas/apps/\(app.id)/default"
        let schema = org("GET", path).json
        #expect(schema.text("name")?.hasPrefix("oidc_client_") == true && schema.text("title") == "Shop User")
        #expect(schema[path: "definitions.base.properties"]?.count == 21)
        let changed = change(
            path, ["title": "B", "type": "string", "permissions": [["principal": "SELF", "action": "HIDE"]]])
        #expect(changed.json[path: "definitions.custom.properties.badge.permissions"] == nil)
        #expect(changed.json.text("definitions.custom.properties.badge.type") == "string")
    }

    @Test("User types: are updated by POST and PUT, and deleted with 204")
    func editsType() {
        let type = org("POST", "/api/v1/meta/types/user", ["name": "t", "displayName": "T", "description": "d"])
        #expect(type.status == 200 && type.json["default"]?.bool == false)
        let path = "/api/v1/meta/types/user/\(type.id)"
        #expect(org("POST", path, ["displayName": "U"]).json.text("displayName") == "U")
        let replaced = org("PUT", path, ["name": "t", "displayName": "V", "description": "e"])
        #expect(replaced.status == 200 && replaced.json.text("displayName") == "V")
        #expect(org("DELETE", path).status == 204)
    }

    @Test("Mappings: a property needs an existing target, and is merged with the others")
    func editsMapping() throws {
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "Shop", "signOnMode": "OPENID_CONNECT",
                "settings": [
                    "oauthClient": [
                        "application_type": "web", "grant_types": ["implicit"], "redirect_uris": ["https://a.b"],
                    ]
                ],
            ])
        let found = org("GET", "/api/v1/mappings?sourceId=\(app.id)")
        let id = try #require(found.json[0]?.text("id"))
        #expect(found.json[0]?["properties"] == nil)
        let unknown = org(
            "POST", "/api/v1/mappings/\(id)", ["properties": ["nothing": ["expression": "a", "pushStatus": "PUSH"]]])
        #expect(unknown.status == 400 && unknown.causes == ["Invalid target field nothing"])
        let merged = org(
            "POST", "/api/v1/mappings/\(id)",
            ["properties": ["nickName": ["expression": "appuser.nickname", "pushStatus": "DONT_PUSH"]]])
        #expect(merged.status == 200 && merged.json[path: "properties.login"] != nil)
        #expect(merged.json.text("properties.nickName.expression") == "appuser.nickname")
    }
}
