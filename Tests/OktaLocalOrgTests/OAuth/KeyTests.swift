#if LocalOrg
import Crypto
import CryptoExtras
import Foundation
import OktaRuntime
import SwiftASN1
import Testing
import X509

@testable import OktaLocalOrg

@Suite("Local org: keys and certificates")
struct KeyTests {
    private let org = TestOrg()

    private func samlApp() -> String {
        org(
            "POST", "/api/v1/apps",
            [
                "label": "SAML", "signOnMode": "SAML_2_0",
                "settings": [
                    "signOn": [
                        "ssoAcsUrl": "https://sp.example.com/acs", "audience": "sp",
                        "recipient": "https://sp.example.com",
                        "destination": "https://sp.example.com/acs",
                    ]
                ],
            ]
        ).id
    }

    /// Returns the certificate of a key from the API, after comparing it with the key's other members.
    private func checked(_ key: JSON) throws -> Certificate {
        let der = try #require(Base64.decode(key["x5c"]?[0]?.string ?? ""))
        #expect(key.text("x5t#S256") == Base64URL.encode(SHA256.hash(data: der)))
        let certificate = try Certificate(derEncoded: der)
        let numbers = try #require(_RSA.Signing.PublicKey(certificate.publicKey)).getKeyPrimitives()
        #expect(key.text("n") == Base64URL.encode(numbers.modulus))
        #expect(key.text("e") == "AQAB")
        return certificate
    }

    @Test("App certificates: have the app's key, and are valid for the requested years")
    func certifiesKeys() throws {
        let app = samlApp()
        let generated = org("POST", "/api/v1/apps/\(app)/credentials/keys/generate?validityYears=3")
        #expect(generated.status == 201)
        #expect(
            generated.raw.header("location")
                == "https://test.okta.com/api/v1/apps/\(app)/credentials/keys/\(generated.json.text("kid") ?? "")")
        let certificate = try checked(generated.json)
        #expect(certificate.publicKey.isValidSignature(certificate.signature, for: certificate))
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.notValidBefore == org.clock.now.date)
        #expect(OrgTime(generated.json.text("expiresAt"))?.date == certificate.notValidAfter)
        let list = org("GET", "/api/v1/apps/\(app)/credentials/keys").json
        #expect(list.count == 2)
        for key in list.elements ?? [] { _ = try checked(key) }
        #expect(Set((list.elements ?? []).compactMap { $0.text("n") }).count == 2)
        // A certificate is the same at each read, and the metadata have that of the active key.
        #expect(org("GET", "/api/v1/apps/\(app)/credentials/keys").json == list)
        let metadata = org("GET", "/api/v1/apps/\(app)/sso/saml/metadata", headers: [("accept", "application/xml")])
        let text = String(decoding: metadata.raw.body, as: UTF8.self)
        #expect(text.contains(try #require(list[0]?["x5c"]?[0]?.string)))
    }

    @Test(
        "CSRs: the request is PKCS#10 with the requested subject, and a certificate for its key completes it")
    func publishes() throws {
        let app = samlApp()
        let path = "/api/v1/apps/\(app)/credentials/csrs"
        let created = org(
            "POST", path,
            [
                "subject": ["countryName": "US", "organizationName": "Acme", "commonName": "sp.example.com"],
                "subjectAltNames": ["dnsNames": ["sp.example.com"]],
            ])
        #expect(created.status == 201)
        let der = try #require(Base64.decode(created.json.text("csr") ?? ""))
        let request = try CertificateSigningRequest(derEncoded: der)
        #expect(request.publicKey.isValidSignature(request.signature, for: request))
        #expect("\(request.subject)".contains("sp.example.com"))

        let authority = P256.Signing.PrivateKey()
        let make = { (key: Certificate.PublicKey) in
            try Certificate(
                version: .v3, serialNumber: .init(7), publicKey: key, notValidBefore: org.clock.now.date,
                notValidAfter: (org.clock.now + 86_400).date,
                issuer: try DistinguishedName { CommonName("CA") }, subject: request.subject,
                extensions: .init(), issuerPrivateKey: .init(authority))
        }
        let publish = { (certificate: Certificate) in
            let request = LocalRequest(
                "POST", "\(path)/\(created.id)/lifecycle/publish",
                headers: [("authorization", "SSWS any"), ("content-type", "application/x-pem-file")],
                body: Array(try certificate.serializeAsPEM().pemString.utf8))
            return org.engine.handle(request)
        }
        #expect(try publish(make(.init(authority.publicKey))).status == 400)
        let certificate = try make(request.publicKey)
        let published = try publish(certificate)
        #expect(published.status == 201)
        let key = try JSON(parsing: published.body)
        #expect(try checked(key) == certificate)
        #expect(published.header("location")?.hasSuffix("/credentials/keys/\(key.text("kid") ?? "")") == true)
        #expect(org("GET", "\(path)/\(created.id)").status == 404)
    }

    @Test("Identity provider keys: have the numbers of the sent certificate")
    func readsCertificates() throws {
        let app = samlApp()
        let chain = org("GET", "/api/v1/apps/\(app)/credentials/keys").json[0]?["x5c"] ?? []
        let key = org("POST", "/api/v1/idps/credentials/keys", ["x5c": chain])
        #expect(key.status == 200)
        _ = try checked(key.json)
        #expect(key.json["x5c"] == chain)
        let refused = org("POST", "/api/v1/idps/credentials/keys", ["x5c": ["MIIDnonsense"]])
        #expect(refused.status == 400)
        #expect(refused.causes == ["x5c: The certificate cannot be read."])
    }
}
#endif
