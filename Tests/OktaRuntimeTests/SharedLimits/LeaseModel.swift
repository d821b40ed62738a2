import Foundation

@testable import OktaRuntime

/// The protocol of leases at small size: an org, a store, and clients, each step of which can happen in any order.
///
/// The store's bucket and each client's lease are the real values. The model has these assumptions:
///
/// - The org counts a call, if at all, at most ``SharedLimitTimes/leeway`` after it was sent, also when its client is gone
///   and when a window ends meanwhile. All clocks show the same time; what they differ by would come off that time.
/// - A client gives an exchange up after 200 milliseconds. Then the store either has carried it out or never does.
/// - Nobody else spends, and the limit is at least the number of first calls, or known.
///
/// Time passes in the steps of a list, which holds the moments around the ends of leases and windows.
struct LeaseModel: Hashable {
    struct Setup: Sendable {
        /// Calls of a window that each principal may make.
        var limit: Int
        /// The principal and the weight of each client.
        var clients: [(principal: String, weight: Int)]
        var principalShare = 1000
        /// The org's limit for all principals together.
        var orgLimit = Int.max
        /// Calls of a client that are in flight at a time, at most.
        var inFlight = 2
        /// The moments, in milliseconds.
        var moments: [Int]
        /// When the first window ends.
        var windowEnd: Int
        /// How many clients end without a word, how many replies of the store and of the org are lost.
        var crashes = 1
        var lostReplies = 1
        var lostResponses = 0
        /// Whether an exchange takes time, so that other things happen meanwhile.
        var isStoreFar = false
        /// Whether the limit is known at first.
        var isKnown = true
    }

    /// What can happen.
    enum Step: Hashable {
        /// A client begins an exchange.
        case ask(Int)
        /// A client's exchange is carried out, but the reply is lost.
        case askInVain(Int)
        /// The store carries it out.
        case carryOut(Int)
        /// The reply arrives.
        case reply(Int)
        /// The client gives the exchange up.
        case giveUp(Int)
        /// A client sends a call with a permit in hand.
        case send(Int)
        /// The org counts a call.
        case count(Call)
        /// The response to a call arrives.
        case respond(Call)
        /// The response to a call, or one without a limit.
        case respondUnstated(Call)
        /// A client ends without a word.
        case crash(Int)
        /// Time passes until the next moment.
        case pass
    }

    struct Call: Hashable {
        var client: Int
        var sent: Int
        /// What the org states in the response; nil while it has not counted the call.
        var stated: Stated?
    }

    struct Stated: Hashable {
        var remaining: Int
        var reset: Int
    }

    /// An exchange that is under way.
    struct Exchange: Hashable {
        var began: Int
        var request: LeaseRequest
        var reply: LeaseReply?
    }

    struct Client: Hashable {
        var lease = BucketLease()
        /// What the client knows of the present window.
        var known: Stated?
        var exchange: Exchange?
        var inFlight = 0
        var isAlive = true
    }

    var bucket = SharedBucket()
    var clients: [Client]
    var calls: [Call] = []
    /// By principal: calls of the present window.
    var counted: [String: Int] = [:]
    private var moment = 0
    private var crashes: Int
    private var lostReplies: Int
    private var lostResponses: Int

    init(_ setup: Setup) {
        clients = setup.clients.map { _ in Client() }
        (crashes, lostReplies, lostResponses) = (setup.crashes, setup.lostReplies, setup.lostResponses)
        guard setup.isKnown else { return }
        let reset = setup.windowEnd
        for client in clients.indices {
            var window = SharedBucket.Window()
            (window.limit, window.remaining) = (setup.limit, setup.limit)
            window.reset = SharedBucketFixture.start + reset
            bucket.windows[setup.clients[client].principal] = window
            clients[client].known = Stated(remaining: setup.limit, reset: reset)
            clients[client].lease.noteStated(departed: .milliseconds(-1))
        }
    }

