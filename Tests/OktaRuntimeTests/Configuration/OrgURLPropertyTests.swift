import Testing

@testable import OktaRuntime

/// For single and combined mistakes in a URL, the correct URL is accepted or suggested.
@Suite(.longCalculation) struct OrgURLPropertyTests {
    /// A mistake. Returns `nil` if it does not apply.
    private typealias Mistake = @Sendable (String) -> String?

    private static let okta = [
        "acme.okta.com", "acme.oktapreview.com", "acme-eu.okta-emea.com", "acme.okta-gov.com", "acme.okta.mil",
        "my-admin-org.okta.com",
    ]
    private static let custom = ["id.example.com", "login.acme-admin.example", "sso.acme.co.uk"]

    /// Mistakes in the host, each with the resulting host.
    private static let hostMistakes: [Mistake] = [
        { host in okta.contains(host) ? host.replacing(".okta", with: "-admin.okta", maxReplacements: 1) : nil },
        { host in host.hasSuffix(".com") ? host + ".com" : nil },
        { host in host.hasSuffix("okta.com") ? host + ".okta.com" : nil },
        { host in host.replacing(".", with: ",", maxReplacements: 1) },
        { host in host.replacing(".", with: "..", maxReplacements: 1) },
        { host in host + "." },
        { host in host.uppercased() },
        { host in "user:hunter2@" + host },
    ]

    /// Mistakes around the host.
    private static let frames: [(before: String, after: String)] = [
        ("", ""), ("https://", ""), ("http://", ""), ("https:", ""), ("https:/", ""), ("https//", ""), ("htps://", ""),
        ("https:///", ""), ("https://https://", ""), ("https://http://", ""), ("http://https//", ""),
        ("https:\\\\", ""), ("ftp://", ""), ("https://", "/"), ("https://", "/api/v1/users?limit=1"),
        ("https://", "?x=1#y"), (" https://", " \n"), ("https:// ", ""), ("\"https://", "/\""), ("'", "'"),
        ("HTTPS://", "/admin/dashboard"),
    ]

    private func offered(for input: String) -> (value: String?, error: OktaError?) {
        do throws(OktaError) {
            return (try OktaConfiguration(orgURL: input, token: "t0ken-value").orgURL, nil)
        } catch {
            guard case .configuration(let failure) = error else { return (nil, error) }
            return (failure.suggestion, error)
        }
    }

    @Test("Org URL: combined mistakes lead to the correct URL") func combinedMistakesLeadToCorrectURL() {
        var random = SplitMix64(seed: 20_26)
        for round in 0..<4000 {
            let host = (Self.okta + Self.custom).randomElement(using: &random) ?? ""
            var written = host
            for mistake in Self.hostMistakes.shuffled(using: &random).prefix(round % 3) {
                written = mistake(written) ?? written
            }
            let frame = Self.frames.randomElement(using: &random) ?? ("", "")
            let input = frame.before + written + frame.after
            let (value, error) = offered(for: input)
            #expect(value == "https://\(host)", "\(input): \(error?.description ?? "accepted")")
            #expect(error?.description.contains("hunter2") != true)
        }
    }

