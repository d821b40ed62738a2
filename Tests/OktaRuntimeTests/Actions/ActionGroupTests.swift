import HTTPTypes
import Testing

@testable import OktaRuntime

@Suite struct ActionGroupTests {
    private func group(_ status: Int, _ body: String) throws -> ItemActions {
        ItemActions(client: try StubTransport(status, body).client())
    }

    @Test(
        "Action result: an object becomes a model",
        arguments: [(200, #"{"id":"1"}"#, "1"), (202, #"{"id":"2"}"#, "2"), (200, "{}", nil)])
    func anObjectIsAModel(_ status: Int, _ body: String, _ id: String?) async throws {
        let item: Item = try await group(status, body)._call(.get, "/api/v1/item")
        #expect(item.id == id)
    }

    /// The response to a read, and to a change that sends an object, is the object. A program would send an empty model
    /// in its place back as an object with one field.
    @Test(
        "Models: no body where an object is promised is an error",
        arguments: [(200, ""), (200, " \r\n\t"), (204, ""), (202, ""), (200, "null"), (200, "[]"), (200, #""x""#)],
        [(HTTPRequest.Method.get, false), (.head, false), (.put, true), (.post, true), (.patch, true)])
    func promisedObjectIsThere(_ response: (Int, String), _ call: (HTTPRequest.Method, Bool)) async throws {
        let group = try group(response.0, response.1)
        let body: RequestBody = call.1 ? .json(Item(json: ["id": "1"])) : .none
        let error = await #expect(throws: OktaError.self) {
            let _: Item = try await group._call(call.0, "/api/v1/item", body: body)
        }
        guard case .decoding(let failure) = error else { throw error ?? .cancelled }
        #expect(failure.reason.contains("no body") || failure.reason.contains("expected an object"), "\(failure)")
        // A caller that retries an executed change would make it twice.
        #expect(failure.description.contains("may have executed the call") == !call.0.isSafe, "\(failure)")
    }

    /// Only a response from the org shows that the org has executed the call.
    @Test(
        "Models: an unreadable response says whether the call is done",
        arguments: [HTTPRequest.Method.get, .head, .put, .post], [nil, "r1"])
    func unreadableResponseSaysWhatIsDone(_ method: HTTPRequest.Method, _ requestID: String?) async throws {
        let headers = requestID.map { [("X-Okta-Request-Id", $0)] } ?? []
        let group = ItemActions(client: try StubTransport(200, "<html>", headers: headers).client())
        let body: RequestBody = method.isSafe ? .none : .json(Item(json: ["id": "1"]))
        let error = await #expect(throws: OktaError.self) {
            let _: Item = try await group._call(method, "/api/v1/item", body: body)
        }
        guard case .decoding(let failure) = error else { throw error ?? .cancelled }
        let text = failure.description
        #expect(
            text.contains("has accepted and executed the call") == (!method.isSafe && requestID != nil), "\(text)")
        #expect(text.contains("may have executed the call") == (!method.isSafe && requestID == nil), "\(text)")
        #expect(text.contains("check the org URL") == (requestID == nil), "\(text)")
        #expect(text.contains("request(_:_:)") == (requestID != nil), "\(text)")
    }

    /// Orgs respond to lifecycle calls in both ways: without a body and with `{}`.
    @Test(
        "Models: the response to a command may have no body",
        arguments: [(200, ""), (204, ""), (200, "{}"), (200, "null")], [HTTPRequest.Method.post, .put, .delete])
    func orderMayBeAcknowledged(_ response: (Int, String), _ method: HTTPRequest.Method) async throws {
        let item: Item = try await group(response.0, response.1)._call(method, "/api/v1/item/lifecycle/activate")
        #expect(item.id == nil)
        try await group(response.0, response.1)._send(method, "/api/v1/item/lifecycle/activate")
    }

    @Test("Models: a read of JSON without a body is an error too")
    func promisedJSONIsThere() async throws {
        let group = try group(200, "")
        await #expect(throws: OktaError.self) { let _: JSON = try await group._call(.get, "/api/v1/item") }
        let acknowledged: JSON = try await group._call(.post, "/api/v1/item/lifecycle/activate")
        #expect(acknowledged == .null)
    }

    /// In other libraries, a lost body has caused an object to be replaced with one field.
    @Test("Models: read, change, replace sends nothing when the read brought nothing")
    func readChangeReplaceIsSafe() async throws {
        let transport = StubTransport(200, "")
        let group = ItemActions(client: try transport.client())
        await #expect(throws: OktaError.self) {
            var item: Item = try await group._call(.get, "/api/v1/item/1")
            item.setMember("name", to: "new")
            let _: Item = try await group._call(.put, "/api/v1/item/1", body: .json(item))
        }
        #expect(transport.requests.map(\.head.method) == [.get])
    }

    @Test("Action result: one element of another type does not end a list") func oneElementOfAnotherTypeDoesNotEndList()
        async throws
    {
        let items: [Item] = try await group(200, #"[{"id":"1"},null,7,"x",[],{"id":2}]"#)._call(.get, "/api/v1/items")
        #expect(items.map(\.id) == ["1", nil])
    }

    @Test(
        "Action result: another type is a decoding error", arguments: ["[]", "7", "null", "<html>", "{", "\u{FEFF}{}"])
    func somethingElseIsADecodingError(_ body: String) async throws {
        let group = try group(200, body)
        await #expect {
            let _: Item = try await group._call(.get, "/api/v1/item")
        } throws: {
            if case OktaError.decoding = $0 { true } else { false }
        }
    }

    /// A failure is never an empty list.
    @Test("Action result: a body that is not an array is not a list", arguments: ["", "{}", #"{"items":[]}"#, "null"])
    func bodyThatIsNotArrayIsNotList(_ body: String) async throws {
        let group = try group(200, body)
        await #expect(throws: OktaError.self) {
            let _: [Item] = try await group._call(.get, "/api/v1/items")
        }
    }

    @Test("Action result: bytes are returned unchanged") func bytesComeAsTheyAre() async throws {
        let bytes = try await group(200, "<xml/>")._bytes(.get, "/api/v1/metadata", accept: .xml)
        #expect(bytes == Array("<xml/>".utf8))
    }

    @Test(
        "Action result: any other status is an API error",
        arguments: [400, 401, 403, 404, 409, 429, 500, 503, 301, 304])
    func anyOtherStatusIsAnAPIError(_ status: Int) async throws {
        let group = try group(status, #"{"errorCode":"E0000001","errorCauses":[{"errorSummary":"why"}]}"#)
        await #expect {
            try await group._send(.post, "/api/v1/items")
        } throws: {
            guard case OktaError.api(let failure) = $0 else { return false }
            return failure.status.code == status && failure.code == "E0000001" && failure.causes == ["why"]
        }
    }

    @Test(
        "Action result: a certificate is sent with its media type",
        arguments: [
            ("-----BEGIN CERTIFICATE-----\n", "application/x-pem-file"),
            ("\r\n  -----BEGIN X", "application/x-pem-file"),
            ("0\u{2}", "application/pkix-cert"), ("", "application/pkix-cert"),
        ])
    func aCertificateIsDeclaredAsWhatItIs(_ text: String, _ type: String) async throws {
        let transport = StubTransport()
        try await ItemActions(client: try transport.client())
            ._send(.post, "/api/v1/publish", body: .certificate(Array(text.utf8)))
        #expect(transport.requests.first?.head.headerFields[.contentType] == type)
        #expect(transport.requests.first?.body == Array(text.utf8))
    }
}
