import Testing

/// The README's example of signing in as an app works.
@Suite struct OAuthReadmeTests {
    @Test("README (OAuth): the example is valid") func theExampleIsValid() throws {
        #expect("\(try oauthReadmeExample(pem: Fixture.key("rsa-pkcs8")))" == "OktaClient(https://acme.okta.com)")
    }
}
