import OktaRuntime
import OktaUpstream
import Testing

/// The generator and the library know the same domains of Okta, although neither depends on the other.
@Suite struct OktaDomainsTests {
    @Test("Okta's domains: the generator and the library have the same list") func theListsAreEqual() {
        #expect(OktaUpstream.OktaDomains.all == OktaRuntime.OktaDomains.all)
    }
}
