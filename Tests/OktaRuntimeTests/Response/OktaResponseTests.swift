import HTTPTypes
import OktaRuntime
import Testing

@Suite struct OktaResponseTests {
    @Test func anAnswerKnowsItsRequestAndItsBody() async throws {
        let transport = StubTransport(
            200, #"{"id":"1"}"#, headers: [("X-Okta-Request-Id", "r1"), ("X-Rate-Limit-Limit", "600")])
        let response = try await transport.client().request(.get, "/api/v1/items/\("1")")
        #expect(response.requestID == "r1")
        #expect(response.status == .ok)
        #expect(try response.json()["id"]?.string == "1")
        #expect(!"\(response)".contains("\"id\""))
    }

    @Test(arguments: ["{", "<xml/>", "\u{FEFF}{}", "{} x"])
    func whatIsNoJSONIsADecodingError(_ body: String) async throws {
        let response = try await StubTransport(200, body).client().request(.get, "/api/v1/x")
        #expect {
            try response.json()
        } throws: {
            if case OktaError.decoding(let failure) = $0 { "\(failure)".contains("/api/v1/x") } else { false }
        }
    }
}
