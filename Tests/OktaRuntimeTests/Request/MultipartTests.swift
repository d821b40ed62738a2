import HTTPTypes
import OktaRuntime
import Testing

@Suite struct MultipartTests {
    private func sent(_ file: UploadFile) async throws -> TransportRequest {
        let transport = StubTransport(201, "")
        try await ItemActions(client: try transport.client())
            .send(.post, "/logo", body: .multipart([.file(name: "file", file)]))
        return try #require(transport.requests.first)
    }

    @Test func aFileIsOnePart() async throws {
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

    /// A file's name can not end its header, nor begin another.
    @Test(arguments: ["a\"; x=\"b.png", "a\r\nX-Evil: 1\r\n\r\n", "a\\\"", "ö.png", "../../etc/passwd"])
    func aHostileNameStaysAName(_ name: String) async throws {
        let file = UploadFile(bytes: [1], fileName: name, contentType: "image/png")
        guard let body = try? await sent(file).body else { return }
        let text = String(decoding: body, as: UTF8.self)
        let head = try #require(text.firstRange(of: "\r\n\r\n").map { text[..<$0.lowerBound] })
        #expect(head.split(separator: "\r\n").count == 3)
        #expect(head.filter { $0 == "\"" }.count == 4)
    }

    @Test func aHostileTypeIsRefused() async throws {
        await #expect(throws: OktaError.self) {
            try await sent(UploadFile(bytes: [1], fileName: "a", contentType: "image/png\r\nX: y"))
        }
    }
}