    /// Calls that the org has counted beyond a limit.
    func excess(_ setup: Setup) -> Int {
        let total = counted.values.reduce(0, +)
        return max(total - setup.orgLimit, counted.values.reduce(0) { max($0, $1 - setup.limit) })
    }

    // MARK: Time

    func now(_ setup: Setup) -> Int { setup.moments[moment] }

    /// The end of the org's window at a time.
    private func reset(_ setup: Setup, at time: Int) -> Int {
        time < setup.windowEnd ? setup.windowEnd : setup.windowEnd + 60_000
    }

    private func mayPass(_ setup: Setup) -> Bool {
        guard moment + 1 < setup.moments.count else { return false }
        let next = setup.moments[moment + 1]
        return calls.allSatisfy { $0.stated != nil || next - $0.sent <= SharedLimitTimes.leeway }
            && clients.allSatisfy { next - ($0.exchange?.began ?? next) <= 200 }
    }

    // MARK: Steps

    /// What can happen now.
    func steps(_ setup: Setup) -> [Step] {
        let now = Duration.milliseconds(now(setup))
        var steps: [Step] = []
        for (index, client) in clients.enumerated() where client.isAlive {
            if let exchange = client.exchange {
                steps.append(exchange.reply == nil ? .carryOut(index) : .reply(index))
                // An exchange that the store never carries out has no effect.
                if lostReplies > 0, exchange.reply != nil { steps.append(.giveUp(index)) }
            } else if client.lease.isDue(waiting: .bulk, inFlight: client.inFlight, now) {
                steps.append(.ask(index))
                if !setup.isStoreFar, lostReplies > 0 { steps.append(.askInVain(index)) }
            }
            if client.inFlight < setup.inFlight, client.lease.hasPermit(now) { steps.append(.send(index)) }
            if crashes > 0 { steps.append(.crash(index)) }
        }
        for call in Set(calls) {
            guard call.stated != nil else {
                steps.append(.count(call))
                continue
            }
            steps.append(.respond(call))
            if lostResponses > 0 { steps.append(.respondUnstated(call)) }
        }
        if mayPass(setup) { steps.append(.pass) }
        return steps
    }

    mutating func take(_ step: Step, _ setup: Setup) {
        let now = now(setup)
        switch step {
        case .ask(let index):
            ask(index, setup, now)
            guard !setup.isStoreFar else { break }
            carryOut(index, setup, now)
            reply(index)
        case .askInVain(let index):
            ask(index, setup, now)
            carryOut(index, setup, now)
            lostReplies -= 1
            clients[index].exchange = nil
        case .carryOut(let index): carryOut(index, setup, now)
        case .reply(let index): reply(index)
        case .giveUp(let index):
            lostReplies -= 1
            clients[index].exchange = nil
        case .send(let index):
            clients[index].lease.spend()
            clients[index].inFlight += 1
            calls.append(Call(client: index, sent: now))
        case .count(let call): count(call, setup, now)
        case .respond(let call): respond(call)
        case .respondUnstated(let call):
            lostResponses -= 1
            remove(call)
            clients[call.client].lease.noteUnstated()
            if let known = clients[call.client].known {
                clients[call.client].known?.remaining = max(0, known.remaining - 1)
            }
        case .crash(let index):
            crashes -= 1
            clients[index] = Client(isAlive: false)
            calls.removeAll { $0.client == index && $0.stated != nil }
        case .pass:
            moment += 1
            begin(setup, self.now(setup), before: now)
        }
        // The order has no meaning.
        calls.sort {
            ($0.client, $0.sent, $0.stated?.remaining ?? -1) < ($1.client, $1.sent, $1.stated?.remaining ?? -1)
        }
    }

    private mutating func begin(_ setup: Setup, _ now: Int, before: Int) {
        if reset(setup, at: now) != reset(setup, at: before) { counted = [:] }
        for index in clients.indices where clients[index].known.map({ $0.reset <= now }) ?? false {
            clients[index].known = nil
            clients[index].lease.beginWindow()
        }
    }

