import OktaCatalog
import Testing

@Suite struct OperationIdentityTests {
    @Test(
        "Operation identity: ignores the names of path parameters",
        arguments: ["/users/{id}/roles/{roleId}", "/users/{}/roles/{}", "/users/{userId}/roles/{}"])
    func namesOfParametersDoNotMatter(_ path: String) {
        #expect(OperationIdentity("get", path) == OperationIdentity("GET", "/users/{a}/roles/{b}"))
        #expect(OperationIdentity("get", path).description == "GET /users/{}/roles/{}")
    }

    @Test("Operation identity: depends on the method and the literal path segments") func methodAndLiteralPartsMatter()
    {
        #expect(OperationIdentity("GET", "/users/{}") != OperationIdentity("PUT", "/users/{}"))
        #expect(OperationIdentity("GET", "/users/{}") != OperationIdentity("GET", "/users/me"))
    }

    @Test("Operation identity: sorts by path, then by method") func orderIsThatOfPathsAndThenMethods() {
        let sorted = [("PUT", "/b"), ("GET", "/b"), ("GET", "/b/{}"), ("GET", "/b/a"), ("GET", "/a")]
            .map { OperationIdentity($0.0, $0.1) }.sorted().map(\.description)
        #expect(sorted == ["GET /a", "GET /b", "PUT /b", "GET /b/a", "GET /b/{}"])
    }
}
