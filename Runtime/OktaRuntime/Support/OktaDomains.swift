/// The domains under which Okta hosts orgs.
enum OktaDomains {
    /// Okta's own domains; custom domains may have any name.
    static let all = [
        "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil", "okta-miltest.com",
        "trex-govcloud.com",
    ]
}
