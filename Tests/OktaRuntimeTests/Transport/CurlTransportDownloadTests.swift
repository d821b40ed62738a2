import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@Suite("CurlTransport: streamed responses")
struct CurlTransportDownloadTests {
    @Test("Transport download: pieces arrive before the end") func piecesArriveBeforeTheEnd() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 203 Odd\r\nContent-Length: 6\r\nX-Odd: 1\r\n\r\nabc").waiting(
                for: gate
            )
            .sending("def")
        } during: { server in
            let stream = try await CurlTransport().stream(server.request(.get))
            #expect(stream.head.status.code == 203)
            #expect(stream.head.headerFields.map(\.name.canonicalName) == ["content-length", "x-odd"])
            var iterator = stream.makeAsyncIterator()
            var read = try #require(await iterator.next())
            #expect(read.starts(with: "a".utf8))
            gate.open()
            while let piece = try await iterator.next() { read += piece }
            #expect(read == Array("abcdef".utf8))
            #expect(try await iterator.next() == nil)
        }
    }

    /// With a buffer of 16 KiB, a body of 4 MiB makes the transfer wait for its reader many times.
    @Test("Transport download: a long body arrives byte for byte", arguments: ["identity", "chunked"])
    func longBodyArrivesByteForByte(encoding: String) async throws {
        // The pattern has a prime number of bytes, so no part of it has the same position in two buffers.
        let pattern = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        let body = Array(repeatElement(pattern, count: 64).joined())
        try await LoopbackServer.run { _ in
            guard encoding == "chunked" else { return .response(body: body) }
            var response = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for start in stride(from: 0, to: body.count, by: 100_000) {
                let piece = body[start..<min(start + 100_000, body.count)]
                response = response.sending(
                    Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8))
            }
            return response.sending("0\r\n\r\n")
        } during: { server in
            let transport = try CurlTransport(options: .init(streamBufferBytes: 16 << 10))
            var read: [UInt8] = []
            var longest = 0
            for try await piece in try await transport.stream(server.request(.get)) {
                #expect(!piece.isEmpty)
                longest = max(longest, piece.count)
                read += piece
            }
            #expect(read == body)
            // The bytes are the buffer's, and those of the piece from libcurl that filled it.
            #expect(longest <= 32 << 10)
        }
    }

    @Test("Transport download: an empty body ends immediately", arguments: [204, 404])
    func emptyBodyEndsImmediately(status: Int) async throws {
        try await LoopbackServer.run { _ in
            .empty(status)
        } during: { server in
            let stream = try await CurlTransport().stream(server.request(.get))
            #expect(stream.head.status.code == status)
            #expect(try await stream.collect(upTo: 0).isEmpty)
        }
    }

    @Test("Transport download: an interim response is not the head") func interimHeadIsNotTheHead() async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
                .sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        } during: { server in
            let stream = try await CurlTransport().stream(server.request(.get))
            #expect(stream.head.status == .ok)
            #expect(try await stream.collect(upTo: 2) == Array("ok".utf8))
        }
    }

    @Test("Transport download: errors in the body are thrown to its reader") func faultsInTheBodyAreThrownToItsReader()
        async throws
    {
        try await LoopbackServer.run { request in
            let half = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
            return request.path == "/reset" ? half.resetting() : half.closing()
        } during: { server in
            let transport = try CurlTransport()
            for path in ["/cut", "/reset"] {
                // The fault may come before the head has been handed over.
                let kind = await failureKind { () async throws(TransportError) in
                    let stream = try await transport.stream(server.request(.get, path: path))
                    _ = try await stream.collect(upTo: 100)
                }
                #expect(kind == .truncatedResponse)
            }
        }
    }

    @Test("Transport download: limits are enforced") func limitsAreKept() async throws {
        try await LoopbackServer.run { _ in
            .raw("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "A", count: 5000))
        } during: { server in
            let transport = try CurlTransport()
            let own = await failureKind { () async throws(TransportError) in
                let stream = try await transport.stream(server.request(.get, maximumResponseBytes: 4999))
                _ = try await stream.collect(upTo: .max)
            }
            let callers = await failureKind { () async throws(TransportError) in
                _ = try await transport.stream(server.request(.get)).collect(upTo: 4999)
            }
            #expect(own == .responseTooLarge && callers == .responseTooLarge)
        }
    }

    /// The whole body has arrived when the reader begins, and is decoded piece by piece as it reads. No further event
    /// from the network could signal the end.
    @Test("Transport download: the limit of a compressed body is enforced after its last byte has arrived")
    func limitOfCompressedBodyIsEnforcedAfterItsLastByteHasArrived() async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(Self.gzippedZeros.count)\r\n\r\n"
            ).sending(Self.gzippedZeros)
        } during: { server in
            let transport = try CurlTransport(options: .init(streamBufferBytes: 16 << 10))
            let all = try await transport.stream(server.request(.get)).collect(upTo: .max)
            #expect(all.count == Self.zeroCount)
            let kind = await failureKind { () async throws(TransportError) in
                let limit = Self.zeroCount - 1
                let stream = try await transport.stream(server.request(.get, maximumResponseBytes: limit))
                for try await _ in stream {}
            }
            #expect(kind == .responseTooLarge)
        }
    }

    private static let zeroCount = 300_000
    private static let gzippedZeros: [UInt8] =
        [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x01, 0x0D, 0x00, 0x00,
            0x00, 0xC2, 0xA0, 0xF7, 0x4F, 0x6D, 0x0F, 0x07, 0x14,
        ] + [UInt8](repeating: 0, count: 290) + [0xFC, 0x18, 0xFB, 0xE2, 0xB2, 0xF6, 0xE0, 0x93, 0x04, 0x00]

    @Test("Transport download: a slow reader does not delay other calls") func slowReaderDoesNotDelayOtherCalls()
        async throws
    {
        let body = [UInt8](repeating: 7, count: 2 << 20)
        try await LoopbackServer.run { request in
            request.path == "/long" ? .response(body: body) : .empty()
        } during: { server in
            let transport = try CurlTransport(options: .init(streamBufferBytes: 16 << 10))
            let stream = try await transport.stream(server.request(.get, path: "/long"))
            for _ in 0..<20 { #expect(try await transport.send(server.request(.get)).head.status == .ok) }
            #expect(try await stream.collect(upTo: body.count).count == body.count)
        }
    }

    /// Every stream has a separate connection.
    @Test("Transport download: open streams leave connections for other calls", .hangLimit)
    func openStreamsLeaveTheOtherCallsTheirConnections() async throws {
        let body = [UInt8](repeating: 7, count: 2 << 20)
        try await LoopbackServer.run { request in
            request.path == "/long" ? .response(body: body) : .empty()
        } during: { server in
            let transport = try CurlTransport(
                options: .init(maximumConnectionsPerHost: 2, streamBufferBytes: 16 << 10))
            var streams: [TransportResponse.Stream] = []
            for _ in 0..<6 { streams.append(try await transport.stream(server.request(.get, path: "/long"))) }
            for _ in 0..<4 { #expect(try await transport.send(server.request(.get)).head.status == .ok) }
            for stream in streams { #expect(try await stream.collect(upTo: body.count).count == body.count) }
            // The connections of the streams are released.
            #expect(try await transport.send(server.request(.get)).head.status == .ok)
        }
    }

    @Test("Transport download: a transport without streams yields one piece")
    func transportWithoutStreamsYieldsOnePiece() async throws {
        let head = HTTPRequest(method: .get, scheme: "https", authority: "a.example", path: "/")
        let stream = try await StubTransport(200, "abc").stream(TransportRequest(head: head))
        var pieces: [[UInt8]] = []
        for try await piece in stream { pieces.append(piece) }
        #expect(pieces == [Array("abc".utf8)])
        #expect(!"\(stream)".contains("abc"))
    }
}
