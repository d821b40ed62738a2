import OktaRuntime
import Testing

@Suite struct OktaConfigurationTests {
    private func message(_ url: String, token: String = "t0ken-value") -> String? {
        do throws(OktaError) {
            _ = try OktaConfiguration(orgURL: url, token: token)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(
        "Configuration: an org URL is normalized",
        arguments: [
            ("https://acme.okta.com", "https://acme.okta.com"), (" https://ACME.okta.com/ ", "https://acme.okta.com"),
            ("acme.okta.com", "https://acme.okta.com"), ("https://acme.okta.com/api/v1", "https://acme.okta.com"),
            ("https://id.example.com:8443", "https://id.example.com:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://acme.okta.com:443", "https://acme.okta.com"),
        ])
    func anOrgURLIsNormalized(_ input: String, _ origin: String) throws {
        #expect(try OktaConfiguration(orgURL: input, token: "t0ken-value").orgURL == origin)
    }

    @Test(
        "Configuration: the error for an invalid URL suggests the correct value",
        arguments: [
            ("https://acme-admin.okta.com", "https://acme.okta.com"),
            ("https://acme.okta.com.com", "https://acme.okta.com"),
            ("http://acme.okta.com", "https://acme.okta.com"),
            ("https://https://acme.okta.com", "https://acme.okta.com"),
            ("https://user:pw@acme.okta.com", "https://acme.okta.com"),
            ("https//acme.okta.com", "https://acme.okta.com"),
        ])
    func errorForInvalidURLSuggestsCorrectValue(_ input: String, _ suggestion: String) throws {
        let text = try #require(message(input))
        #expect(text.contains(suggestion))
        #expect(!text.contains("pw"))
    }

    @Test(
        "Configuration: a text that is not a URL is rejected",
        arguments: [
            "", "   ", "https://{yourOktaDomain}", "https://", "https://a b.okta.com", "https://acme.okta.com:99999",
        ])
    func textThatIsNotURLIsRejected(_ input: String) {
        #expect(message(input) != nil)
    }

    @Test(
        "Configuration: a text that is not a token is rejected",
        arguments: ["", "SSWS abcdef", "Bearer abcdef", "\"quoted\"", "{apiToken}", "line\nbreak", "ümlaut"])
    func textThatIsNotTokenIsRejected(_ token: String) {
        #expect(message("https://acme.okta.com", token: token) != nil)
    }

    /// A token instead of the URL, and vice versa.
    @Test(
        "Configuration: a token in place of the URL is not printed",
        arguments: [
            "00uQZ8rq-yJ2mT0aBcDeFgHiJkLmNoPqRsTuVwXyZ1", "SSWS 00uQZ8rq-yJ2mT0aBcDeFgHiJkLmNoPqRsTuVwXyZ1",
            "aQZ8rqyJ2mT0aBcD", "00abcdefghijk",
        ])
    func aTokenInTheURLsPlaceIsNotRepeated(_ token: String) throws {
        let text = try #require(message(token, token: "https://acme.okta.com"))
        #expect(!text.lowercased().contains(token.suffix(8).lowercased()))
        let swapped = try #require(message("https://acme.okta.com", token: "https://acme.okta.com"))
        #expect(swapped.contains("are swapped"))
        #expect(message("https://acme.okta.com", token: "acme.okta.com") != nil)
    }

    @Test("Configuration: the name of an org alone is completed", arguments: ["acme", "Acme", "dev-12345678"])
    func aNameAloneIsCompleted(_ name: String) throws {
        let text = try #require(message(name))
        #expect(text.contains("https://\(name.lowercased()).okta.com"))
    }

    @Test("Configuration: a missing variable is named") func theVariableThatIsMissingIsNamed() throws {
        let complete = ["OKTA_CLIENT_ORGURL": "https://acme.okta.com", "OKTA_CLIENT_TOKEN": "t0ken-value"]
        #expect(try OktaConfiguration.fromEnvironment(complete).orgURL == "https://acme.okta.com")
        for name in complete.keys {
            var rest = complete
            rest[name] = nil
            #expect {
                try OktaConfiguration.fromEnvironment(rest)
            } throws: {
                "\($0)".contains(name) && !"\($0)".contains("t0ken")
            }
        }
    }
}
