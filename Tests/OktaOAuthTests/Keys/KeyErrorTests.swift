import OktaOAuth
import OktaRuntime
import Testing

/// Unusable keys are rejected with a message that states the reason and contains nothing of the key.
@Suite struct KeyErrorTests {
    private func message(
        _ text: String, algorithm: SigningAlgorithm? = nil, _ location: SourceLocation = #_sourceLocation
    ) -> String {
        do throws(OktaError) {
            _ = try OAuthPrivateKey(text, algorithm: algorithm)
            Issue.record("the key was taken", sourceLocation: location)
            return ""
        } catch {
            guard case .configuration(let failure) = error else {
                Issue.record("not a configuration error: \(error)", sourceLocation: location)
                return ""
            }
            // The message contains no word of the text that could be part of a key.
            for word in text.split(whereSeparator: { " \n\",:{}".contains($0) }) where word.count >= 20 {
                #expect(!"\(error)".contains(word), sourceLocation: location)
            }
            return failure.message
        }
    }

    @Test(
        "Private keys: an unsupported key is named",
        arguments: [
            ("rsa-pkcs8-encrypted", "encrypted"), ("rsa-pkcs1-encrypted", "encrypted"), ("rsa-public", "public key"),
            ("certificate", "certificate"), ("rsa-1024", "shorter than 2048 bits"), ("rsa-pss", "RSASSA-PSS"),
            ("ed25519", "Ed25519"), ("ec-secp256k1", "a curve other than"),
        ])
    func otherKeysAreNamed(_ name: String, _ words: String) throws {
        #expect(message(try Fixture.key(name)).contains(words))
    }

    @Test(
        "Private keys: a damaged key is explained",
        arguments: [
            ("", "empty"), (" \n", "empty"), ("secrets/okta.pem", "path of a key file"), ("hunter2", "neither PEM"),
            ("-----BEGIN PRIVATE KEY-----\nMIIE", "no matching -----END"),
            ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "PEM text is damaged"),
            ("-----BEGIN PRIVATE KEY-----\nM!I\n-----END PRIVATE KEY-----", "PEM text is damaged"),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "is damaged"),
            ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "is damaged"),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", "OPENSSH"),
            ("{", "not valid JSON"), ("{}", "no kty"), (#"{"kty":"oct","k":"AAAA"}"#, "kty RSA or EC"),
            (#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, "it has no d"),
            (#"{"kty":"EC","d":"AA"}"#, "no crv"), (#"{"kty":"EC","crv":"X25519","d":"AA"}"#, "a curve other than"),
            (#"{"kty":"RSA","e":"AQAB","d":"AA"}"#, "has no n"),
            (#"{"kty":"RSA","n":"a+b/","e":"AQAB","d":"AA"}"#, "not base64url"),
            (#"{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}"#, "shorter than 2048 bits"),
            (#"{"keys":[]}"#, "0 private keys"), (#"{"kty":"RSA","use":"enc"}"#, "for encryption"),
        ])
    func damagedTextsAreExplained(_ text: String, _ words: String) {
        #expect(message(text).contains(words))
    }

    @Test("Private keys: a truncated key is reported as damaged") func aKeyCutOffIsDamaged() throws {
        for name in ["rsa-pkcs8", "ec-p256-pkcs8", "ec-p256-sec1", "rsa-pkcs1"] {
            var lines = try Fixture.key(name).split(separator: "\n")
            lines.remove(at: lines.count - 2)
            #expect(message(lines.joined(separator: "\n")).contains("damaged"))
        }
    }

    @Test("Private keys: a mix of two keys is rejected") func mixOfTwoKeysIsRejected() throws {
        var jwk = try #require(Fixture.vector("RFC 7515, appendix A.3")["jwk"])
        jwk["x"] = jwk["y"]
        #expect(message(jwk.text).contains("do not belong to one key"))
        var rsa = try #require(Fixture.vector("RFC 7515, appendix A.2")["jwk"])
        rsa["p"] = rsa["q"]
        #expect(message(rsa.text).contains("do not belong to one key"))
    }

    @Test("Private keys: two private keys in one text are rejected") func twoPrivateKeysInOneTextAreRefused() throws {
        #expect(message(try Fixture.key("rsa-pkcs8") + Fixture.key("rsa-pkcs1")).contains("2 private keys"))
    }

    @Test("Private keys: an algorithm for another kind of key is rejected")
    func anAlgorithmOfAnotherKindOfKeyIsRefused() throws {
        #expect {
            try OAuthPrivateKey(Fixture.key("rsa-pkcs8"), algorithm: .es256)
        } throws: { error in
            "\(error)" == "ES256 requires a P-256 key, but this is a RSA key of 2048 bits. Use RS256"
        }
        var jwk = try #require(Fixture.vector("RFC 7515, appendix A.3")["jwk"])
        jwk["alg"] = "ES384"
        #expect(message(jwk.text).contains("ES384 requires a P-384 key"))
        jwk["alg"] = "PS256"
        #expect(message(jwk.text).contains("RS256, RS384"))
    }

    @Test("Private keys: a malformed key id is rejected", arguments: ["", "a\nb", "ä"])
    func aMalformedKeyIDIsRefused(_ keyID: String) throws {
        #expect(throws: OktaError.self) { try OAuthPrivateKey(Fixture.key("rsa-pkcs8"), keyID: keyID) }
    }
}
