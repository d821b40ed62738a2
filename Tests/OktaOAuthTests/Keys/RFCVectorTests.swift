import HTTPTypes
import OktaRuntime
import Testing

@testable import OktaOAuth

/// The test vectors of the RFCs.
@Suite struct RFCVectorTests {
    @Test("RFC test vectors: the thumbprint of RFC 7638") func theThumbprintOfRFC7638() throws {
        let vector = try Fixture.vector("RFC 7638, section 3.1 (private half from RFC 7517, appendix A.2)")
        let key = try OAuthPrivateKey(#require(vector["jwk"]).text)
        #expect(key.thumbprint == vector["thumbprint"]?.string)
    }

    /// RSA signatures are deterministic, so ours equals the one in the RFC.
    @Test("RFC test vectors: the signature of RFC 7515, A.2") func theSignatureOfRFC7515A2() throws {
        let vector = try Fixture.vector("RFC 7515, appendix A.2")
        let key = try OAuthPrivateKey(#require(vector["jwk"]).text)
        let signed = try #require(vector["signed"]?.string)
        let parts = signed.split(separator: ".").map(String.init)
        let payload = try JSON(parsing: Array(#require(SignedToken.decode(parts[1]))))
        let own = try CompactSignature.make(
            encodedHeader: parts[0], payload: payload, key: key.key, algorithm: .rs256)
        #expect(own == signed)
        #expect(Base64URL.encode(Array("{\"alg\":\"RS256\"}".utf8)) == parts[0])
    }

    /// ECDSA signatures differ each time. The one in the RFC verifies with the key that we read, and so does ours.
    @Test(
        "RFC test vectors: the elliptic-curve signatures of RFC 7515",
        arguments: ["RFC 7515, appendix A.3", "RFC 7515, appendix A.4"])
    func theSignaturesOnCurves(_ name: String) throws {
        let vector = try Fixture.vector(name)
        let key = try OAuthPrivateKey(#require(vector["jwk"]).text)
        let publicKey = try key.key.publicJWK()
        let printed = try #require(vector["signed"]?.string)
        #expect(SignedToken(printed)?.isSigned(by: publicKey) == true)
        let header = String(printed.prefix { $0 != "." })
        let own = try CompactSignature.make(
            encodedHeader: header, payload: "Payload", key: key.key, algorithm: key.algorithm)
        #expect(SignedToken(own)?.isSigned(by: publicKey) == true)
        // Both numbers have the full length, including leading zeros (RFC 7518, section 3.4).
        #expect(own.split(separator: ".").last?.count == printed.split(separator: ".").last?.count)
        let forged = String(own.dropLast(8)) + "AAAAAAAA"
        #expect(SignedToken(forged)?.isSigned(by: publicKey) == false)
    }

    /// The access token and its hash of RFC 9449, section 7.1.
    @Test("RFC test vectors: the access token hash of RFC 9449") func theTokenHashOfRFC9449() throws {
        let token = AccessToken(
            value: "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU", key: try DPoPKey.generate(for: .es256),
            issued: SimulatedTime.start, lifetime: 60)
        let request = TransportRequest(
            head: .init(method: .get, scheme: "https", authority: "resource.example.org", path: "/protectedresource"))
        let fields = try token.credentials(for: request.head, nonce: nil, at: SimulatedTime.start)
        let proof = try #require(fields.first { $0.name.canonicalName == "dpop" }.flatMap { SignedToken($0.value) })
        #expect(proof.payload["ath"]?.string == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")
        #expect(proof.payload["htu"]?.string == "https://resource.example.org/protectedresource")
        #expect(proof.payload["htm"]?.string == "GET")
    }

    @Test("RFC test vectors: Base64url round trips") func base64URLRoundTrips() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes)
            #expect(!text.contains { "+/=".contains($0) })
        }
        #expect(Base64URL.decode("a+b/") == nil)
        #expect(Base64URL.decode("a b") == nil)
        #expect(Base64URL.decode("YQ==", padding: .accepted) == [0x61])
        #expect(Base64URL.decode("YQ==") == nil)
        #expect(Base64URL.decode("YQ==YQ", padding: .accepted) == nil)
    }
}
