#if Proxy
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: responses that break off", .hangLimit) struct CutResponseTests {
    /// The point at which an org ends its connection.
    enum Cut: CaseIterable {
        case inHead, behindHead, behindChunkedHead

        var text: String {
            switch self {
            case .inHead: "HTTP/1.1 200 OK\r\nContent-Len"
            case .behindHead: "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"
            case .behindChunkedHead: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            }
        }
    }

    private static let retry = RetryPolicy(initialBackoff: .milliseconds(1), maximumBackoff: .milliseconds(1))

    @Test("Cut responses: a read is retried before the first byte of the body", arguments: Cut.allCases)
    func repeated(cut: Cut) async throws {
        try await LoopbackServer.run { request in
            guard request.header("X-Okta-Retry-Count") == nil else { return .json("{}") }
            return LoopbackResponse().sending(cut.text).closing()
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.retry = Self.retry
            } during: { proxy in
                let response = try await proxy.get("/api/v1/users")
                #expect(response.status == 200 && response.text == "{}")
                #expect(org.requests.count == 2)
            }
        }
    }

    @Test("Cut responses: a change is sent once, and the response is 502", arguments: Cut.allCases)
    func changes(cut: Cut) async throws {
        try await Self.run(cutting: cut) { org, proxy in
            let response = try await RawClient.exchange(
                proxy.port, RawClient.request("POST", "/api/v1/users", body: "{}"))
            try Self.checkFailure(response)
            #expect(org.requests.count == 1)
        }
    }

    @Test("Cut responses: the response to a read that is cut off each time is 502", arguments: Cut.allCases)
    func givenUp(cut: Cut) async throws {
        try await Self.run(cutting: cut) { org, proxy in
            try Self.checkFailure(try await proxy.get("/api/v1/users"))
            #expect(org.requests.count == 5)
            // The connection stays open.
            var client = try RawClient(port: proxy.port)
            for _ in 0..<2 {
                try Self.checkFailure(try await client.exchange(RawClient.request("GET", "/api/v1/users")))
            }
        }
    }

    /// Runs a proxy in front of an org that ends each connection at the same point.
    private static func run(
        cutting cut: Cut, during body: (LoopbackServer, TestProxy) async throws -> Void
    ) async throws {
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending(cut.text).closing()
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.retry = retry
            } during: { proxy in
                try await body(org, proxy)
            }
        }
    }

    private static func checkFailure(_ response: RawResponse) throws {
        #expect(response.status == 502 && response.isComplete)
        #expect(["ORG_RESPONSE", "ORG_UNREACHABLE"].contains(response.proxyError))
        let error = try JSON(parsing: response.body)
        #expect(error["errorCode"]?.string?.hasPrefix("PROXY_ORG_") == true)
        #expect(error["errorSummary"]?.string?.isEmpty == false)
    }

    @Test(
        "Cut responses: a body that is cut off later ends the connection, without a retry",
        arguments: [
            "Content-Length: 8\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            "Transfer-Encoding: chunked\r\n\r\n8\r\nhalf",
        ])
    func halves(fields: String) async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 200 OK\r\n\(fields)").waiting(for: gate).closing()
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.retry = Self.retry
            } during: { proxy in
                let connection = try RawConnection(port: proxy.port)
                try await connection.send(RawClient.request("GET", "/api/v1/users"))
                var seen: [UInt8] = []
                while !String(decoding: seen, as: UTF8.self).contains("half") {
                    seen += try await connection.receive()
                }
                gate.open()
                seen += try await connection.receiveAll()
                let text = String(decoding: seen, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 200") && !text.contains("\r\n0\r\n"))
                #expect(org.requests.count == 1)
                #expect(await eventually { proxy.ledger.snapshot.totals.broken == 1 })
            }
        }
    }

    @Test("Cut responses: an HTTP/1.0 client, whose body ends with the connection, gets a reset")
    func reset() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n").waiting(
                for: gate
            ).closing()
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let connection = try RawConnection(port: proxy.port)
                try await connection.send("GET /api/v1/users HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                var seen: [UInt8] = []
                while !String(decoding: seen, as: UTF8.self).hasSuffix("half") {
                    seen += try await connection.receive()
                }
                gate.open()
                #expect(try await connection.endsByReset())
            }
        }
    }
}
#endif
