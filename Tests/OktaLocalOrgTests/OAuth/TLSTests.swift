#if LocalOrg
import Foundation
import HTTPTypes
import Okta
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Local org: TLS")
struct TLSTests {
    @Test("TLS: clients that trust the authority are served under both names, and others refuse the server")
    func serves() async throws {
        var options = LocalOrg.Options()
        options.tls = true
        let org = try await LocalOrg.start(options)
        let path = try #require(org.certificateAuthorityPath)
        #expect(org.url.hasPrefix("https://127.0.0.1:"))
        let pem = try String(contentsOfFile: path, encoding: .utf8)
        #expect(pem.hasPrefix("-----BEGIN CERTIFICATE-----"))
        #expect(!pem.contains("PRIVATE"))
        let user = try await org.client.user.getUser("me")
        #expect(user.status == .active)
        let own = try await org.client.request(.get, "/.well-known/openid-configuration").body
        #expect(try JSON(parsing: Array(own))["issuer"]?.string == org.url)

        var named = try OktaConfiguration(
            orgURL: org.url.replacing("127.0.0.1", with: "localhost"), token: "any")
        named.caBundlePath = path
        let other = try OktaClient(configuration: named)
        #expect(try await other.user.getUser("me").id == user.id)

        var stranger = try OktaConfiguration(orgURL: org.url, token: "any")
        stranger.retry.maximumAttempts = 1
        let distrustful = try OktaClient(configuration: stranger)
        let count = org.requests.count
        await #expect(throws: OktaError.self) { try await distrustful.user.getUser("me") }
        #expect(org.requests.count == count)
        await org.stop()
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
#endif
