import OktaCommand
import OktaRuntime
import Testing

@Suite("Secrets") struct SecretMaskTests {
    @Test(
        "Secrets: a name is judged by its position",
        arguments: [
            ("clientSecret", true, true, true), ("password", true, true, true), ("answer", true, true, true),
            ("apiKey", true, true, true), ("assertion", true, true, true), ("passphrase", true, true, true),
            ("tokenType", false, false, true), ("passwordChanged", false, false, true), ("pin", false, true, true),
            ("code", false, true, true), ("d", false, true, true), ("hash", false, false, true),
            ("credentials", false, false, true), ("login", false, false, false), ("city", false, false, false),
        ])
    func places(_ name: String, inResponse: Bool, inRequest: Bool, inCommandLine: Bool) {
        #expect(SecretNames.ofResponses.isSecret(name) == inResponse)
        #expect(SecretNames.ofRequests.isSecret(name) == inRequest)
        #expect(SecretNames.ofCommandLines.isSecret(name) == inCommandLine)
    }

    @Test(
        "Secrets: those in responses are those in requests and in command lines",
        arguments: [
            "password", "tempPassword", "client_secret", "sharedSecret", "refresh-token", "private_key", "otp", "totp",
            "activationUrl", "resetPasswordUrl", "recoveryUrl", "seed", "codeVerifier", "userCode", "authorization",
        ])
    func grows(_ name: String) {
        #expect(SecretNames.ofResponses.isSecret(name))
        #expect(SecretNames.ofRequests.isSecret(name))
        #expect(SecretNames.ofCommandLines.isSecret(name))
    }

    @Test(
        "Secrets: requests lose everything within a secret, and nothing else",
        arguments: [
            (
                #"{"credentials":{"password":{"value":"a","hash":{"algorithm":"BCRYPT","workFactor":10}}}}"#,
                #"{"credentials":{"password":{"value":"(secret)","hash":{"algorithm":"(secret)","workFactor":"(secret)"}}}}"#
            ),
            (
                #"{"credentials":{"recovery_question":{"question":"Who?","answer":"Annie"}}}"#,
                #"{"credentials":{"recovery_question":{"question":"Who?","answer":"(secret)"}}}"#
            ),
            (#"{"keys":[{"kty":"RSA","n":"n","d":"d"}]}"#, #"{"keys":[{"kty":"RSA","n":"n","d":"(secret)"}]}"#),
            (#"{"passCode":"1","stateToken":"t"}"#, #"{"passCode":"(secret)","stateToken":"(secret)"}"#),
        ])
    func requests(_ given: String, _ stored: String) throws {
        let json = try JSON(parsing: given)
        #expect(SecretMask.requests.masked(json).text == stored)
        #expect(SecretMask.requests.hasSecrets(json))
    }

    @Test("Secrets: a value without secrets is unchanged, byte by byte")
    func keepsBytes() throws {
        let text = #"{ "id":"1.0", "n": 1.50, "profile": {"login" : "a"}, "password": {"enabled": true, "x": null} }"#
        let json = try JSON(parsing: text)
        for mask in [SecretMask.requests, .agents, .responses(of: "User", in: .management)] {
            #expect(mask.masked(json).text == json.text)
            #expect(!mask.hasSecrets(json))
        }
    }
}