    @Test("Org URL: an accepted or suggested URL is accepted") func acceptedOrSuggestedURLIsAccepted() {
        let pieces = [
            "https", "http", ":", "/", "//", "://", "acme", ".okta", ".com", ".", "-admin", "@", "okta.com", " ", "\"",
            "\\", ",", "%", "[", "]", "[::1]", "127.0.0.1", ":8080", ":0", "{", "é", "?", "#", "..", "-", "xn--",
            "www.",
            "localhost",
        ]
        var random = SplitMix64(seed: 7)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...8, using: &random)
            let input = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            guard let value = offered(for: input).value else { continue }
            let again = offered(for: value)
            #expect(again.value == value && again.error == nil, "\(input) gave \(value)")
        }
    }

    @Test(
        "Org URL: a correct URL is accepted",
        arguments: [
            ("http://localhost:8080/", "http://localhost:8080"), ("127.0.0.1:8080", "https://127.0.0.1:8080"),
            ("http://[::1]:9", "http://[::1]:9"), ("id.example.com:8443", "https://id.example.com:8443"),
        ])
    func correctURLIsAccepted(_ input: String, _ expected: String) {
        let (value, error) = offered(for: input)
        #expect(value == expected && error == nil)
    }

    @Test(
        "Org URL: the corrected value is suggested",
        arguments: [
            ("https://user:x@id.example.com:8443", "https://id.example.com:8443"),
            ("https://acme.okta.com prod", "https://acme.okta.com"), ("acme .okta.com", "https://acme.okta.com"),
            ("http://id.example.com:8080", "https://id.example.com"), ("acme", "https://acme.okta.com"),
            ("acme.okta", "https://acme.okta.com"), ("https://acme.oktapreview/", "https://acme.oktapreview.com"),
            ("https://acme-admin.okta.com:8443", "https://acme.okta.com"),
        ])
    func theCorrectedValueIsOffered(_ input: String, _ expected: String) {
        let (value, error) = offered(for: input)
        #expect(value == expected && error != nil)
    }

    @Test(
        "Org URL: one of Okta's domains that is misspelled is an error with the right one",
        arguments: [
            ("https://acme.okta.ocm", "https://acme.okta.com"), ("acme.okta.con", "https://acme.okta.com"),
            ("acme.okta.cm", "https://acme.okta.com"), ("acme.okta.co", "https://acme.okta.com"),
            ("acme.okta.comm", "https://acme.okta.com"), ("acme.okta.org", "https://acme.okta.com"),
            ("acme.okta.com.au", "https://acme.okta.com"), ("acme.okat.com", "https://acme.okta.com"),
            ("acme.otka.com", "https://acme.okta.com"), ("acme.oktta.com", "https://acme.okta.com"),
            ("acme.okat.ocm", "https://acme.okta.com"), ("acme.oktacom", "https://acme.okta.com"),
            ("acme.oktapreveiw.com", "https://acme.oktapreview.com"),
            ("acme.oktapreview.co", "https://acme.oktapreview.com"),
            ("acme.oktaprevew.com", "https://acme.oktapreview.com"),
            ("acme.okta-emae.com", "https://acme.okta-emea.com"), ("acme.okta-gov.cmo", "https://acme.okta-gov.com"),
            ("acme.okta.mill", "https://acme.okta.com"), ("acme-admin.okta.ocm/admin/users", "https://acme.okta.com"),
            ("http://ACME.OKTA.OCM:8080", "https://acme.okta.com"),
        ])
    func misspelledDomainIsAnError(_ input: String, _ expected: String) {
        let (value, error) = offered(for: input)
        #expect(value == expected && error != nil, "\(error?.description ?? "accepted")")
    }

    @Test(
        "Org URL: custom domains pass, also such as look a little like Okta's",
        arguments: [
            "id.example.com", "okta.acme.com", "sso.okta.acme.com", "login.octa.com", "id.okra.com", "id.kota.com",
            "login.ota.com", "acme.okta.test", "acme.okta.example", "acme.okta.internal", "acme.okta.localhost",
            "okta.acme.co.uk", "login.oktoberfest.com", "id.oktaba.com", "login.preview.com", "id.gov.uk", "octave.com",
            "acme.com", "okta-login.acme.io", "acme.okta.mil", "identity.acme.okta.local",
        ])
    func customDomainsPass(_ host: String) {
        let (value, error) = offered(for: "https://\(host)")
        #expect(value == "https://\(host)" && error == nil, "\(error?.description ?? "")")
    }

    @Test("Spelling: slips cost by how they happen")
    func slipsHaveCosts() {
        let costs = [
            ("okta", "okta", 0), ("okat", "okta", 1), ("oktta", "okta", 1), ("okta", "oktaa", 1), ("octa", "okta", 2),
            ("kta", "okta", 2), ("oktas", "okta", 2), ("", "abc", 6), ("ba", "ab", 1), ("abcd", "badc", 2),
        ]
        for (left, right, cost) in costs {
            #expect(Spelling(left).cost(to: right) == cost, "\(left) \(right)")
            #expect(Spelling(right).cost(to: left) == cost, "\(right) \(left)")
        }
        let names = ["token", "connectionTimeout"]
        #expect(Spelling("conectionTimeout").nearest(in: names) == "connectionTimeout")
        #expect(Spelling("logging").nearest(in: names) == nil)
        #expect(Spelling("x").nearest(in: ["kid"]) == nil)
    }

    @Test(
        "Org URL: a host that belongs to no org is rejected",
        arguments: [
            "https://okta.com", "www.okta.com", "https://developer.okta.com", "https://login.okta.com/signin",
        ])
    func hostThatBelongsToNoOrgIsRejected(_ input: String) {
        let (value, error) = offered(for: input)
        #expect(value == nil)
        #expect(error?.description.contains("has no org name") == true)
    }
}
