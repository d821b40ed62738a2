import HTTPTypes
import Testing

@testable import OktaOAuth
@testable import OktaRuntime

/// A call ends by its deadline, independently of the token request.
@Suite(.hangLimit) struct TokenDeadlineTests {
    private let time = ManualTime()
    private let gate = Gate()
    private let org: TestOrg
    private let client: OktaClient
    private let credentials: OAuthClientCredentials

    init() throws {
        let key = try Fixture.signingKey()
        org = try TestOrg(publicKey: key.publicJWK ?? "", time: SimulatedTime(), gate: gate, .init(checksTimes: false))
        credentials = try OAuthClientCredentials(
            clientID: TestOrg.clientID, scopes: ["okta.users.read"], privateKey: key)
        client = OktaClient(
            core: try ClientCore(
                configuration: OktaConfiguration(orgURL: TestOrg.url, authorization: credentials), transport: org,
                time: time))
    }

    private func call(within seconds: Int) -> Task<Result<HTTPResponse.Status, OktaError>, Never> {
        Task {
            do throws(OktaError) {
                let client = client.with { $0.timeout = .seconds(seconds) }
                return .success(try await client.request(.get, "/api/v1/users").status)
            } catch {
                return .failure(error)
            }
        }
    }

    /// Waits until calls with deadlines wait for the token and the org has received the token request.
    private func waiting(_ count: Int) async {
        #expect(
            await eventually {
                credentials.waitingCallers(for: TestOrg.url) >= count && time.sleepers.count >= count
                    && !org.tokenRequests.isEmpty
            })
    }

    private func isTimeout(_ result: Result<HTTPResponse.Status, OktaError>) -> Bool {
        guard case .failure(.transport(let failure)) = result else { return false }
        return failure.error.kind == .timedOut && failure.path == "/oauth2/v1/token"
            && failure.description.contains("no access token within the time of the call")
    }

    @Test("OAuth token deadline: the deadline of one call does not limit the others")
    func deadlineOfOneCallDoesNotLimitOthers() async throws {
        let calls = [5, 60, 7].map { call(within: $0) }
        await waiting(3)
        time.advance(to: .seconds(5))
        #expect(isTimeout(await calls[0].value))
        time.advance(to: .seconds(7))
        #expect(isTimeout(await calls[2].value))
        #expect(credentials.waitingCallers(for: TestOrg.url) == 1)
        gate.open()
        #expect(try await calls[1].value.get() == .ok)
        #expect(org.tokenRequests.count == 1)
        // The timeout of the request is the remaining time.
        #expect(org.apiRequests.map(\.timeouts.total) == [.seconds(53)])
    }

    /// A token request without waiting callers is cancelled, and the next call sends a new one.
    @Test("OAuth token deadline: the request ends with the deadline of the last call")
    func theLastCallTakesTheRequestWithIt() async throws {
        let first = call(within: 5)
        await waiting(1)
        time.advance(to: .seconds(5))
        #expect(isTimeout(await first.value))
        gate.open()
        #expect(try await call(within: 5).value.get() == .ok)
        #expect(org.tokenRequests.count == 2)
        #expect(time.sleepers.isEmpty)
    }

    /// Retries of the token request end at the deadline of the call.
    @Test("OAuth token deadline: retries of the request end with the call") func repeatingEndsWithTheCall() async throws
    {
        gate.open()
        org.edit { state in
            state.script = { (_, _, _) throws(TransportError) in throw TransportError(.unknownHost) }
        }
        let call = call(within: 1)
        // The waits are for the deadline of the call, and for the pause before the second request.
        #expect(await eventually { time.sleepers.count >= 2 })
        time.advance(to: .seconds(1))
        #expect(isTimeout(await call.value))
        #expect(org.tokenRequests.count <= 2)
    }

    @Test("OAuth token deadline: a cancelled call is not reported as a timeout")
    func cancelledCallIsNotReportedAsTimeout()
        async throws
    {
        let call = call(within: 5)
        await waiting(1)
        call.cancel()
        guard case .failure(.cancelled) = await call.value else {
            Issue.record("\(await call.value)")
            return
        }
        #expect(time.sleepers.isEmpty)
    }
}