    private mutating func ask(_ index: Int, _ setup: Setup, _ now: Int) {
        let client = clients[index]
        var request = clients[index].lease.request(
            bucket: "GET /api/v1/users", waiting: setup.inFlight, priority: .bulk, inFlight: client.inFlight,
            .milliseconds(now))
        if let known = client.known, let departed = client.lease.newestDeparture {
            request.stated = StatedLimit(
                limit: setup.limit, remaining: known.remaining, reset: SharedBucketFixture.date(known.reset),
                departed: SharedBucketFixture.date(0).addingTimeInterval(seconds(departed)))
        }
        request.principalShare = setup.principalShare
        clients[index].exchange = Exchange(began: now, request: request)
    }

    private mutating func carryOut(_ index: Int, _ setup: Setup, _ now: Int) {
        guard let exchange = clients[index].exchange else { return }
        let (principal, weight) = setup.clients[index]
        let program = SharingProgram(id: "\(index)", name: "", weight: weight, principal: principal)
        clients[index].exchange?.reply = bucket.exchange(
            exchange.request, from: program, now: SharedBucketFixture.start + now)
    }

    private mutating func reply(_ index: Int) {
        guard let exchange = clients[index].exchange, let reply = exchange.reply else { return }
        clients[index].lease.apply(reply, to: exchange.request, asked: .milliseconds(exchange.began))
        clients[index].exchange = nil
    }

    private mutating func count(_ call: Call, _ setup: Setup, _ now: Int) {
        let principal = setup.clients[call.client].principal
        counted[principal, default: 0] += 1
        remove(call)
        guard clients[call.client].isAlive else { return }
        let remaining = max(0, setup.limit - (counted[principal] ?? 0))
        clients[call.client].inFlight += 1
        calls.append(
            Call(
                client: call.client, sent: call.sent,
                stated: Stated(remaining: remaining, reset: reset(setup, at: now))))
    }

    private mutating func respond(_ call: Call) {
        guard let stated = call.stated else { return }
        remove(call)
        let known = clients[call.client].known
        clients[call.client].lease.noteStated(departed: .milliseconds(call.sent))
        if let known, known.reset == stated.reset {
            clients[call.client].known?.remaining = min(known.remaining, stated.remaining)
        } else if stated.reset > known?.reset ?? 0 {
            clients[call.client].known = stated
            clients[call.client].lease.beginWindow()
        }
    }

    private mutating func remove(_ call: Call) {
        guard let index = calls.firstIndex(of: call) else { return }
        calls.remove(at: index)
        if clients[call.client].isAlive { clients[call.client].inFlight -= 1 }
    }
}

extension LeaseModel {
    /// Lets everything happen that is due for a time, without further losses.
    ///
    /// - Returns: The clients that could not send a call, and -1 when the org counted too many.
    func clientsWithoutCall(_ setup: Setup, for duration: Int) -> Set<Int> {
        var setup = setup
        let last = setup.moments.last ?? 0
        setup.moments += stride(from: last + 500, through: last + duration, by: 500)
        var state = self
        var waiting = Set(clients.indices.filter { clients[$0].isAlive })
        // A window may have fewer calls than there are clients.
        let most = max(0, waiting.count - setup.limit)
        while waiting.count > most {
            let step = state.steps(setup).first {
                switch $0 {
                case .ask, .carryOut, .reply, .send, .count, .respond: true
                case .askInVain, .giveUp, .respondUnstated, .crash, .pass: false
                }
            }
            if case .send(let index) = step { waiting.remove(index) }
            // The list of moments has ended.
            if step == nil, state.now(setup) == setup.moments.last { return waiting }
            state.take(step ?? .pass, setup)
            if state.excess(setup) > 0 { return [-1] }
        }
        return []
    }
}
