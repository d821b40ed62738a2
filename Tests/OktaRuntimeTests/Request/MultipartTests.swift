import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite struct MultipartTests {
    private func sent(_ file: UploadFile) async throws -> TransportRequest {
        let transport = StubTransport(201, "")
        try await ItemActions(client: try transport.client())
            ._send(.post, "/logo", body: .multipart([.file(name: "file", file)]))
        return try #require(transport.requests.first)
    }

    @Test("Multipart body: a file is one part") func aFileIsOnePart() async throws {
        let file = UploadFile(bytes: [0, 13, 10, 255], fileName: "logo.png", contentType: "image/png")
        let request = try await sent(file)
        let type = try #require(request.head.headerFields[.contentType])
        let boundary = try #require(type.firstRange(of: "boundary=").map { type[$0.upperBound...] })
        let body = try #require(request.body)
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\n"
        #expect(body.starts(with: head.utf8))
        #expect(body.firstRange(of: [0, 13, 10, 255]) != nil)
        #expect(body.reversed().starts(with: "--\(boundary)--\r\n".utf8.reversed()))
    }

    /// A file name cannot end its header field or begin another one.
    @Test(
        "Multipart body: a hostile file name is escaped",
        arguments: ["a\"; x=\"b.png", "a\r\nX-Evil: 1\r\n\r\n", "a\\\"", "ö.png", "../../etc/passwd"])
    func aHostileNameStaysAName(_ name: String) async throws {
        let file = UploadFile(bytes: [1], fileName: name, contentType: "image/png")
        guard let body = try? await sent(file).body else { return }
        let text = String(decoding: body, as: UTF8.self)
        let head = try #require(text.firstRange(of: "\r\n\r\n").map { text[..<$0.lowerBound] })
        #expect(head.split(separator: "\r\n").count == 3)
        #expect(head.filter { $0 == "\"" }.count == 4)
    }

    @Test("Multipart body: a hostile media type is rejected") func aHostileTypeIsRefused() async throws {
        await #expect(throws: OktaError.self) {
            try await sent(UploadFile(bytes: [1], fileName: "a", contentType: "image/png\r\nX: y"))
        }
    }
}

@Suite("Multipart bodies with files on disk")
struct MultipartFileTests {
    /// A streamed body has the same bytes as a body in memory.
    @Test("Multipart body: a file on disk is streamed") func aFileOnDiskIsStreamed() async throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
        let file = try TemporaryFile(bytes)
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { server in
            let actions = ItemActions(client: try server.client())
            for upload in [
                UploadFile(path: file.path, fileName: "logo.png", contentType: "image/png"),
                UploadFile(bytes: bytes, fileName: "logo.png", contentType: "image/png"),
            ] {
                let parts: [RequestBody.Part] = [.field(name: "note", value: "ä"), .file(name: "file", upload)]
                try await actions._send(.post, "/logo", body: .multipart(parts))
            }
            let bodies = try server.requests.map { request in
                let type = try #require(request.header("Content-Type"))
                let boundary = Array(try #require(type.firstRange(of: "boundary=").map { type[$0.upperBound...] }).utf8)
                #expect(request.header("Content-Length") == "\(request.body.count)")
                #expect(request.header("Transfer-Encoding") == nil)
                return request.body.split(separator: boundary).map(Array.init)
            }
            #expect(bodies.count == 2)
            #expect(bodies[0] == bodies[1])
            #expect(bodies[0].count == 4)
        }
    }

    @Test("Multipart body: a missing file is reported before anything is sent")
    func missingFileIsReportedBeforeAnythingIsSent() async throws {
        let transport = StubTransport()
        let actions = ItemActions(client: try transport.client())
        let missing = UploadFile(path: "/no/such/logo.png", contentType: "image/png")
        #expect(missing.fileName == "logo.png")
        for body in [
            RequestBody.multipart([.file(name: "file", missing)]),
            .file(path: "/no/such/logo.png", contentType: "image/png"),
        ] {
            let error = await #expect(throws: OktaError.self) { try await actions._send(.post, "/logo", body: body) }
            #expect(error?.description.contains("/no/such/logo.png") == true)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("Multipart body: files and streams are bodies") func filesAndStreamsAreBodies() async throws {
        let file = try TemporaryFile(Array("<xml/>".utf8))
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { server in
            let actions = ItemActions(client: try server.client())
            try await actions._send(.put, "/metadata", body: .file(path: file.path, contentType: .xml))
            let stream = BodyStream(length: 3) { try await $0(Array("csr".utf8)) }
            try await actions._send(.post, "/csr", body: .stream(stream, contentType: .pkcs10))
            #expect(server.requests.map(\.text) == ["<xml/>", "csr"])
            let types = server.requests.map { $0.header("Content-Type") }
            #expect(types == ["application/xml", "application/pkcs10"])
        }
    }
}
