import Crypto
import CryptoExtras
import Foundation
import OktaRuntime
import Testing

@testable import OktaOAuth

/// Every key format is read and signs with each of its algorithms, and its public key verifies the signature.
@Suite(.longCalculation) struct KeyFormatTests {
    private func expectSigns(
        _ text: String, _ algorithm: SigningAlgorithm? = nil, as expected: SigningAlgorithm,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let key = try OAuthPrivateKey(text, keyID: "k1", algorithm: algorithm)
        #expect(key.algorithm == expected, sourceLocation: location)
        let assertion = ClientAssertion(clientID: "client", key: key)
        let text = try assertion.make(audience: "https://acme.okta.com/oauth2/v1/token", at: SimulatedTime.start)
        let token = try #require(SignedToken(text), sourceLocation: location)
        let jwk = try JSON(parsing: try #require(key.publicJWK, sourceLocation: location))
        #expect(token.isSigned(by: jwk), sourceLocation: location)
        #expect(token.header["alg"]?.string == expected.rawValue, sourceLocation: location)
        #expect(token.header["kid"]?.string == "k1", sourceLocation: location)
        #expect(["d", "p", "q", "dp", "dq", "qi"].allSatisfy { jwk[$0] == nil }, sourceLocation: location)
        #expect(jwk["use"]?.string == "sig" && jwk["kid"]?.string == "k1", sourceLocation: location)
    }

    @Test("Private keys: RSA keys sign with all three algorithms", arguments: [SigningAlgorithm.rs256, .rs384, .rs512])
    func rsaKeysSignByAllThreeAlgorithms(_ algorithm: SigningAlgorithm) throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        try expectSigns(key.pemRepresentation, algorithm, as: algorithm)
        try expectSigns(key.pkcs8PEMRepresentation, algorithm, as: algorithm)
        try expectSigns(key.pkcs8PEMRepresentation, as: .rs256)
    }

    @Test("Private keys: elliptic-curve keys sign with the algorithm of their curve")
    func keysOnCurvesSignByTheCurvesAlgorithm() throws {
        let p256 = P256.Signing.PrivateKey()
        try expectSigns(p256.pemRepresentation, as: .es256)
        try expectSigns(
            sec1(SEC1(key: p256.rawRepresentation, publicKey: p256.publicKey.x963Representation)), as: .es256)
        try expectSigns(P384.Signing.PrivateKey().pemRepresentation, as: .es384)
        try expectSigns(P521.Signing.PrivateKey().pemRepresentation, as: .es512)
    }

    private struct SEC1 {
        let key: Data
        let publicKey: Data
    }

