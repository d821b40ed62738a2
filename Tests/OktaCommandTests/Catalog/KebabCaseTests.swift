import OktaCommand
import Testing

@Suite struct KebabCaseTests {
    @Test(
        "Kebab case: listed names and wire names",
        arguments: [
            ("List Users", "list-users"), ("API Token", "api-token"), ("userIdOrLogin", "user-id-or-login"),
            ("If-Match", "if-match"), ("client_id", "client-id"),
            ("OktaAccessGateway-Agent", "okta-access-gateway-agent"),
            ("CAPTCHA", "captcha"), ("sortBy", "sort-by"), ("WebAuthn Preregistration", "web-authn-preregistration"),
        ])
    func names(_ text: String, _ name: String) {
        #expect(KebabCase.name(of: text) == name)
    }
}
