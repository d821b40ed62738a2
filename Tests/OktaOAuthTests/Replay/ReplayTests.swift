import Foundation
import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

/// The client with the recorded responses of an org that requires proofs, in the recorded order.
///
/// OKTA_TRAFFIC names the file of the recording. The default is a small recording with synthetic values, whose requests
/// have the order of real ones, and whose responses have the statuses and header fields of real ones.
@Suite struct ReplayTests {
    private func exchanges() throws -> [RecordedExchange] {
        let text: String
        if let path = ProcessInfo.processInfo.environment["OKTA_TRAFFIC"] {
            let data = try #require(FileManager.default.contents(atPath: path), "OKTA_TRAFFIC names no readable file")
            text = String(decoding: data, as: UTF8.self)
        } else {
            text = try Fixture.text("dpop-exchanges", "jsonl")
        }
        return text.split(separator: "\n").compactMap { RecordedExchange(line: $0) }
            .filter { $0.cassette.lowercased().contains("dpop") }
    }

    /// A recording may contain several runs of one program. Each run begins with a request that learns a nonce.
    private func runs(of exchanges: [RecordedExchange]) -> [[RecordedExchange]] {
        var runs: [[RecordedExchange]] = []
        var last = ""
        for exchange in exchanges {
            if exchange.cassette != last || exchange.error == "use_dpop_nonce" { runs.append([]) }
            last = exchange.cassette
            runs[runs.count - 1].append(exchange)
        }
        return runs.filter { $0[0].error == "use_dpop_nonce" }
    }

    @Test("Recorded DPoP exchanges: are replayed with the recorded results") func recordedExchangesReplay() async throws
    {
        let all = try exchanges()
        let runs = runs(of: all)
        #expect(!runs.isEmpty)
        var (tokens, calls) = (0, 0)
        for run in runs {
            let time = SimulatedTime()
            let transport = ReplayTransport(run)
            let credentials = try OAuthClientCredentials(
                clientID: TestOrg.clientID, scopes: ["okta.users.read"], privateKey: Fixture.signingKey())
            let caller = TestCaller(credentials, transport, time: time, orgURL: run[0].orgURL)
            var isRenewal = false
            for exchange in run where !exchange.isTokenRequest {
                if transport.next?.isTokenRequest == true, isRenewal { time.advance(by: .seconds(3600)) }
                isRenewal = true
                let response = try await caller.call(.init(exchange.method) ?? .get, exchange.target)
                #expect(response.head.status == exchange.response.head.status)
                calls += 1
            }
            // Some recordings end with the token response.
            if run.allSatisfy(\.isTokenRequest) { _ = try? await caller.call() }
            #expect(transport.misfits == [])
            #expect(transport.next == nil, "\(run[0].cassette): not all of it was asked for")
            check(transport.requests.filter(\.isForToken))
            // The number of requests equals that of the recorded program, which knew that the app requires proofs.
            #expect(transport.requests.count(where: \.isForToken) == run.count(where: \.isTokenRequest))
            tokens += transport.requests.count { $0.isForToken }
        }
        print("dpop replay: \(runs.count) runs, \(tokens) token requests, \(calls) calls")
    }

    /// The recorded app refuses a request without a proof, and the client's error states the reason.
    @Test("Recorded DPoP exchanges: include the rejection of a request without proof")
    func theRefusalOfARequestWithoutProofIsRecordedToo() async throws {
        let refusal = try #require(try exchanges().first { $0.error == "invalid_dpop_proof" })
        // If the recording states the org's time, which differs from that of this machine, there is a second request.
        let transport = ReplayTransport([refusal, refusal])
        var options = OAuthClientCredentials.Options()
        options.dpop = .never
        let credentials = try OAuthClientCredentials(
            clientID: TestOrg.clientID, scopes: ["okta.users.read"], privateKey: Fixture.signingKey(), options: options)
        let caller = TestCaller(credentials, transport, time: SimulatedTime(), orgURL: refusal.orgURL)
        await #expect {
            try await caller.call()
        } throws: {
            authorizationFailure($0)?.message.contains("The app requires DPoP") == true
        }
        #expect(!transport.requests.isEmpty && transport.requests.allSatisfy { $0.proof == nil })
    }

    /// Without this check, an unreadable line would go unnoticed.
    @Test("Recorded DPoP exchanges: our own recording is complete") func ourOwnRecordingIsWhole() throws {
        let lines = try Fixture.text("dpop-exchanges", "jsonl").split(separator: "\n")
        let exchanges = lines.compactMap { RecordedExchange(line: $0) }
        #expect(exchanges.count == lines.count)
        #expect(runs(of: exchanges).count == 10)
        for exchange in exchanges {
            let fields = exchange.response.head.headerFields
            #expect(fields[.contentType] == "application/json" && fields[.date] != nil)
            let isWithoutNonce = !exchange.isTokenRequest || exchange.error == "invalid_dpop_proof"
            #expect(fields.contains { $0.name.canonicalName == "dpop-nonce" } != isWithoutNonce)
            #expect(fields.contains { $0.name.canonicalName == "link" } != exchange.isTokenRequest)
        }
    }

    /// Checks that all requests have a proof, that all but the first have the nonce, and that no assertion or proof is
    /// sent twice.
    private func check(_ requests: [TransportRequest]) {
        #expect(requests.allSatisfy { $0.proof != nil })
        #expect(requests.first?.proof?.payload["nonce"] == nil)
        #expect(requests.dropFirst().allSatisfy { $0.proof?.payload["nonce"]?.string != nil })
        let proofs = requests.compactMap { $0.proof?.payload["jti"]?.string }
        #expect(Set(proofs).count == requests.count)
        let ids = requests.compactMap { $0.assertion?.payload["jti"]?.string }
        #expect(ids.count == requests.count && Set(ids).count == ids.count)
        let keys = ["grant_type", "scope", "client_assertion_type", "client_assertion"]
        #expect(requests.allSatisfy { Set($0.form.keys) == Set(keys) })
    }
}
