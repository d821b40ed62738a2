import Testing

@testable import OktaRuntime

@Suite("Link header")
struct LinkHeaderTests {
    /// Forms that RFC 8288 allows. HTTP clients in other languages lose or truncate several of them.
    @Test(
        "Link header: reads every legal form of a next link",
        arguments: [
            (#"<https://acme.okta.com/a?after=1>; rel="next""#, "https://acme.okta.com/a?after=1"),
            (#"<https://acme.okta.com/a?after=1;b&limit=2>; rel="next""#, "https://acme.okta.com/a?after=1;b&limit=2"),
            (#"<https://acme.okta.com/a?after=1,2>; rel="next""#, "https://acme.okta.com/a?after=1,2"),
            (#"<https://acme.okta.com/a?after=1>; rel="next last""#, "https://acme.okta.com/a?after=1"),
            (#"<https://acme.okta.com/a?after=1>; rel=next"#, "https://acme.okta.com/a?after=1"),
            (#"<https://acme.okta.com/a?after=1>; REL="NEXT""#, "https://acme.okta.com/a?after=1"),
            (#"<https://acme.okta.com/a?after=1> ; rel = "next""#, "https://acme.okta.com/a?after=1"),
            (#"<https://acme.okta.com/a?after=1>; title=a b; rel=next last"#, "https://acme.okta.com/a?after=1"),
            (
                #"<https://acme.okta.com/a?after=1>; title="a" b; crossorigin; rel=next"#,
                "https://acme.okta.com/a?after=1"
            ),
            (#"<https://acme.okta.com/a?after=1>; rel="next"; rel="prev""#, "https://acme.okta.com/a?after=1"),
            (
                #", <https://acme.okta.com/a>;rel="self",, <https://acme.okta.com/a?after=1>;rel="next","#,
                "https://acme.okta.com/a?after=1"
            ),
            (
                #"<https://acme.okta.com/a>; title="<b>; rel=\"next\""; rel="self", <https://acme.okta.com/a?after=1>; rel="next""#,
                "https://acme.okta.com/a?after=1"
            ),
        ])
    func legalForms(field: String, target: String) {
        #expect(LinkHeader([field]).next == .target(target))
    }

    @Test("Link header: reads a relation in single quotes, which gateways send")
    func singleQuotes() {
        let field = "<https://acme.okta.com/a>; rel='self', <https://acme.okta.com/a?after=1>; rel='next'"
        #expect(LinkHeader([field]).next == .target("https://acme.okta.com/a?after=1"))
    }

    @Test(
        "Link header: finds no next link where there is none",
        arguments: [
            #"<https://acme.okta.com/a?after=1>; rel="prev"; rel="next""#,
            #"<https://acme.okta.com/a?after=1>; title="rel=next""#,
            #"<https://acme.okta.com/a?after=1>; rel="nextpage""#,
        ])
    func otherRelations(field: String) {
        #expect(LinkHeader([field]).next == .absent)
    }

    @Test(
        "Link header: a next link that cannot be read is not the end of the list",
        arguments: [
            #"https://acme.okta.com/a?after=1; rel="next""#,
            #"https://acme.okta.com/a?after=1,2;b&limit=2; rel=next"#,
            #"<https://acme.okta.com/a>; rel="self", https://acme.okta.com/a?after=1; rel="next""#,
            #"<https://acme.okta.com/a?after=1; rel="next""#,
            #"<https://acme.okta.com/a?after=1>, rel="next""#,
            #"<https://acme.okta.com/a?after=1> rel="next""#,
            #"<https://acme.okta.com/a?after=1>rel=next"#,
            #"rel="next""#, #"; rel="next""#,
        ])
    func unreadable(field: String) {
        #expect(LinkHeader([field]).next == .unreadable)
    }

    @Test("Link header: a link without a target is passed over if another one is the next page")
    func readableBesideUnreadable() {
        let bare = #"https://acme.okta.com/a?after=1; rel="next""#
        let next = NextLink.target("https://acme.okta.com/a?after=1")
        #expect(LinkHeader([bare, "<https://acme.okta.com/a?after=1>; rel=next"]).next == next)
        #expect(LinkHeader(["\(bare), <https://acme.okta.com/a?after=1>; rel=next"]).next == next)
        #expect(LinkHeader([#"https://acme.okta.com/a; rel="self""#]).next == .absent)
        let unclosed = "<https://acme.okta.com/a; rel=self"
        #expect(LinkHeader(["\(unclosed), <https://acme.okta.com/a?after=1>; rel=next"]).next == next)
        for field in ["", ",", ";", "=", "<", ">", "<>", ";;=,=;", "a=\"", "<a", "\"", "'", " \t"] {
            #expect(LinkHeader([field]).next == .absent)
        }
    }
}
