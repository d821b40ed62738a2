/// The domains below which Okta gives orgs their hosts.
enum OktaDomains {
    /// Okta's own domains; elsewhere a host may be named as its owner likes.
    static let all = [
        "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil", "okta-miltest.com",
        "trex-govcloud.com",
    ]
}
