import HTTPTypes
import LoopbackServer

@testable import OktaRuntime

/// One call of a storm: its request, and the response of the server.
struct StormCall: Sendable {
    let number: Int
    let kind: StormKind
    /// Opened when the server has begun a slow response, and at the latest when the call has ended.
    let begun = LoopbackGate()
    /// Opened to let a slow response continue.
    let mayGoOn = LoopbackGate()
    /// Opened when the connection of an endless response is closed.
    let clientLeft = LoopbackGate()

    init(_ number: Int) {
        self.number = number
        kind = StormKind.of(number)
    }

    /// The allowed results.
    var ends: Set<StormEnd> { isRefused ? [.value(attempts: 2)] : kind.ends }

    // MARK: Request

    var path: RequestPath {
        switch kind.resource {
        case .things: "/api/v1/things/\(number)"
        case .limited: "/api/v1/limited/\(number)"
        case .signed: "/api/v1/signed/\(number)"
        }
    }

    var request: OktaRequest {
        guard kind.method == .post else { return OktaRequest(kind.method, path) }
        let body = BodyStream(length: 5, isRepeatable: true) { write in
            for byte in "hello".utf8 { try await write([byte]) }
        }
        return OktaRequest(.post, path, body: .stream(body, contentType: .bytes))
    }

    /// The body of the correct response.
    var text: String { "\(number)" }

    // MARK: Response

    /// Whether the first attempt exceeds the limit.
    private var isRefused: Bool {
        if case .limited = kind.service { number < 100 } else { false }
    }

    private var token: String { "token-\(number)" }

    /// The response of the server to a token request.
    var tokenResponse: LoopbackResponse {
        if case .tokenless(let fault) = kind.service { fault } else { .response(body: Array(token.utf8)) }
    }

    /// Returns the response of the server to an attempt.
    func response(to request: LoopbackRequest) -> LoopbackResponse {
        if kind.resource == .signed, request.header("Authorization") != "Bearer \(token)" { return .empty(403) }
        // The client's header field counts the attempts: a request that libcurl retries by itself is the same attempt.
        let isFirst = request.header("X-Okta-Retry-Count") == nil
        switch kind.service {
        case .faulty(let fault) where isFirst: return fault
        case .broken(let fault): return fault
        case .limited where isFirst && isRefused: return .usedUp
        case .slow:
            return LoopbackResponse().running { begun.open() }.waiting(for: mayGoOn)
                .sending("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
        case .endless: return .half.running { begun.open() }.waitingForClose(opening: clientLeft)
        default: return goodResponse
        }
    }

    /// The correct response. It states a large limit, except for kinds whose refusals would close it for long.
    private var goodResponse: LoopbackResponse {
        let isStated = kind.resource == .things && kind.method == .get
        let limit = LoopbackResponse.limit(1_000_000, remaining: 900_000, reset: 4_000_000_000)
        return .response(headers: isStated ? limit : [], body: Array(text.utf8))
    }
}
