import Testing

@testable import OktaCatalog

@Suite struct FormNameTests {
    @Test(
        "Names of union cases: words shared with the union are omitted",
        arguments: [
            ("OpenIdConnectApplication", "Application", "signOnMode", "openIdConnect"),
            ("PasswordPolicyRule", "PolicyRule", "type", "password"),
            ("Application", "Application", "signOnMode", ""),
            ("TypeMail", "Notice", "type", "mail"), ("Saml11Application", "Application", "signOnMode", "saml11"),
        ])
    func wordsThatAreSharedAreLeftOut(_ form: String, _ union: String, _ discriminator: String, _ short: String) {
        #expect(FormName(form: form, union: union, discriminator: discriminator).short == short)
    }
}
