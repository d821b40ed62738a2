import HTTPTypes
import OktaRuntime
import Testing

/// Models encoded as the values of an HTML form.
@Suite struct FormBodyTests {
    private func sent(_ json: JSON) async throws -> TransportRequest {
        let transport = StubTransport()
        try await ItemActions(client: try transport.client())._send(.post, "/x", body: .form(Item(json: json)))
        return try #require(transport.requests.first)
    }

    @Test("Form bodies: members are values, in their order, and null is omitted") func members() async throws {
        let request = try await sent([
            "token": "a b&c=ü", "id": nil, "count": 3, "ratio": 0.5, "isOn": true, "empty": "",
        ])
        let text = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(text == "token=a%20b%26c%3D%C3%BC&count=3&ratio=0.5&isOn=true&empty=")
        #expect(request.head.headerFields[.contentType] == "application/x-www-form-urlencoded")
    }

    @Test("Form bodies: the elements of a list are separated by spaces") func lists() async throws {
        let request = try await sent(["scope": ["openid", "a+b"], "none": []])
        #expect(String(decoding: request.body ?? [], as: UTF8.self) == "scope=openid%20a%2Bb")
    }

    @Test(
        "Form bodies: an object in a member is an error that names it",
        arguments: [["sub": [:]], ["sub": [[:]]]] as [JSON])
    func objects(_ json: JSON) async throws {
        await #expect {
            _ = try await sent(json)
        } throws: {
            if case OktaError.invalidRequest(let message) = $0 { message.contains("sub") } else { false }
        }
    }
}
