import HTTPTypes
import OktaOAuth
import OktaRuntime
import Testing

/// The conditions under which the client sends proofs: its mode and the org's requirement.
@Suite(.longCalculation) struct DPoPModeTests {
    private let demanding = TestOrg.Rules(demandsDPoP: true)

    @Test("DPoP: a proof that the org ignores costs no request") func anIgnoredProofCostsNothing() async throws {
        let setup = try TestSetup()
        for _ in 0..<2 {
            #expect(try await setup.caller.call().head.status == .ok)
            setup.time.advance(by: .seconds(3600))
        }
        #expect(setup.org.tokenRequests.map { $0.proof != nil } == [true, true])
        #expect(setup.org.apiRequests.allSatisfy { $0.header("authorization")?.hasPrefix("Bearer ") == true })
        #expect(setup.org.apiRequests.allSatisfy { $0.header("dpop") == nil })
    }

    @Test("DPoP: a token that the org binds without a request is used with proofs")
    func tokenThatOrgBindsWithoutRequestIsUsedWithProofs()
        async throws
    {
        let setup = try TestSetup(TestOrg.Rules(unaskedProofs: .bound))
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.count == 2)
        #expect(setup.org.apiRequests.last?.header("authorization")?.hasPrefix("DPoP ") == true)
        #expect(setup.org.apiRequests.last?.proof != nil)
    }

    @Test("DPoP: after a rejected proof, requests are sent without one")
    func anOrgThatRefusesProofsIsAskedWithout() async throws {
        let setup = try TestSetup(TestOrg.Rules(unaskedProofs: .refused))
        for _ in 0..<3 {
            #expect(try await setup.caller.call().head.status == .ok)
            setup.time.advance(by: .seconds(3600))
        }
        #expect(setup.org.tokenRequests.map { $0.proof != nil } == [true, false, false, false])
        // The client sends none until the app requires them.
        setup.org.edit { $0.rules.demandsDPoP = true }
        #expect(try await setup.caller.call().head.status == .ok)
        setup.time.advance(by: .seconds(3600))
        #expect(try await setup.caller.call().head.status == .ok)
        #expect(setup.org.tokenRequests.dropFirst(4).map { $0.proof != nil } == [false, true, true, true])
    }

    @Test("DPoP: always means never without a proof") func alwaysMeansNeverWithout() async throws {
        var options = OAuthClientCredentials.Options()
        options.dpop = .always
        let setup = try TestSetup(TestOrg.Rules(unaskedProofs: .refused), options: options)
        await #expect {
            try await setup.caller.call()
        } throws: {
            authorizationFailure($0)?.code == "invalid_dpop_proof"
        }
        #expect(setup.org.tokenRequests.map { $0.proof != nil } == [true])
    }

    /// The error about the proof is more helpful than the one about its absence in the second request.
    @Test("DPoP: the refusal of a proof is reported when the app demands one")
    func theRefusalOfTheProofIsReported() async throws {
        let setup = try TestSetup(demanding)
        setup.org.edit { state in
            state.script = { request, _, org in
                request.proof == nil ? nil : org.oauthError(400, "invalid_dpop_proof", "The algorithm is not allowed.")
            }
        }
        await #expect {
            try await setup.caller.call()
        } throws: {
            authorizationFailure($0)?.message.contains("The algorithm is not allowed.") == true
        }
        #expect(setup.org.tokenRequests.map { $0.proof != nil } == [true, false])
    }

    @Test("DPoP: never means no proof") func neverMeansNoProof() async throws {
        var options = OAuthClientCredentials.Options()
        options.dpop = .never
        let setup = try TestSetup(demanding, options: options)
        await #expect {
            try await setup.caller.call()
        } throws: {
            authorizationFailure($0)?.message.contains("The app requires DPoP") == true
        }
        #expect(setup.org.tokenRequests.map { $0.proof != nil } == [false])
    }
}
