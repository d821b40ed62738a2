import Foundation
import HTTPTypes
import LoopbackServer

extension StormKind {
    /// Returns the kind of a numbered call. Fifteen of fifty calls have a fault, and two of a thousand exceed a limit.
    static func of(_ number: Int) -> StormKind {
        let place = number % 50
        return place < special.count ? special[place] : StormKind(.get, .good, ends: [.value(attempts: 1)])
    }

    private static let special = passing + lasting + peculiar

    /// Eight faults that a retry overcomes.
    private static let passing = [
        StormKind(.get, .faulty(LoopbackResponse().closing()), ends: [.value(attempts: 2)]),
        StormKind(.put, .faulty(LoopbackResponse().resetting()), ends: [.value(attempts: 2)]),
        StormKind(.get, .faulty(.half.closing()), ends: [.value(attempts: 2)]),
        // The window of this method is unknown, so no call waits for its end.
        StormKind(.post, .faulty(.refusal(429, "E0000047")), ends: [.value(attempts: 2)]),
        StormKind(
            .delete, .faulty(.refusal(429, "E0000047", LoopbackResponse.limit(0, remaining: 0, reset: 4_000_000_000))),
            ends: [.value(attempts: 2)]),
        StormKind(.post, .faulty(.refusal(503, "E0000010")), ends: [.value(attempts: 2)]),
        StormKind(.get, .faulty(.refusal(401, "E0000011")), at: .signed, ends: [.value(attempts: 2)]),
        StormKind(
            .get, .faulty(.refusal(503, "E0000010")), caller: .givesUp, ends: [.value(attempts: 2), .cancelled]),
    ]

    /// Seven faults that no retry overcomes, or that allow none.
    private static let lasting = [
        StormKind(.post, .broken(.half.resetting()), ends: [.transport(attempts: 1)]),
        StormKind(.get, .broken(.raw("garbage\r\n\r\n")), ends: [.transport(attempts: 1)]),
        StormKind(
            .get, .broken(.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n")),
            ends: [.transport(attempts: 3)]),
        StormKind(
            .get, .broken(.raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")),
            ends: [.transport(attempts: 1)]),
        StormKind(.get, .broken(.refusal(503, "E0000010")), ends: [.api(status: 503, attempts: 3)]),
        StormKind(.get, .broken(.half.closing()), caller: .reads, ends: [.transport(attempts: 1)]),
        StormKind(.get, .tokenless(LoopbackResponse().resetting()), at: .signed, ends: [.transport(attempts: 1)]),
    ]

    /// The kinds that are neither faults nor plain calls.
    private static let peculiar = [
        StormKind(.get, .limited, at: .limited, ends: [.value(attempts: 1)]),
        StormKind(.get, .good, at: .limited, caller: .givesUp, ends: [.value(attempts: 1), .cancelled]),
        StormKind(.get, .good, caller: .givesUp, ends: [.value(attempts: 1), .cancelled]),
        StormKind(.get, .slow, ends: [.value(attempts: 1)]),
        StormKind(.get, .endless, caller: .givesUpMidway, ends: [.cancelled]),
        StormKind(.get, .endless, caller: .leaves, ends: [.value(attempts: 1)]),
        StormKind(.get, .good, caller: .reads, ends: [.value(attempts: 1)]),
        StormKind(.get, .good, at: .signed, ends: [.value(attempts: 1)]),
        StormKind(.post, .good, ends: [.value(attempts: 1)]),
    ]
}

extension LoopbackResponse {
    /// Returns a refusal with one of Okta's codes and the header fields of a limit.
    static func refusal(_ status: Int, _ code: String, _ limit: [(String, String)] = []) -> LoopbackResponse {
        .json(#"{"errorCode":"\#(code)"}"#, status: status, headers: limit)
    }

    /// Returns a refusal until the end of the current second.
    static var usedUp: LoopbackResponse {
        let reset = Int(Date().timeIntervalSince1970) + 1
        return refusal(429, "E0000047", limit(600, remaining: 0, reset: reset))
    }

    /// Returns the header fields that state a limit.
    static func limit(_ calls: Int, remaining: Int, reset: Int) -> [(String, String)] {
        [
            ("X-Rate-Limit-Limit", "\(calls)"), ("X-Rate-Limit-Remaining", "\(remaining)"),
            ("X-Rate-Limit-Reset", "\(reset)"),
        ]
    }
}
