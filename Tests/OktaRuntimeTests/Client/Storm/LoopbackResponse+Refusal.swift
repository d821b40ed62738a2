import Foundation
import LoopbackServer

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
