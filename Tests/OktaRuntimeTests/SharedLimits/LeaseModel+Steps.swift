import Foundation

@testable import OktaRuntime

/// The effects of the steps.
extension LeaseModel {
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
        // The model does not include the behavior of clients without the store, nor states that differ by it.
        request.share = SharedBucket.whole
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
        guard let exchange = clients[index].exchange, var reply = exchange.reply else { return }
        (reply.share, reply.aside) = (1, nil)
        clients[index].lease.apply(reply, to: exchange.request, asked: .milliseconds(exchange.began))
        if let known = clients[index].known, let window = reply.window,
            window.reset == SharedBucketFixture.date(known.reset)
        {
            clients[index].known?.remaining = min(known.remaining, window.remaining)
        }
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
    /// Performs all due steps until a time, without further losses.
    ///
    /// - Parameter isDone: Called after each step; true ends it early.
    mutating func goOn(_ setup: Setup, until end: Int, isDone: (Step, LeaseModel) -> Bool) {
        var setup = setup
        setup.moments += stride(from: (setup.moments.last ?? 0) + 500, through: end, by: 500)
        while true {
            let step = steps(setup).first {
                switch $0 {
                case .ask, .carryOut, .reply, .send, .count, .respond: true
                case .askInVain, .giveUp, .respondUnstated, .crash, .pass: false
                }
            }
            // The list of moments has ended.
            if step == nil, moment == setup.moments.count - 1 { return }
            take(step ?? .pass, setup)
            if isDone(step ?? .pass, self) { return }
        }
    }

    /// Performs all due steps for a time, without further losses.
    ///
    /// - Returns: The clients that could not send a call, and -1 when the org counted too many.
    func clientsWithoutCall(_ setup: Setup, for duration: Int) -> Set<Int> {
        var state = self
        var waiting = Set(clients.indices.filter { clients[$0].isAlive })
        // A window may have fewer calls than there are clients.
        let most = max(0, waiting.count - setup.limit)
        guard waiting.count > most else { return [] }
        state.goOn(setup, until: (setup.moments.last ?? 0) + duration) { step, state in
            if case .send(let index) = step { waiting.remove(index) }
            if state.excess(setup) > 0 { waiting = [-1] }
            return waiting.count <= most || waiting == [-1]
        }
        return waiting.count <= most ? [] : waiting
    }

    /// Performs all due steps of the first window.
    ///
    /// - Returns: The calls of the window that were not made although a client had waiting calls.
    func unusedCalls(_ setup: Setup) -> Int {
        guard clients.contains(where: \.isAlive) else { return 0 }
        var state = self
        state.goOn(setup, until: setup.windowEnd - 500) { _, _ in false }
        return setup.limit - state.counted.values.reduce(0, +)
    }
}
