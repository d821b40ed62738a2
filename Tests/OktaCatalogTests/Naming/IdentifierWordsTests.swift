import OktaCatalog
import Testing

@Suite struct IdentifierWordsTests {
    @Test(
        "Words of names: are joined in lower camel case",
        arguments: [
            ("List Users", "listUsers"), ("ACTIVE_DIRECTORY", "activeDirectory"), ("changePassword", "changePassword"),
            ("Create X 509 Certificate Public Key", "createX509CertificatePublicKey"), ("SHA-256", "sha256"),
            ("Listing IDPs for User", "listingIDPsForUser"), ("Get SMS Template", "getSMSTemplate"),
            ("token:software:totp", "tokenSoftwareTotp"),
            ("List Certificate Signing Requests For IDP", "listCertificateSigningRequestsForIDP"),
            ("HTTPMethod", "httpMethod"),
            ("DYNAMIC_V2", "dynamicV2"), ("_links", "links"), ("If-Match", "ifMatch"), ("x5t#S256", "x5tS256"),
            ("OTHER", "other"),
            ("IDPs", "idps"),
        ])
    func lowerCamelCase(_ name: String, _ expected: String) {
        #expect(IdentifierWords(name).lowerCamelCase == expected)
    }

    @Test(
        "Words of names: are joined to a phrase",
        arguments: [
            ("costCenter", "cost center"), ("realmId", "realm id"), ("HTTPMethod", "HTTP method"),
            ("zipCode", "zip code"),
            ("UserProfile", "user profile"), ("Saml11Application", "saml11 application"),
        ])
    func phrase(_ name: String, _ expected: String) {
        #expect(IdentifierWords(name).phrase == expected)
    }

    @Test("Words of names: a text of punctuation alone has no words") func textOfPunctuationAloneHasNoWords() {
        #expect(IdentifierWords("***").lowerCamelCase.isEmpty)
    }
}
