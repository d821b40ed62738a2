import Dispatch
import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaRuntime

/// The integration tests check that a process exits cleanly while a transport is active, because this requires a
/// separate process and TLS.
@Suite struct RunningLoopsTests {
    private let loops = LoopRegistry()

    @Test("Event loops at exit: running loops stop") func loopsStopWhereTheyAre() async throws {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let transports = try (0..<3).map { _ in try CurlTransport(options: .init(), loops: loops) }
            for transport in transports { _ = try await transport.send(server.request(.get)) }
            // A loop may have ended or be ending; the wait includes it.
            transports[0].shutdown()
            #expect(loops.park(patience: .seconds(1800)))
        }
    }

    @Test("Event loops at exit: no loop starts afterwards") func nothingStartsAfterwards() {
        #expect(loops.park())
        #expect(throws: TransportError(.shutDown)) { try CurlTransport(options: .init(), loops: loops) }
    }

    @Test("Event loops at exit: ended loops are not waited for") func loopsThatHaveEndedAreNotWaitedFor() throws {
        let multi = try CurlMultiHandle.create(maximumConnectionsPerHost: 1)
        defer { multi.destroy() }
        let mailbox = CurlMailbox(wakeUp: multi)
        try loops.enter(mailbox)
        loops.leave(mailbox)
        #expect(loops.park())
    }

    @Test("Event loops at exit: the wait is limited") func patienceIsBounded() throws {
        let multi = try CurlMultiHandle.create(maximumConnectionsPerHost: 1)
        defer { multi.destroy() }
        let mailbox = CurlMailbox(wakeUp: multi)
        try loops.enter(mailbox)
        #expect(!loops.park(patience: .milliseconds(1)))
        // One that is late is not an error.
        loops.leave(mailbox)
    }
}
