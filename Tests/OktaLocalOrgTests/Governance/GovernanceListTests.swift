import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: lists of governance")
struct GovernanceListTests {
    private let path = "/governance/api/v1"

    @Test("Governance lists: pages are in an envelope, and invalid pages are rejected")
    func pagesLists() {
        let org = TestOrg()
        for number in 1...5 { org("POST", "\(path)/collections", ["name": JSON("C\(number)")]) }
        var target: String? = "\(path)/collections?limit=2"
        var names: [String] = []
        var pages = 0
        while let next = target, pages < 10 {
            let response = org("GET", next)
            names += response.json["data"]?.elements?.compactMap { $0.text("name") } ?? []
            #expect(response.json[path: "metadata.total"]?.int == 5)
            #expect(response.json[path: "_links.self.href"] != nil)
            target = response.json[path: "_links.next.href"]?.string.map { TestOrg.path($0) }
            pages += 1
        }
        #expect(names == ["C1", "C2", "C3", "C4", "C5"])
        #expect(pages == 3)
        for query in ["limit=0", "limit=201", "limit=x", "after=unknown", "after="] {
            #expect(org("GET", "\(path)/collections?\(query)").errorCode == "E0000029")
        }
        #expect(org("GET", "\(path)/collections?filter=nonsense").errorCode == "E0000053")
    }

    @Test(
        "Governance lists: some require a filter",
        arguments: [
            "/governance/api/v1/entitlements", "/governance/api/v1/entitlements/values", "/governance/api/v1/grants",
            "/governance/api/v1/principal-entitlements", "/governance/api/v1/principal-access",
            "/governance/api/v1/resource-labels", "/governance/api/v2/catalogs/default/entries",
            "/governance/api/v2/my/catalogs/default/entries",
        ])
    func needsFilter(target: String) {
        let response = TestOrg()("GET", target)
        #expect(response.status == 400)
        #expect(response.errorCode == "E0000028")
    }
}
