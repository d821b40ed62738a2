import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite("CurlTransport: streamed request bodies")
struct CurlTransportUploadTests {
    @Test("Transport upload: a file arrives byte for byte", arguments: [HTTPRequest.Method.post, .put, .patch])
    func fileArrivesByteForByte(method: HTTPRequest.Method) async throws {
        let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 13 ^ $0 >> 9) }
        let file = try TemporaryFile(bytes)
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let transport = try CurlTransport(options: .init(streamBufferBytes: 16 << 10))
            let body = try BodyStream(contentsOfFile: file.path)
            #expect(body.length == bytes.count && body.isRepeatable)
            // The request is sent twice, because the file is opened again for each attempt.
            for _ in 0..<2 { _ = try await transport.send(server.request(method, streamedBody: body)) }
            for request in server.requests {
                #expect(request.method == method.rawValue)
                #expect(request.header("Content-Length") == "\(bytes.count)")
                #expect(request.header("Transfer-Encoding") == nil)
                #expect(request.header("Expect") == nil)
                #expect(request.body == bytes)
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test("Transport upload: a sequence of unknown length is chunked") func sequenceOfUnknownLengthIsChunked()
        async throws
    {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let pieces = AsyncStream<[UInt8]> { continuation in
                for number in 0..<500 { continuation.yield(Array("piece \(number)\n".utf8)) }
                continuation.yield([])
                continuation.finish()
            }
            let body = BodyStream(pieces, length: nil)
            _ = try await CurlTransport().send(server.request(.post, streamedBody: body))
            let request = try #require(server.requests.first)
            #expect(request.header("Transfer-Encoding") == "chunked")
            #expect(request.text == (0..<500).map { "piece \($0)\n" }.joined())
        }
    }

    @Test("Transport upload: an empty stream sends Content-Length: 0") func emptyStreamSaysContentLengthZero()
        async throws
    {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let body = BodyStream(length: 0) { _ in }
            _ = try await CurlTransport().send(server.request(.post, streamedBody: body))
            #expect(server.requests.first?.header("Content-Length") == "0")
        }
    }

    /// The source continues only when the server has received the head, so the request is sent before its body is
    /// complete.
    @Test("Transport upload: a slow source is waited for") func slowSourceIsWaitedFor() async throws {
        let headArrived = LoopbackGate()
        try await LoopbackServer.run(beforeBody: { _ in headArrived.open() }) { request in
            .response(body: request.body)
        } during: { server in
            let body = BodyStream(length: 6) { write in
                await headArrived.wait()
                for letter in "abcdef".utf8 {
                    try await write([letter])
                    await Task.yield()
                }
            }
            let response = try await CurlTransport().send(server.request(.put, streamedBody: body))
            #expect(response.body == Array("abcdef".utf8))
        }
    }

    @Test("Transport upload: a wrong length is a failure", arguments: [3, 5])
    func wrongLengthIsAFailure(length: Int) async throws {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let body = BodyStream(length: 4) { write in try await write(Array(repeating: 1, count: length)) }
            let transport = try CurlTransport()
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(server.request(.post, streamedBody: body))
            }
            #expect(error?.kind == .bodyFailed)
            #expect(server.requests.isEmpty)
            _ = try await transport.send(server.request(.get))
        }
    }

    @Test("Transport upload: an error of the source is named without its text")
    func failureOfTheSourceIsNamedWithoutItsText() async throws {
        struct SourceFault: Error { var secret = "hunter2" }
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let body = BodyStream(length: nil) { write in
                try await write([1, 2, 3])
                throw SourceFault()
            }
            let error = await #expect(throws: TransportError.self) {
                try await CurlTransport().send(server.request(.post, streamedBody: body))
            }
            #expect(error?.kind == .bodyFailed)
            #expect(error?.detail.contains("SourceFault") == true)
            #expect(error.map { "\($0)".contains("hunter2") } == false)
        }
    }

    @Test("Transport upload: cancelling ends the transfer and the source") func cancellingEndsTransferAndSource()
        async throws
    {
        let headArrived = LoopbackGate()
        let sourceEnded = LoopbackGate()
        try await LoopbackServer.run(beforeBody: { _ in headArrived.open() }) { _ in
            .empty()
        } during: { server in
            let transport = try CurlTransport()
            let body = BodyStream(length: 1 << 40) { write in
                defer { sourceEnded.open() }
                while true { try await write([UInt8](repeating: 0, count: 64 << 10)) }
            }
            let task = Task { await transport.failureKind(of: server.request(.post, streamedBody: body)) }
            await headArrived.wait()
            task.cancel()
            #expect(await task.value == .cancelled)
            await sourceEnded.wait()
            #expect(sourceEnded.isOpen)
        }
    }

    @Test("Transport upload: upload and download at the same time") func uploadAndDownloadAtSameTime() async throws {
        let bytes = [UInt8](repeating: 9, count: 300_000)
        try await LoopbackServer.run { request in
            .response(body: request.body)
        } during: { server in
            let transport = try CurlTransport(options: .init(streamBufferBytes: 16 << 10))
            let body = BodyStream(length: bytes.count) { write in
                for start in stride(from: 0, to: bytes.count, by: 1000) {
                    try await write(Array(bytes[start..<start + 1000]))
                }
            }
            let stream = try await transport.stream(server.request(.put, streamedBody: body))
            #expect(try await stream.collect(upTo: bytes.count) == bytes)
        }
    }

    @Test("Transport upload: a missing file is reported immediately", arguments: ["/no/such/file", "/", "a\0b"])
    func missingFileIsReportedImmediately(path: String) {
        let error = #expect(throws: TransportError.self) { try BodyStream(contentsOfFile: path) }
        #expect(error?.kind == .bodyFailed)
        #expect(error?.detail.isEmpty == false)
    }

    @Test("Transport upload: a transport without streams collects the body") func transportsWithoutStreamsCollect()
        async throws
    {
        let head = HTTPRequest(method: .post, scheme: "https", authority: "a.example", path: "/")
        let body = BodyStream(length: 4) { write in
            try await write([1, 2])
            try await write([3, 4])
        }
        #expect(try await TransportRequest(head: head, streamedBody: body).collectedBody() == [1, 2, 3, 4])
        #expect(try await TransportRequest(head: head, body: [5]).collectedBody() == [5])
        #expect(try await TransportRequest(head: head).collectedBody() == nil)
    }
}
