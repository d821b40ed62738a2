#if Redis
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaRuntime

/// The encoding of exchanges and replies for the script.
enum ExchangeWire {
    /// Returns the keys of a bucket. Their common hash tag puts them on the same cluster node. The number is the
    /// version of the layout.
    static func keys(org: String, bucket: String) -> [String] {
        // A brace would end the hash tag early, so that two buckets could have the same tag.
        let tag = "{okta:limits:5:\(org)|\(bucket.replacing("{", with: "<").replacing("}", with: ">"))}"
        return [tag, "\(tag):due"]
    }

    /// Returns the arguments of the script for one bucket.
    ///
    /// - Parameter known: The creation time of the record that the client's store last used; `nil` if there is none.
    static func call(_ exchange: LeaseExchange, _ request: LeaseRequest, known: Int? = nil) -> ScriptCall {
        let program = exchange.program
        var arguments = [program.id, program.name, program.principal, request.priority.rawValue]
        arguments += [
            program.weight, exchange.number, exchange.now?.milliseconds, request.waiting, request.prefetch,
            request.held,
            request.acknowledged, request.returned, request.unstated, request.isExhausted ? 1 : 0, request.utilization,
            request.reserve,
            request.principalShare, known, request.alone.milliseconds, request.share, request.taken,
        ].map { (number: Int?) in number.map { String($0) } ?? "" }
        if let stated = request.stated {
            arguments += [stated.limit, stated.remaining, stated.reset.milliseconds, stated.departed.milliseconds].map {
                String($0)
            }
        }
        return ScriptCall(keys: keys(org: exchange.org, bucket: request.bucket), arguments: arguments)
    }

    /// A decoded reply of the script.
    struct TimedReply: Sendable, Hashable {
        let reply: LeaseReply
        /// The org's time that the script used.
        let now: Int
        /// The creation time of the record.
        let born: Int
    }

    /// Returns whether the script has skipped an exchange, because it has already processed a later one of the client.
    /// A suspended server may read an exchange after the client's next one, which uses another connection.
    static func isLate(_ reply: RedisReply) -> Bool { reply == .list([.integer(-1)]) }

    /// Decodes a reply. Returns `nil` for a reply that is not from this script.
    static func reply(_ reply: RedisReply) -> TimedReply? {
        guard case .list(let parts) = reply else { return nil }
        let numbers = parts.compactMap { part in if case .integer(let number) = part { number } else { nil } }
        guard numbers.count == 11 else { return nil }
        let window = RateLimit(
            limit: numbers[3], remaining: numbers[4], reset: Date(timeIntervalSince1970: Double(numbers[5]) / 1000))
        var reply = LeaseReply(
            granted: numbers[0], duration: .milliseconds(numbers[1]),
            retryAfter: numbers[2] < 0 ? nil : .milliseconds(numbers[2]), window: numbers[5] > 0 ? window : nil,
            share: Double(numbers[6]) / Double(SharedBucket.whole))
        reply.aside = numbers[9] < 0 ? nil : numbers[9]
        reply.isPaused = numbers[10] == 1
        return TimedReply(reply: reply, now: numbers[7], born: numbers[8])
    }
}
#endif
