/// The steps of a server for one request: bytes, waits and the end of the connection, in any order.
public struct LoopbackResponse: Sendable {
    enum Step: Sendable {
        case send([UInt8])
        case run(@Sendable () -> Void)
        case wait(LoopbackGate)
        case waitForClose(LoopbackGate)
        case relay(UInt16)
        case close
        case reset
    }

    var steps: [Step] = []

    /// A response without steps, which leaves the client waiting on an open connection.
    public init() {}

    /// Adds bytes, sent as they are.
    public func sending(_ bytes: [UInt8]) -> LoopbackResponse { adding(.send(bytes)) }

    /// Adds text, sent as it is in UTF-8.
    public func sending(_ text: String) -> LoopbackResponse { sending(Array(text.utf8)) }

    /// Adds the steps of another response.
    public func followed(by other: LoopbackResponse) -> LoopbackResponse {
        var copy = self
        copy.steps += other.steps
        return copy
    }

    /// Adds an action, which runs after all previous steps.
    public func running(_ action: @escaping @Sendable () -> Void) -> LoopbackResponse { adding(.run(action)) }

    /// Adds a wait for a gate.
    public func waiting(for gate: LoopbackGate) -> LoopbackResponse { adding(.wait(gate)) }

    /// Adds a wait for the client to close the connection, which opens the gate.
    public func waitingForClose(opening gate: LoopbackGate) -> LoopbackResponse { adding(.waitForClose(gate)) }

    /// Adds a relay of all bytes, in both directions, to a port of this machine until either side ends.
    public func relaying(to port: UInt16) -> LoopbackResponse { adding(.relay(port)) }

    /// Adds the end of the connection.
    public func closing() -> LoopbackResponse { adding(.close) }

    /// Adds a hard end of the connection: the client sees "connection reset by peer".
    public func resetting() -> LoopbackResponse { adding(.reset) }

    private func adding(_ step: Step) -> LoopbackResponse {
        var copy = self
        copy.steps.append(step)
        return copy
    }
}

extension LoopbackResponse {
    /// A complete response with a correct `Content-Length`. The connection stays open.
    public static func response(
        _ status: Int = 200,
        headers: [(String, String)] = [],
        body: [UInt8] = []
    ) -> LoopbackResponse {
        var head = "HTTP/1.1 \(status) \(reasons[status] ?? "Status")\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        // 1xx and 204 have no body and, by RFC 9110, no length.
        if status >= 200 && status != 204 && status != 304 { head += "Content-Length: \(body.count)\r\n" }
        return LoopbackResponse().sending(Array((head + "\r\n").utf8) + body)
    }

    /// A complete response with a JSON body.
    public static func json(
        _ text: String,
        status: Int = 200,
        headers: [(String, String)] = []
    ) -> LoopbackResponse {
        response(status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
    }

    /// A complete response without a body.
    public static func empty(_ status: Int = 200, headers: [(String, String)] = []) -> LoopbackResponse {
        response(status, headers: headers)
    }

    /// Raw bytes, followed by the end of the connection.
    public static func raw(_ text: String) -> LoopbackResponse {
        LoopbackResponse().sending(text).closing()
    }

    private static let reasons = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error",
    ]
}

extension LoopbackResponse {
    /// Returns the response of a server in a storm. 30 of 100 numbered calls get different faults, at all stages of an
    /// exchange. The response to the others is their number.
    public static func storm(_ number: Int) -> LoopbackResponse {
        let half = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
        switch number % 100 {
        case 0..<5: return LoopbackResponse().closing()
        case 5..<10: return LoopbackResponse().resetting()
        case 10..<14: return half.closing()
        case 14..<18: return half.resetting()
        case 18..<22: return .raw("garbage\r\n\r\n")
        case 22..<26: return .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        case 26..<30: return .raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")
        default: return .response(body: Array("\(number)".utf8))
        }
    }
}
