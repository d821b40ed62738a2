import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

/// Streamed calls over real connections.
@Suite(.hangLimit) struct StreamedTransferTests {
    @Test("Streamed transfer: an error response with its body is an API error") func anErrorWithItsBodyIsOfTheAPI()
        async throws
    {
        try await LoopbackServer.run { request in
            let text = #"{"errorCode":"E0000007","errorSummary":"Not found"}"#
            guard request.path == "/api/v1/long" else { return .json(text, status: 404) }
            return .response(404, body: [UInt8](repeating: UInt8(ascii: " "), count: 2 << 20) + Array(text.utf8))
        } during: { server in
            let client = try server.client()
            let error = await #expect(throws: OktaError.self) { try await client.stream(.get, "/api/v1/short") }
            #expect(error?.code == "E0000007")
            // The body is longer than any error, so the status alone counts.
            let other = await #expect(throws: OktaError.self) { try await client.stream(.get, "/api/v1/long") }
            #expect(other?.status == .notFound && other?.code == nil)
        }
    }

    /// The limit of the configuration applies to buffered bodies. A streamed body has only the caller's limit, if any.
    @Test("Streamed transfer: a body may have any length") func bodyMayHaveAnyLength() async throws {
        try await LoopbackServer.run { request in
            let body = [UInt8](repeating: 7, count: 5000)
            guard request.path == "/api/v1/announced" else {
                return LoopbackResponse().sending("HTTP/1.1 200 OK\r\n\r\n").sending(body).closing()
            }
            return .response(body: body)
        } during: { server in
            var configuration = try server.configuration()
            configuration.maximumResponseBytes = 4000
            configuration.retry = .never
            let client = try OktaClient(configuration: configuration)
            for path: RequestPath in ["/api/v1/announced", "/api/v1/surprise"] {
                #expect(try await length(of: client.stream(.get, path)) == 5000)
                #expect(try await length(of: client.stream(.get, path, maximumBytes: 5000)) == 5000)
                let error = await #expect(throws: OktaError.self) {
                    try await length(of: client.stream(.get, path, maximumBytes: 4999))
                }
                guard case .transport(let failure) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(failure.error.kind == .responseTooLarge)
                #expect(failure.description.contains("maximumBytes"))
                await #expect(throws: OktaError.self) { try await client.request(.get, path) }
            }
        }
    }

    private func length(of stream: OktaStream) async throws -> Int {
        try await stream.reduce(0) { $0 + $1.count }
    }

    @Test("Streamed transfer: an interrupted body is a transport failure")
    func interruptedBodyIsTransportFailure() async throws {
        let isRead = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nsecret-body").waiting(for: isRead)
                .closing()
        } during: { server in
            var configuration = try server.configuration()
            configuration.retry.initialBackoff = .zero
            let client = try OktaClient(configuration: configuration)
            var pieces = try await client.stream(.get, "/api/v1/things/\(1)").makeAsyncIterator()
            #expect(try await pieces.next()?.isEmpty == false)
            isRead.open()
            let error = await #expect(throws: OktaError.self) { while try await pieces.next() != nil {} }
            guard case .transport(let failure) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(failure.error.kind == .truncatedResponse)
            #expect(failure.description.hasPrefix("GET /api/v1/things/1: "))
            #expect(!failure.description.contains("secret"))
            // Even a GET is not retried after its head was delivered.
            #expect(server.requests.count == 1)
        }
    }

    @Test("Streamed transfer: cancelling ends the transfer") func cancellingEndsTheTransfer() async throws {
        let isReading = LoopbackGate()
        let clientLeft = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse.half.waitingForClose(opening: clientLeft)
        } during: { server in
            let client = try server.client()
            let task = Task {
                var pieces = try await client.stream(.get, "/api/v1/things").makeAsyncIterator()
                _ = try await pieces.next()
                isReading.open()
                while try await pieces.next() != nil {}
            }
            await isReading.wait()
            task.cancel()
            let error = await #expect(throws: OktaError.self) { try await task.value }
            guard case .cancelled = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            await clientLeft.wait()
        }
    }

    /// While one body is not read, another body of the same length arrives completely over the same transport.
    @Test("Streamed transfer: a reader that pauses applies back pressure") func readerThatPausesAppliesBackPressure()
        async throws
    {
        let size = 64 << 20
        let piece = [UInt8](repeating: 7, count: 256 << 10)
        let written = Tally()
        try await LoopbackServer.run { request in
            let number = request.path == "/api/v1/paused" ? 1 : 2
            var response = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            for _ in 0..<size / piece.count {
                response = response.sending(piece).running { written.add(piece.count, to: number) }
            }
            return response
        } during: { server in
            let client = try server.client()
            let stream = try await client.stream(.get, "/api/v1/paused")
            var pieces = stream.makeAsyncIterator()
            var read = try await pieces.next()?.count ?? 0
            #expect(try await client.request(.get, "/api/v1/whole").body.count == size)
            // The client's own buffer is a quarter of a megabyte. The system's buffers at both ends vary.
            #expect(written[1] < size / 4)
            while let piece = try await pieces.next() { read += piece.count }
            #expect(read == size)
        }
    }
}
