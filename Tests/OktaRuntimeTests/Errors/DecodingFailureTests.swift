import HTTPTypes
import OktaRuntime
import Testing

@Suite struct DecodingFailureTests {
    /// Returns the error text for a body that is not JSON.
    private func text(_ body: String, headers: [(String, String)]) async throws -> String {
        let response = try await StubTransport(200, body, headers: headers).client().request(.get, "/api/v1/x")
        let error = #expect(throws: OktaError.self) { try response.json() }
        return try #require(error).description
    }

    @Test("Decoding failure: a page of another server is named") func pageOfAnotherServerIsNamed() async throws {
        let text = try await text("<html>private-page</html>", headers: [("Content-Type", "text/html")])
        #expect(text.hasPrefix("GET /api/v1/x: "))
        #expect(text.contains("text/html") && text.contains("a proxy or a sign-in page"), "\(text)")
        #expect(!text.contains("private-page") && !text.contains(".."), "\(text)")
    }

    @Test("Decoding failure: the text says how to look at the org's response", arguments: ["", "<html>", "{"])
    func responseIsAvailable(_ body: String) async throws {
        let text = try await text(body, headers: [("X-Okta-Request-Id", "r1")])
        #expect(text.contains("(request r1). ") && text.contains("request(_:_:)"), "\(text)")
        #expect(!text.contains("proxy"), "\(text)")
    }
}
