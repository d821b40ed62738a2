import HTTPTypes
import OktaRuntime
import Testing

@testable import OktaOAuth

@Suite(.hangLimit) struct ConcurrencyTests {
    @Test("OAuth token: many callers with an expired token share one request")
    func manyCallersWithExpiredTokenShareOneRequest() async throws {
        let gate = Gate(isOpen: true)
        let setup = try TestSetup(gate: gate)
        try await setup.caller.call()
        setup.time.advance(by: .seconds(3601))
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await setup.caller.call().head.status } }
            for try await status in group { #expect(status == .ok) }
        }
        #expect(setup.org.tokenRequests.count == 2)
        #expect(Set(setup.org.apiRequests.dropFirst().map { $0.header("authorization") }).count == 1)
    }

    @Test("OAuth token: many callers without a token share one request")
    func manyCallersWithoutATokenWaitForOneRequest() async throws {
        let gate = Gate()
        let setup = try TestSetup(TestOrg.Rules(demandsDPoP: true), gate: gate)
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await setup.caller.call().head.status } }
            await gate.arrivals(1)
            gate.open()
            for try await status in group { #expect(status == .ok) }
        }
        // There is one request without a nonce and one with it.
        #expect(setup.org.tokenRequests.count == 2)
        let ids = setup.org.apiRequests.compactMap { $0.proof?.payload["jti"]?.string }
        #expect(ids.count == 200 && Set(ids).count == 200)
    }

    /// The same through the real client, with its retries and limits.
    @Test("OAuth token: many calls of a client share one request") func manyCallsOfClientShareOneRequest() async throws
    {
        let setup = try TestSetup(TestOrg.Rules(checksTimes: false))
        let client = try OktaClient(
            configuration: .patient(setup.credentials), transport: setup.org)
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await client.request(.get, "/api/v1/users").status } }
            for try await status in group { #expect(status == .ok) }
        }
        #expect(setup.org.tokenRequests.count == 1)
        #expect(Set(setup.org.apiRequests.map { $0.header("authorization") }).count == 1)
    }

    @Test("OAuth token: many callers with a revoked token share one request")
    func manyCallersWithRevokedTokenShareOneRequest() async throws {
        let setup = try TestSetup()
        try await setup.caller.call()
        setup.org.revokeAll()
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await setup.caller.call().head.status } }
            for try await status in group { #expect(status == .ok) }
        }
        #expect(setup.org.tokenRequests.count == 2)
    }

    @Test("OAuth token: a failure reaches every caller, and the next caller tries again")
    func aFailureReachesEveryCallerAndTheNextTriesAgain() async throws {
        let gate = Gate()
        let setup = try TestSetup(gate: gate)
        setup.org.edit { state in
            state.script = { _, count, org in
                count == 1 ? org.oauthError(400, "invalid_scope", "No such scope.") : nil
            }
        }
        await withTaskGroup { group in
            for _ in 0..<20 {
                group.addTask { () -> OktaErrorCode? in
                    do {
                        _ = try await setup.caller.call()
                        return nil
                    } catch {
                        return authorizationFailure(error)?.code
                    }
                }
            }
            // A caller after the failure starts another request, so all callers must be waiting before it.
            await gate.arrivals(1)
            #expect(await eventually { setup.credentials.waitingCallers(for: TestOrg.url) >= 20 })
            gate.open()
            for await code in group { #expect(code == "invalid_scope") }
        }
        #expect(try await setup.caller.call().head.status == .ok)
    }

    @Test("OAuth token: cancelling one caller does not cancel the renewal for the others")
    func cancellingOneCallerLeavesTheOthersTheirRenewal() async throws {
        let gate = Gate()
        let setup = try TestSetup(gate: gate)
        // The first caller is the one whose call started the request.
        let first = Task { try await setup.caller.call() }
        await gate.arrivals(1)
        let others = (0..<10).map { _ in Task { try await setup.caller.call() } }
        #expect(await eventually { setup.credentials.waitingCallers(for: TestOrg.url) >= 11 })
        first.cancel()
        others[3].cancel()
        await #expect(throws: OktaError.self) { try await first.value }
        await #expect(throws: OktaError.self) { try await others[3].value }
        gate.open()
        for (index, other) in others.enumerated() where index != 3 {
            #expect(try await other.value.head.status == .ok)
        }
        #expect(setup.org.tokenRequests.count == 1)
    }

    @Test("OAuth token: the request ends with the last caller, and the next caller starts another")
    func requestEndsWithLastCaller() async throws {
        let gate = Gate()
        let setup = try TestSetup(gate: gate)
        let callers = (0..<3).map { _ in Task { try await setup.caller.call() } }
        await gate.arrivals(1)
        #expect(await eventually { setup.credentials.waitingCallers(for: TestOrg.url) >= 3 })
        for caller in callers { caller.cancel() }
        for caller in callers {
            do {
                _ = try await caller.value
                Issue.record("a cancelled call has ended well")
            } catch {
                guard case OktaError.cancelled = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
        gate.open()
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
    }

    @Test("OAuth token: a caller that is already cancelled returns immediately")
    func callerThatIsAlreadyCancelledReturnsImmediately() async throws {
        let setup = try TestSetup(gate: Gate())
        let start = Gate()
        let caller = Task {
            _ = await start.pass()
            return try await setup.caller.call()
        }
        caller.cancel()
        start.open()
        await #expect(throws: OktaError.self) { try await caller.value }
        #expect(setup.org.tokenRequests.isEmpty)
    }
}
