import Foundation

@testable import OktaRuntime

/// The lease protocol at small size: an org, a store, and clients. Their steps can happen in any order.
///
/// The store's bucket and each client's lease are the real values. The model has these assumptions:
///
/// - The org counts a call, if at all, at most ``SharedLimitTimes/leeway`` after it was sent, even if its client has
///   ended or a window ends meanwhile. All clocks show the same time; a difference would reduce the leeway.
/// - A client abandons an exchange after 200 milliseconds. The store has then executed it, or never will.
/// - No other program uses the limit, and the limit is known or at least the number of first calls.
///
/// Time advances through a list of moments around the ends of leases and windows.
struct LeaseModel: Hashable {
    struct Setup: Sendable {
        /// The calls that each principal may make in a window.
        var limit: Int
        /// The principal and the weight of each client.
        var clients: [(principal: String, weight: Int)]
        var principalShare = 1000
        /// The org's limit for all principals together.
        var orgLimit = Int.max
        /// The maximum number of a client's calls in flight.
        var inFlight = 2
        /// The moments, in milliseconds.
        var moments: [Int]
        /// The end of the first window.
        var windowEnd: Int
        /// The number of crashes of clients, and of lost replies of the store and the org.
        var crashes = 1
        var lostReplies = 1
        var lostResponses = 0
        /// Whether an exchange takes time, so that other steps can happen meanwhile.
        var isStoreFar = false
        /// Whether the limit is known at the start.
        var isKnown = true
    }

    /// The steps of the model.
    enum Step: Hashable {
        /// A client begins an exchange.
        case ask(Int)
        /// A client's exchange is executed, but the reply is lost.
        case askInVain(Int)
        /// The store executes the exchange.
        case carryOut(Int)
        /// The reply arrives.
        case reply(Int)
        /// The client abandons the exchange.
        case giveUp(Int)
        /// A client sends a call with a permit in hand.
        case send(Int)
        /// The org counts a call.
        case count(Call)
        /// The response to a call arrives.
        case respond(Call)
        /// The response to a call is lost, or has no limit.
        case respondUnstated(Call)
        /// A client crashes.
        case crash(Int)
        /// Time advances to the next moment.
        case pass
    }

    struct Call: Hashable {
        var client: Int
        var sent: Int
        /// The limit stated in the response; nil until the org has counted the call.
        var stated: Stated?
    }

    struct Stated: Hashable {
        var remaining: Int
        var reset: Int
    }

    /// An exchange in progress.
    struct Exchange: Hashable {
        var began: Int
        var request: LeaseRequest
        var reply: LeaseReply?
    }

    struct Client: Hashable {
        var lease = BucketLease()
        /// The limit of the current window as known by the client.
        var known: Stated?
        var exchange: Exchange?
        var inFlight = 0
        var isAlive = true
    }

    var bucket = SharedBucket()
    var clients: [Client]
    var calls: [Call] = []
    /// The calls of the current window, by principal.
    var counted: [String: Int] = [:]
    var moment = 0
    var crashes: Int
    var lostReplies: Int
    var lostResponses: Int

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

    /// Returns the end of the org's window at a time.
    func reset(_ setup: Setup, at time: Int) -> Int {
        time < setup.windowEnd ? setup.windowEnd : setup.windowEnd + 60_000
    }

    private func mayPass(_ setup: Setup) -> Bool {
        guard moment + 1 < setup.moments.count else { return false }
        let next = setup.moments[moment + 1]
        return calls.allSatisfy { $0.stated != nil || next - $0.sent <= SharedLimitTimes.leeway }
            && clients.allSatisfy { next - ($0.exchange?.began ?? next) <= 200 }
    }

    // MARK: Steps

    /// Returns the steps that are possible now.
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
}
