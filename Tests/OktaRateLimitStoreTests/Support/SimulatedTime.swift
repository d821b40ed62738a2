#if LocalOrg && Redis
import Foundation
import OktaLocalOrg
import OktaRuntime

/// A time that runs faster than the machine's and is the same in all processes: the multiplied time since a moment of
/// the machine's clock.
struct SimulatedTime: ServerClock.Source, Codable {
    /// The simulated seconds per second of the machine.
    let speed: Double
    /// The start of the simulation by the machine's clock.
    let start: Double
    /// The error of the machine's clock in seconds.
    let error: Double

    init(speed: Double, error: Double) {
        self.speed = speed
        self.error = error
        start = Date().timeIntervalSince1970
    }

    /// The seconds since the start.
    var seconds: Double { (Date().timeIntervalSince1970 - start) * speed }

    var elapsed: Duration { .seconds(seconds) }
    var wallClock: Date { Date(timeIntervalSince1970: start + seconds + error) }

    func sleep(until moment: Duration) async throws(CancellationError) {
        let (whole, attoseconds) = moment.components
        let left = (Double(whole) + Double(attoseconds) / 1e18 - seconds) / speed
        do { try await Task.sleep(for: .seconds(max(left, 0))) } catch { throw CancellationError() }
    }
}

/// An org of this process in a simulated time, with a count of its requests.
final class SimulatedOrg: Sendable {
    let org: LocalOrg
    let time: SimulatedTime
    let tally = Tally()
    private let ticking: Task<Void, Never>

    /// - Parameters:
    ///   - error: The seconds by which the clock of the machine, and of a store on it, is ahead of the org's.
    ///   - scale: A factor on the limits of a real org.
    init(speed: Double, error: Double, scale: Double, users: Int = 5) async throws {
        let time = SimulatedTime(speed: speed, error: error)
        let clock = OrgClock.standing(at: Int(time.start))
        var options = LocalOrg.Options()
        options.org.clock = clock
        options.org.enforcesRateLimits = true
        options.org.rateLimitScale = scale
        options.org.tokenShare = 100
        options.org.concurrencyLimit = nil
        options.org.requestJournalCapacity = 0
        options.observer = { [tally] request, response in
            tally.note(request, response, at: time.seconds)
        }
        org = try await LocalOrg.start(options)
        self.time = time
        org.seed(users: users)
        ticking = Task.detached {
            var shown = 0
            while !Task.isCancelled {
                let seconds = Int(time.seconds)
                if seconds > shown { clock.advance(by: seconds - shown) }
                shown = max(seconds, shown)
                try? await time.sleep(until: .seconds(shown + 1))
            }
        }
    }

    func stop() async {
        ticking.cancel()
        await org.stop()
    }
}
#endif
