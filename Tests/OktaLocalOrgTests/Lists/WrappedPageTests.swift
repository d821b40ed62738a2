import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Lists whose way to the next page is in the body.
@Suite("Local org: pages with the next link in the body")
struct WrappedPageTests {
    private let org = TestOrg()

    /// The ids of all pages, and the sizes of the pages.
    private func pages(_ path: String, _ member: String) -> (ids: [String], sizes: [Int]) {
        var next: String? = path
        var ids: [String] = []
        var sizes: [Int] = []
        while let path = next, sizes.count < 20 {
            let json = org("GET", path).json
            let rows = json[member]?.elements ?? []
            ids += rows.compactMap { $0.text("id") }
            sizes.append(rows.count)
            next = json.text("_links.next.href").map { TestOrg.path($0) }
        }
        return (ids, sizes)
    }

    @Test("Pages: custom roles, resource sets and bindings have a hundred per page")
    func pagesAdminRoles() {
        var roles: [String] = []
        for index in 0..<101 {
            let role: JSON = ["label": JSON("R\(index)"), "description": "d", "permissions": ["okta.users.read"]]
            roles.append(org("POST", "/api/v1/iam/roles", role).id)
            org("POST", "/api/v1/iam/resource-sets", ["label": JSON("S\(index)"), "description": "d", "resources": []])
        }
        let listed = pages("/api/v1/iam/roles", "roles")
        #expect(listed.ids == roles && listed.sizes == [100, 1])
        #expect(pages("/api/v1/iam/resource-sets", "resource-sets").sizes == [100, 1])
        for role in roles {
            org("POST", "/api/v1/iam/resource-sets/S0/bindings", ["role": JSON(role), "members": []])
        }
        #expect(pages("/api/v1/iam/resource-sets/S0/bindings", "roles").sizes == [100, 1])
    }

    @Test("Pages: resources of a set and members of a binding support `limit`, and continue after a deleted row")
    func pagesParts() throws {
        let resources = JSON((0..<5).map { JSON("https://test.okta.com/api/v1/groups/00g\($0)") })
        let set = org("POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "d", "resources": resources])
            .id
        let path = "/api/v1/iam/resource-sets/\(set)"
        #expect(pages("\(path)/resources?limit=2", "resources").sizes == [2, 2, 1])
        let first = org("GET", "\(path)/resources?limit=2").json
        let next = TestOrg.path(first.text("_links.next.href"))
        org("DELETE", "\(path)/resources/\(first["resources"]?[1]?.text("id") ?? "")")
        #expect(org("GET", next).json["resources"]?.count == 2)
        org("POST", "/api/v1/iam/roles", ["label": "R", "description": "d", "permissions": ["okta.users.read"]])
        let members = JSON(["a", "b", "c"].map { JSON("https://test.okta.com/api/v1/users/\(org.user($0).id)") })
        org("POST", "\(path)/bindings", ["role": "R", "members": members])
        #expect(pages("\(path)/bindings/R/members?limit=2", "members").sizes == [2, 1])
        #expect(pages("/api/v1/iam/assignees/users?limit=2", "value").sizes == [2, 2])
    }

    @Test("Links: a resource always links to its object and to itself, and a binding to its members")
    func links() {
        let set = org("POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "d", "resources": []]).id
        let path = "/api/v1/iam/resource-sets/\(set)"
        let name = "orn:okta:directory:00o1:groups:00g1"
        let made = org("POST", "\(path)/resources", ["resourceOrnOrUrl": JSON(name), "conditions": [:]])
        for response in [
            made, org("GET", "\(path)/resources/\(made.id)"),
            org("PUT", "\(path)/resources/\(made.id)", ["conditions": [:]]),
        ] {
            #expect(response.json.text("_links.self.href") == "https://test.okta.com/api/v1/groups/00g1")
            #expect(response.json.text("_links.resource.href")?.hasSuffix("\(path)/resources/\(made.id)") == true)
        }
        org("POST", "/api/v1/iam/roles", ["label": "R", "description": "d", "permissions": ["okta.users.read"]])
        org("POST", "\(path)/bindings", ["role": "R", "members": []])
        #expect(org("GET", "\(path)/bindings/R").json.text("_links.members.href")?.hasSuffix("/members") == true)
    }

    @Test(
        "Links: objects with a self link also have it as a header field, and those of roles lead to the Admin Console")
    func repeatsLinks() {
        let role = org(
            "POST", "/api/v1/iam/roles", ["label": "R", "description": "d", "permissions": ["okta.users.read"]])
        let set = org("POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "d", "resources": []]).id
        let sets = "/api/v1/iam/resource-sets"
        for path in [
            "/api/v1/iam/roles", "/api/v1/iam/roles/\(role.id)",
            "/api/v1/iam/roles/\(role.id)/permissions/okta.users.read",
            sets, "\(sets)/\(set)", "\(sets)/\(set)/resources", "\(sets)/\(set)/bindings",
        ] {
            let response = org("GET", path)
            let url = response.json.text("_links.self.href")
            #expect(url == (path.contains("roles") ? "https://test-admin.okta.com" : "https://test.okta.com") + path)
            #expect(response.link("self") == url, "\(path)")
        }
        #expect(org("GET", "/api/v1/iam/roles/\(role.id)/permissions").link("self") == nil)
    }
}
