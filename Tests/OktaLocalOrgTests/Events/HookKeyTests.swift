import OktaRuntime
import Testing

@Suite("Local org: hook keys")
struct HookKeyTests {
    @Test("Hook keys: names are unique, the public key is read by alias, and only the name can change")
    func createsKeys() {
        let org = TestOrg()
        let key = org("POST", "/api/v1/hook-keys", ["name": "K"])
        #expect(key.json["isUsed"]?.bool == false)
        let alias = key.json["keyId"]?.string ?? ""
        #expect(org("GET", "/api/v1/hook-keys/public/\(alias)").json["kid"]?.string == alias)
        #expect(org("POST", "/api/v1/hook-keys", ["name": "K"]).status == 400)
        let renamed = org("PUT", "/api/v1/hook-keys/\(key.id)", ["name": "L", "keyId": "other"])
        #expect(renamed.json["name"]?.string == "L")
        #expect(renamed.json["keyId"]?.string == alias)
        for number in 1..<50 { org("POST", "/api/v1/hook-keys", ["name": JSON("K\(number)")]) }
        #expect(org("POST", "/api/v1/hook-keys", ["name": "one more"]).status == 400)
        #expect(org("DELETE", "/api/v1/hook-keys/\(key.id)").status == 204)
    }
}
