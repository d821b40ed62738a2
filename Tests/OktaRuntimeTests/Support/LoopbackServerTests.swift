import Foundation
import OktaRuntime
import Testing

@testable import LoopbackServer

/// The server that other tests depend on.
@Suite("LoopbackServer", .hangLimit) struct LoopbackServerTests {
    /// Returns the response that a client without Swift concurrency gets, on a separate thread.
    private func exchange(_ request: String, with server: LoopbackServer) async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: try? Self.exchange(request, at: server.port))
            }
        }
    }

    /// Sends a text and reads until the server has closed the connection.
    private static func exchange(_ request: String, at port: UInt16) throws -> String {
        let socket = try LoopbackSocket.connected(to: port)
        defer { socket.close() }
        try socket.write(Array(request.utf8))
        var response: [UInt8] = []
        while case let bytes = try socket.read(atMost: 1024), !bytes.isEmpty { response += bytes }
        return String(decoding: response, as: UTF8.self)
    }

    @Test("LoopbackServer: responds while all threads of Swift's pool are busy")
    func respondsWithoutThePool() async throws {
        let server = try LoopbackServer { _ in .raw("HTTP/1.1 200 OK\r\n\r\ndone") }
        let mayGoOn = LoopbackGate()
        let response = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount * 2 {
                Task { while !mayGoOn.isOpen {} }
            }
            Thread.detachNewThread {
                let response = try? Self.exchange("GET / HTTP/1.1\r\n\r\n", at: server.port)
                mayGoOn.open()
                continuation.resume(returning: response)
            }
        }
        #expect(response?.hasSuffix("done") == true)
        await server.stop()
    }

    @Test("LoopbackServer: reads requests however they are cut and written")
    func readsRequests() async throws {
        let server = try LoopbackServer { request in
            request.path == "/last"
                ? LoopbackResponse.response(body: request.body).closing() : .response(body: request.body)
        }
        let chunked = "POST /a?b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"
        let sized = "PUT /last HTTP/1.1\r\nX-Two: 1\r\nx-two:2\r\nContent-Length: 2\r\n\r\nok"
        // Two requests arrive in one piece.
        let response = await exchange(chunked + sized, with: server)
        #expect(response?.contains("abc0123456789") == true && response?.hasSuffix("ok") == true)
        #expect(server.requests.map(\.method) == ["POST", "PUT"])
        #expect(server.requests.map(\.query) == ["b", nil])
        #expect(server.requests.last?.headers.map(\.value) == ["1", "2", "2"])
        #expect(server.connectionCount == 1)
        await server.stop()
    }

    @Test(
        "LoopbackServer: closes the connection after a request that is not HTTP",
        arguments: [
            "\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
    func closesOnNoHTTP(_ text: String) async throws {
        let server = try LoopbackServer { _ in .empty() }
        #expect(await exchange(text, with: server) == "")
        #expect(server.requests.isEmpty)
        await server.stop()
    }

    /// Every wait of a connection: for the next request, the rest of one, a gate, its client, or buffer space.
    @Test("LoopbackServer: stopping ends every wait", arguments: 0..<5)
    func stoppingEndsEveryWait(_ place: Int) async throws {
        let isThere = LoopbackGate()
        let server = try LoopbackServer(beforeBody: { _ in isThere.open() }) { _ in
            switch place {
            case 2: return LoopbackResponse().waiting(for: LoopbackGate())
            case 3: return LoopbackResponse().waitingForClose(opening: LoopbackGate())
            default: return LoopbackResponse().sending([UInt8](repeating: 0, count: 64 << 20))
            }
        }
        let socket = try LoopbackSocket.connected(to: server.port)
        let length = place == 1 ? 10 : 0
        if place > 0 {
            try socket.write(Array("GET / HTTP/1.1\r\nContent-Length: \(length)\r\n\r\n".utf8))
            await isThere.wait()
        }
        await server.stop()
        socket.close()
        #expect(throws: SocketFault.self) { try LoopbackSocket.connected(to: server.port).close() }
    }
}