    /// Returns a P-256 key in the form of RFC 5915, assembled by hand.
    private func sec1(_ parts: SEC1) -> String {
        let parameters: [UInt8] = [0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        let point: [UInt8] = [0xA1, 0x44, 0x03, 0x42, 0x00] + parts.publicKey
        let content: [UInt8] = [0x02, 0x01, 0x01, 0x04, 0x20] + parts.key + parameters + point
        let der = Data([0x30, UInt8(content.count)] + content)
        return "-----BEGIN EC PRIVATE KEY-----\n\(der.base64EncodedString())\n-----END EC PRIVATE KEY-----\n"
    }

    @Test(
        "Private keys: keys created by OpenSSL are read",
        arguments: [
            ("rsa-pkcs8", SigningAlgorithm.rs256), ("rsa-pkcs1", .rs256), ("ec-p256-sec1", .es256),
            ("ec-p256-pkcs8", .es256), ("ec-p384-sec1", .es384), ("ec-p384-pkcs8", .es384), ("ec-p521-sec1", .es512),
            ("ec-p521-pkcs8", .es512),
        ])
    func keysMadeByOpenSSLAreRead(_ name: String, _ algorithm: SigningAlgorithm) throws {
        let text = try Fixture.key(name)
        try expectSigns(text, as: algorithm)
        // The line breaks are those of environment variables, YAML and files of other systems.
        let lines = text.split(separator: "\n").drop { !$0.hasPrefix("-----BEGIN") }
        try expectSigns(lines.joined(separator: "\r\n"), as: algorithm)
        try expectSigns(lines.joined(separator: "\\n"), as: algorithm)
        try expectSigns(lines.joined(separator: " "), as: algorithm)
        try expectSigns(lines.map { "    \($0)" }.joined(separator: "\n"), as: algorithm)
    }

    @Test("Private keys: one key in two formats is the same key") func theSameKeyInTwoFormsIsOneKey() throws {
        let thumbprints = try ["rsa-pkcs8", "rsa-pkcs1"].map { try OAuthPrivateKey(Fixture.key($0)).thumbprint }
        #expect(thumbprints[0] != nil && thumbprints[0] == thumbprints[1])
        for curve in ["p256", "p384", "p521"] {
            let sec1 = try OAuthPrivateKey(Fixture.key("ec-\(curve)-sec1")).thumbprint
            #expect(try OAuthPrivateKey(Fixture.key("ec-\(curve)-pkcs8")).thumbprint == sec1)
        }
    }

    @Test("Private keys: RSA JSON Web Keys are read with and without primes")
    func jsonWebKeysOfRSAAreReadWithAndWithoutPrimes() throws {
        var jwk = try #require(Fixture.vector("RFC 7515, appendix A.2")["jwk"])
        try expectSigns(jwk.text, as: .rs256)
        jwk["alg"] = "RS512"
        try expectSigns("\n " + jwk.text, as: .rs512)
        try expectSigns(jwk.text, .rs384, as: .rs384)
        jwk["p"] = nil
        jwk["q"] = nil
        try expectSigns(jwk.text, as: .rs512)
    }

    @Test("Private keys: elliptic-curve JSON Web Keys are read also without leading zeros")
    func jsonWebKeysOnCurvesAreReadAlsoWithoutLeadingZeros() throws {
        try expectSigns(#require(Fixture.vector("RFC 7515, appendix A.3")["jwk"]).text, as: .es256)
        try expectSigns(#require(Fixture.vector("RFC 7515, appendix A.4")["jwk"]).text, as: .es512)
        // A P-521 number is 66 bytes; some tools drop those that are zero.
        let key = try P521.Signing.PrivateKey(rawRepresentation: [0, 0] + [UInt8](repeating: 7, count: 64))
        let point = key.publicKey.rawRepresentation
        let jwk: JSON = [
            "kty": "EC", "crv": "P-521", "d": JSON(Base64URL.encode(key.rawRepresentation.drop { $0 == 0 })),
            "x": JSON(Base64URL.encode(point.prefix(66))), "y": JSON(Base64URL.encode(point.suffix(66))),
        ]
        try expectSigns(jwk.text, as: .es512)
    }

    /// Some tools pad base64url, which does not change the value.
    @Test(
        "Private keys: JSON Web Keys may have padded Base64",
        arguments: [
            ("RFC 7515, appendix A.2", SigningAlgorithm.rs256), ("RFC 7515, appendix A.3", .es256),
        ])
    func jsonWebKeysMayBePadded(_ name: String, _ algorithm: SigningAlgorithm) throws {
        var jwk = try #require(Fixture.vector(name)["jwk"])
        var count = 0
        for member in ["n", "e", "d", "p", "q", "x", "y"] {
            guard let text = jwk[member]?.string else { continue }
            let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
            jwk[member] = JSON(text + padding)
            count += padding.isEmpty ? 0 : 1
        }
        #expect(count > 0)
        try expectSigns(jwk.text, as: algorithm)
    }

    @Test("Private keys: the caller's key id takes precedence over the key's own")
    func theKeyIDIsTheCallersElseTheKeysOwn() throws {
        let jwk = try #require(
            Fixture.vector("RFC 7638, section 3.1 (private half from RFC 7517, appendix A.2)")["jwk"])
        #expect(try OAuthPrivateKey(jwk.text).keyID == "2011-04-29")
        #expect(try OAuthPrivateKey(jwk.text, keyID: "mine").keyID == "mine")
        #expect(try OAuthPrivateKey(Fixture.key("rsa-pkcs8")).keyID == nil)
    }

    @Test("Private keys: a key set with one private key is read") func keySetWithOnePrivateKeyIsRead() throws {
        let own = try #require(Fixture.vector("RFC 7515, appendix A.3")["jwk"])
        var other = try #require(Fixture.vector("RFC 7515, appendix A.4")["jwk"])
        #expect(throws: OktaError.self) { try OAuthPrivateKey(JSON(["keys": [own, other]]).text) }
        other["d"] = nil
        try expectSigns(JSON(["keys": [other, own]]).text, as: .es256)
    }
}
