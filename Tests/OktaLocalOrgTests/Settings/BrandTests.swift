import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: brands")
struct BrandTests {
    @Test("Brands: a custom brand can be deleted, but not the default one or one with a domain")
    func deletesBrands() throws {
        let org = TestOrg()
        let brand = org("POST", "/api/v1/brands", ["name": "B"])
        #expect(brand.json["isDefault"]?.bool == false)
        let path = "/api/v1/brands/\(brand.id)"
        let replaced = org("PUT", path, ["name": "B2", "defaultApp": [:], "customPrivacyPolicyUrl": ""])
        #expect(replaced.json["customPrivacyPolicyUrl"]?.kind == .null)
        let refused = org("PUT", path, ["name": "B2", "customPrivacyPolicyUrl": "https://example.com"])
        #expect(refused.errorCode == "E0000001")
        let domain = org("POST", "/api/v1/domains", ["domain": "Login.Example.org", "certificateSourceType": "MANUAL"])
        #expect(domain.status == 201)
        #expect(domain.json["domain"]?.string == "login.example.org")
        #expect(
            org("POST", "/api/v1/domains", ["domain": "login.example.org", "certificateSourceType": "MANUAL"]).errorCode
                == "E0000161")
        org("PUT", "/api/v1/domains/\(domain.id)", ["brandId": JSON(brand.id)])
        #expect(org("DELETE", path).errorCode == "E0000201")
        #expect(
            org("POST", "/api/v1/domains/\(domain.id)/verify").json["validationStatus"]?.string == "FAILED_TO_VERIFY")
        #expect(org("DELETE", "/api/v1/domains/\(domain.id)").status == 204)
        #expect(org("DELETE", path).status == 204)
        let own = try #require(org("GET", "/api/v1/brands").json.elements?.first { $0["isDefault"]?.bool == true })
        #expect(org("DELETE", "/api/v1/brands/\(own.text("id") ?? "")").errorCode == "E0000200")
    }

    @Test("Themes: images are uploaded and removed, and colors are validated")
    func changesTheme() throws {
        let org = TestOrg()
        let brand = org("POST", "/api/v1/brands", ["name": "B"]).id
        let themes = "/api/v1/brands/\(brand)/themes"
        let theme = try #require(org("GET", themes).json[0])
        let path = "\(themes)/\(theme.text("id") ?? "")"
        let url = org("POST", "\(path)/background-image", ["file": "x"]).json["url"]
        #expect(org("GET", path).json["backgroundImage"] == url)
        #expect(org("DELETE", "\(path)/background-image").status == 204)
        #expect(org("GET", path).json["backgroundImage"]?.kind == .null)
        var body = theme
        body["primaryColorHex"] = "#123456"
        #expect(org("PUT", path, body).json["primaryColorHex"]?.string == "#123456")
        body["primaryColorHex"] = "blue"
        #expect(org("PUT", path, body).status == 400)
    }

    @Test("Email templates: recipients, default content, and customizations with one default")
    func customizesEmails() {
        let org = TestOrg()
        let brand = org("POST", "/api/v1/brands", ["name": "B"]).id
        let template = "/api/v1/brands/\(brand)/templates/email/UserActivation"
        #expect(org("GET", "\(template)/default-content").json["subject"]?.string?.contains("${org.name}") == true)
        #expect(org("PUT", "\(template)/settings", ["recipients": "NO_USERS"]).json["recipients"]?.string == "NO_USERS")
        #expect(org("PUT", "\(template)/settings", ["recipients": "SOME"]).status == 400)
        #expect(org("GET", "/api/v1/brands/\(brand)/templates/email/Nothing").status == 404)
        func add(_ language: String, _ isDefault: Bool) -> TestOrg.Response {
            org(
                "POST", "\(template)/customizations",
                ["language": JSON(language), "subject": "s", "body": "b", "isDefault": JSON(isDefault)])
        }
        let first = add("en", false)
        #expect(first.json["isDefault"]?.bool == true)
        let path = "\(template)/customizations/\(first.id)"
        let cleared = org("PUT", path, ["language": "en", "subject": "s", "body": "b", "isDefault": false])
        #expect(cleared.errorCode == "E0000185")
        #expect(add("fr", false).json["isDefault"]?.bool == false)
        #expect(add("fr", false).errorCode == "E0000183")
        #expect(org("DELETE", path).errorCode == "E0000184")
        #expect(org("GET", "\(path)/preview").json["subject"]?.string == "s")
        #expect(org("DELETE", "\(template)/customizations").status == 204)
        #expect(org("GET", "\(template)/customizations").json.count == 0)
    }
}
