import Testing

@testable import OktaRuntime

@Suite struct PathCheckTests {
    @Test(
        "Request path: a valid path is sent",
        arguments: [
            "/", "/api/v1/users", "/api/v1/users/", "/a//b", "/a/...", "/a/.b", "/a/b.", "/a/%2E%2Eb", "/a?b=/../c",
            "/a?%",
            "/a/%C3%A4", "/a/x%2Fy?", "/a:b@c;d=e,f!$&'()*+~-_",
        ])
    func aGoodPathIsSent(_ path: String) {
        #expect(PathCheck.fault(in: path) == nil)
    }

    @Test(
        "Request path: an invalid path is rejected",
        arguments: [
            "", "a", "?a", "//evil.example", "/a/../b", "/..", "/.", "/a/.", "/./a", "/a/%2e%2E/b", "/a/%2e",
            "/a/.%2e?x",
            "/a/%", "/a/%2", "/a/%zz/b", "/a b", "/a\tb", "/a#b", "/ä", "/a\"", "/a<b>", "/{id}", "/a|b", "/a^b",
            "/a`b",
            "/a\\b", "/a\u{7F}", "/a?b c", "/a?b\r\nX: y",
        ])
    func aBadPathHasAFault(_ path: String) {
        #expect(PathCheck.fault(in: path) != nil)
    }
}
