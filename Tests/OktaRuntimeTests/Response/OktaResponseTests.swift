import HTTPTypes
import OktaRuntime
import Testing

@Suite struct OktaResponseTests {
    @Test("Response: has its request id and body") func aResponseHasItsRequestAndBody() async throws {
        let transport = StubTransport(
            200, #"{"id":"1"}"#, headers: [("X-Okta-Request-Id", "r1"), ("X-Rate-Limit-Limit", "600")])
        let response = try await transport.client().request(.get, "/api/v1/items/\("1")")
        #expect(response.requestID == "r1")
        #expect(response.status == .ok)
        #expect(try response.json()["id"]?.string == "1")
        #expect(!"\(response)".contains("\"id\""))
    }

    @Test("Response: a body that is not JSON is a decoding error", arguments: ["{", "<xml/>", "\u{FEFF}{}", "{} x"])
    func bodyThatIsNotJSONIsDecodingError(_ body: String) async throws {
        let response = try await StubTransport(200, body).client().request(.get, "/api/v1/x")
        #expect {
            try response.json()
        } throws: {
            if case OktaError.decoding(let failure) = $0 { "\(failure)".contains("/api/v1/x") } else { false }
        }
    }

    /// Reads the elements of an array that arrives in one piece.
    private func items(_ body: String) async throws -> [Item] {
        try await ItemActions(client: StubTransport(200, body).client())._call(.get, "/api/v1/items")
    }

    @Test("Response: some elements of another type are skipped") func someMisfitsOfAnArrayAreLeftOut() async throws {
        #expect(try await items(#"[5,{"id":"a"},"secret",{"id":"b"}]"#).map(\.id) == ["a", "b"])
        #expect(try await items("[]").isEmpty)
    }

    @Test(
        "Response: an array of nothing but elements of another type is an error",
        arguments: [#"["secret",5]"#, "[null,null]", #"[["secret"],["secret"]]"#])
    func arrayOfNothingButElementsOfAnotherTypeIsError(_ body: String) async throws {
        await #expect {
            _ = try await items(body)
        } throws: {
            guard case OktaError.decoding(let failure) = $0 else { return false }
            return failure.reason.contains("object, but none of the response's 2 has it")
                && "\(failure)".contains("check the org URL") && !"\(failure)".contains("secret")
        }
    }
}
