import OktaRuntime
import Testing

/// Whatever mistakes are made with a URL, alone or together, the right one is accepted or offered.
@Suite(.longCalculation) struct OrgURLPropertyTests {
    /// A mistake; `nil` where it cannot be made.
    private typealias Mistake = @Sendable (String) -> String?

    private static let okta = [
        "acme.okta.com", "acme.oktapreview.com", "acme-eu.okta-emea.com", "acme.okta-gov.com", "acme.okta.mil",
        "my-admin-org.okta.com",
    ]
    private static let custom = ["id.example.com", "login.acme-admin.example", "sso.acme.co.uk"]

    /// Mistakes in the host, each a text that the host becomes.
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

    @Test func allMistakesTogetherLeadToTheRightURL() {
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

    @Test func whatIsAcceptedOrOfferedIsAcceptedAgain() {
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

    @Test(arguments: [
        ("http://localhost:8080/", "http://localhost:8080"), ("127.0.0.1:8080", "https://127.0.0.1:8080"),
        ("http://[::1]:9", "http://[::1]:9"), ("id.example.com:8443", "https://id.example.com:8443"),
    ])
    func whatIsRightIsAccepted(_ input: String, _ expected: String) {
        let (value, error) = offered(for: input)
        #expect(value == expected && error == nil)
    }

    @Test(arguments: [
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

    @Test(arguments: [
        "https://okta.com", "www.okta.com", "https://developer.okta.com", "https://login.okta.com/signin",
    ])
    func aHostOfNoOrgIsNoOrg(_ input: String) {
        let (value, error) = offered(for: input)
        #expect(value == nil)
        #expect(error?.description.contains("names no org") == true)
    }
}
