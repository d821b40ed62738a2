import HTTPTypes
import OktaRuntime
import Testing

@Suite struct ActionGroupTests {
    private func group(_ status: Int, _ body: String) throws -> ItemActions {
        ItemActions(client: try StubTransport(status, body).client())
    }

    @Test(arguments: [(200, #"{"id":"1"}"#, "1"), (202, #"{"id":"2"}"#, "2"), (200, "{}", nil), (204, "", nil)])
    func anObjectIsAModel(_ status: Int, _ body: String, _ id: String?) async throws {
        let item: Item = try await group(status, body).call(.get, "/api/v1/item")
        #expect(item.id == id)
    }

    @Test func oneOddElementDoesNotEndAList() async throws {
        let items: [Item] = try await group(200, #"[{"id":"1"},null,7,"x",[],{"id":2}]"#).call(.get, "/api/v1/items")
        #expect(items.map(\.id) == ["1", nil])
    }

    @Test(arguments: ["[]", "7", "null", "<html>", "{", "\u{FEFF}{}"])
    func somethingElseIsADecodingError(_ body: String) async throws {
        let group = try group(200, body)
        await #expect {
            let _: Item = try await group.call(.get, "/api/v1/item")
        } throws: {
            if case OktaError.decoding = $0 { true } else { false }
        }
    }

    /// A failure is never an empty list.
    @Test(arguments: ["", "{}", #"{"items":[]}"#, "null"])
    func whatIsNoArrayIsNoList(_ body: String) async throws {
        let group = try group(200, body)
        await #expect(throws: OktaError.self) {
            let _: [Item] = try await group.call(.get, "/api/v1/items")
        }
    }

    @Test func bytesComeAsTheyAre() async throws {
        let bytes = try await group(200, "<xml/>").bytes(.get, "/api/v1/metadata", accept: .xml)
        #expect(bytes == Array("<xml/>".utf8))
    }

    @Test(arguments: [400, 401, 403, 404, 409, 429, 500, 503, 301, 304])
    func anyOtherStatusIsAnAPIError(_ status: Int) async throws {
        let group = try group(status, #"{"errorCode":"E0000001","errorCauses":[{"errorSummary":"why"}]}"#)
        await #expect {
            try await group.send(.post, "/api/v1/items")
        } throws: {
            guard case OktaError.api(let failure) = $0 else { return false }
            return failure.status.code == status && failure.code == "E0000001" && failure.causes == ["why"]
        }
    }

    @Test(arguments: [
        ("-----BEGIN CERTIFICATE-----\n", "application/x-pem-file"), ("\r\n  -----BEGIN X", "application/x-pem-file"),
        ("0\u{2}", "application/pkix-cert"), ("", "application/pkix-cert"),
    ])
    func aCertificateIsDeclaredAsWhatItIs(_ text: String, _ type: String) async throws {
        let transport = StubTransport()
        try await ItemActions(client: try transport.client())
            .send(.post, "/api/v1/publish", body: .certificate(Array(text.utf8)))
        #expect(transport.requests.first?.head.headerFields[.contentType] == type)
        #expect(transport.requests.first?.body == Array(text.utf8))
    }
}
