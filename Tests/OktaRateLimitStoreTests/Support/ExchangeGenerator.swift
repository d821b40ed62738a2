import Foundation
import OktaRuntime

/// Random exchanges of a few clients of one or two principals, most of them sensible.
struct ExchangeGenerator {
    private var random: SplitMix64
    private var now: Int
    private var held: [String: Int] = [:]
    private var shares: [String: Int] = [:]
    /// The numbers of each client's last exchange, and of the last one whose reply it had.
    private var numbers: [String: (last: Int, acknowledged: Int)] = [:]
    private let clients: Int
    private let principals: Int

    init(seed: UInt64, clients: Int) {
        random = SplitMix64(seed: seed)
        self.clients = clients
        principals = Int.random(in: 1...3, using: &random)
        now = Date().milliseconds
    }

    mutating func next() -> LeaseExchange {
        advance()
        let number = Int.random(in: 0..<clients, using: &random)
        let program = SharingProgram(
            id: "client \(number)", name: "program \(number % 3)", weight: number % 4 == 0 ? 3 : number % 7 + 1,
            principal: "principal \(number % principals)")
        var request = LeaseRequest(bucket: "GET /api/v1/users/{}")
        request.waiting = chance(60) ? Int.random(in: 1...30, using: &random) : 0
        request.prefetch = chance(40) ? Int.random(in: 0...20, using: &random) : 0
        request.priority = (number % 5 == 0) != chance(5) ? .interactive : .bulk
        let had = held[program.id] ?? 0
        request.held = Int.random(in: 0...max(had, chance(3) ? 20 : 0), using: &random)
        request.returned = chance(20) ? Int.random(in: 0...(had - min(had, request.held)), using: &random) : 0
        request.unstated = chance(5) ? Int.random(in: 0...5, using: &random) : 0
        request.isExhausted = chance(3)
        request.alone = chance(10) ? .milliseconds(Int.random(in: 1...15_000, using: &random)) : .zero
        request.share = shares[program.id] ?? 0
        request.utilization = chance(80) ? 1000 : 800
        request.reserve = [0, 20, 100][number % 3]
        request.principalShare = chance(80) ? 500 : 1000
        if chance(50) {
            let limit = [25, 600, 600, 600][Int.random(in: 0..<4, using: &random)]
            let end = (now / 60_000 + Int.random(in: 0...2, using: &random)) * 60_000 + (chance(5) ? 7000 : 0)
            request.stated = StatedLimit(
                limit: limit, remaining: Int.random(in: 0...limit, using: &random), reset: date(end),
                departed: date(now - Int.random(in: 0...3000, using: &random)))
            if chance(80) { request.taken = Int.random(in: 0...limit, using: &random) }
        }
        held[program.id] = request.held
        let order = (numbers[program.id]?.last ?? 0) + 1
        request.acknowledged = numbers[program.id]?.acknowledged ?? 0
        numbers[program.id] = (order, request.acknowledged)
        return LeaseExchange(
            org: "https://acme.okta.com", program: program, now: chance(10) ? nil : date(now), number: order,
            requests: [request])
    }

    /// Takes over the reply to the last exchange; some are lost.
    mutating func grant(_ reply: LeaseReply, to id: String) {
        guard !chance(10) else { return }
        held[id, default: 0] += reply.granted
        shares[id] = Int((reply.share * 1_000_000).rounded())
        // Two statements, because one would access the table while it is modified.
        let last = numbers[id]?.last ?? 0
        numbers[id]?.acknowledged = last
    }

    private mutating func advance() {
        switch Int.random(in: 0..<200, using: &random) {
        case 0: now -= Int.random(in: 10_000...7_200_000, using: &random)
        case 1: now += Int.random(in: 60_000...7_200_000, using: &random)
        case 2..<10: now -= Int.random(in: 1...1500, using: &random)
        case 10..<30: now += Int.random(in: 1000...20_000, using: &random)
        default: now += Int.random(in: 0...400, using: &random)
        }
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private func date(_ milliseconds: Int) -> Date { Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000) }
}
