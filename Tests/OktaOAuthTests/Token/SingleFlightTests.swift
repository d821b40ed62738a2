import OktaRuntime
import Synchronization
import Testing

@testable import OktaOAuth

@Suite struct SingleFlightTests {
    /// Counts the runs.
    private final class Work: Sendable {
        private let runs = Mutex(0)
        var total: Int { runs.withLock { $0 } }

        func run() async -> Int {
            let number = runs.withLock { count in
                count += 1
                return count
            }
            for _ in 0..<5 { await Task.yield() }
            return number
        }
    }

    /// Callers arrive and are cancelled in every order. Each caller resumes exactly once, with a value unless it was
    /// cancelled: resuming twice would trap, and a missing resumption would hang.
    @Test("Single flight: every caller gets one result") func everyCallerGetsOneResult() async {
        let flight = SingleFlight<Int>()
        let work = Work()
        await withTaskGroup { group in
            for index in 0..<2000 {
                let patience = index * 7 % 12
                group.addTask {
                    let caller = Task { try await flight.value { await work.run() } }
                    // Some callers are cancelled while they wait; the others stay.
                    if patience < 4 {
                        for _ in 0..<patience { await Task.yield() }
                        caller.cancel()
                        _ = await caller.result
                        return true
                    }
                    return await (try? caller.value) != nil
                }
            }
            for await hasResult in group { #expect(hasResult) }
        }
        #expect(work.total < 2000)
        #expect(flight.waitingCallers == 0)
    }

    /// A run continues without callers if one of them asked for it.
    @Test(
        "Single flight: a run can continue without callers", .hangLimit, arguments: [true, false])
    func aRunOutlivesItsCallersWhereTheyWantIt(_ outlivesCaller: Bool) async throws {
        let flight = SingleFlight<Bool>()
        let gate = Gate()
        let first = Task { try await flight.value(outlivesCaller: outlivesCaller) { await gate.pass() } }
        await gate.arrivals(1)
        first.cancel()
        await #expect(throws: OktaError.self) { try await first.value }
        let second = Task { try await flight.value { false } }
        #expect(await eventually { !outlivesCaller || flight.waitingCallers > 0 })
        gate.open()
        // The value is that of the first run, which says that the gate was opened, or that of another run.
        #expect(try await second.value == outlivesCaller)
    }
}
