import Testing

@testable import OktaDrift

/// Whether a host is an org. A path such as `/api/v1/users/77` does not show it.
@Suite struct OrgHostsTests {
    @Test(
        "Hosts: subdomains of Okta's domains are orgs",
        arguments: [
            ("acme.okta.com", true), ("acme-admin.okta.com", true), ("acme.oktapreview.com", true),
            ("acme.okta-emea.com", true), ("acme.okta-gov.com", true), ("acme.okta.mil", true),
            ("acme.okta.com:443", true),
            ("okta.com", false), ("www.okta.com", false), ("developer.okta.com", false), ("evilokta.com", false),
            ("acme.okta.com.evil.example", false), ("acme.okta.org", false), ("acme.okta.com:8443", false),
            ("login.acme.example", false), ("no host", false), ("", false), (".okta.com", false),
            ("a b.okta.com", false),
        ])
    func oktaDomains(_ host: String, _ isOrg: Bool) {
        #expect(OrgHosts.belowOktaDomains.contains(host) == isOrg)
    }

    @Test(
        "Hosts: with given names, only matching hosts are orgs",
        arguments: [
            ("login.acme.example", "login.acme.example", true), ("Login.Acme.example", "login.acme.example", true),
            ("login.acme.example", "login.acme.example:8443", true),
            ("login.acme.example:8443", "login.acme.example", false),
            ("login.acme.example", "a.login.acme.example", false), ("*.acme.example", "a.b.acme.example", true),
            ("*.acme.example", "acme.example", false), ("*.acme.example", "evilacme.example", false),
            ("*", "anything.example", true), ("*:8080", "anything.example", false), ("[::1]", "[::1]:8080", true),
            ("login.acme.example", "acme.okta.com", false),
        ])
    func askedFor(_ name: String, _ host: String, _ isOrg: Bool) throws {
        #expect(try OrgHosts([name]).contains(host) == isOrg)
    }

    @Test(
        "Hosts: rejects invalid host names",
        arguments: ["https://acme.okta.com", "acme.okta.com/api", "", "a*.b", "a b"])
    func refused(_ name: String) {
        #expect(throws: RecordingFailure.self) { try OrgHosts([name]) }
    }

    @Test(
        "Hosts: splits a URL into host and path",
        arguments: [
            ("https://Acme.okta.com/api/v1/users?q=a/b", "acme.okta.com", "/api/v1/users"),
            ("HTTP://acme.okta.com:8080/a#b", "acme.okta.com:8080", "/a"),
            ("https://acme.okta.com@evil.example/a", "evil.example", "/a"),
            ("https://a:b@acme.okta.com./a", "acme.okta.com", "/a"),
            ("https://evil.example/https://acme.okta.com/a", "evil.example", "/https://acme.okta.com/a"),
            ("//acme.okta.com/a", "acme.okta.com", "/a"), ("/a/b?c", nil, "/a/b"),
            ("https://\u{7}hush/a", "no host name", "/a"),
        ])
    func addresses(_ text: String, _ host: String?, _ path: String) throws {
        let address = try #require(Array(text.utf8).withUnsafeBufferPointer { RecordedAddress($0) })
        #expect(address.host == host)
        #expect(address.path == path)
    }

    @Test(
        "Hosts: rejects URLs that are not HTTP",
        arguments: [
            "data:text/plain,/api/v1/users", "chrome-extension://a/b", "about:blank", "", "wss://a.okta.com/b",
            "https://a.okta.com", "https://evil.example\\@acme.okta.com/a",
        ])
    func noAddresses(_ text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { RecordedAddress($0) } == nil)
    }
}
