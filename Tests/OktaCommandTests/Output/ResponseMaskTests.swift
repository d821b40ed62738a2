import OktaCommand
import OktaRuntime
import Testing

@Suite("Secrets: responses on terminals") struct ResponseMaskTests {
    @Test(
        "Mask: secrets in responses, and members that only mention secrets",
        arguments: [
            ("access_token", true), ("refresh_token", true), ("clientSecret", true), ("sharedSecret", true),
            ("tempPassword", true), ("activationToken", true), ("activationUrl", true), ("resetPasswordUrl", true),
            ("privateKey", true), ("apiKey", true), ("passCode", true), ("sessionToken", true), ("token", true),
            ("token_type", false), ("tokenEndpoint", false), ("passwordChanged", false), ("secret_hash", false),
            ("recoveryAnswer", true), ("code_verifier", true), ("device_code", true), ("passwordLabel", false),
            ("token_endpoint_auth_method", false), ("login", false), ("expires_in", false),
        ])
    func names(_ name: String, _ isHidden: Bool) {
        let masked = SecretMask.responses(of: nil, in: .management).masked(JSON(members: [(name, "value")]))
        #expect((masked[name]?.string == "********") == isHidden)
    }

    @Test("Mask: values within credentials, keys and lists are masked, and everything else is unchanged")
    func nested() throws {
        let item = try JSON(
            parsing: """
                {"id": "1.0", "credentials": {"password": {"value": "p", "hash": {"salt": "s", "algorithm": "BCRYPT"}},
                "provider": {"name": "OKTA"}}, "keys": [{"kty": "RSA", "kid": "k", "n": "n", "d": "d"}], "d": "day"}
                """)
        let masked = SecretMask.responses(of: "User", in: .management).masked(item)
        #expect(masked["credentials"]?["password"]?["value"]?.string == "********")
        #expect(masked["credentials"]?["password"]?["hash"]?["salt"]?.string == "********")
        #expect(masked["credentials"]?["password"]?["hash"]?["algorithm"]?.string == "BCRYPT")
        #expect(masked["credentials"]?["provider"]?["name"]?.string == "OKTA")
        #expect(masked["keys"]?[0]?["d"]?.string == "********")
        #expect(masked["keys"]?[0]?["n"]?.string == "n")
        #expect(masked["d"]?.string == "day")
        let plain = try JSON(parsing: #"{"id": "1.0", "profile": {"login": "a"}}"#)
        #expect(SecretMask.responses(of: "User", in: .management).masked(plain).text == plain.text)
    }
}
